#include "cli/render/consultation_text.hpp"

#include <fmt/format.h>

#include "cli/render/selection_text.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

void print_responses(const Run& run, const projections::ConsultationView& view) {
  run.out.line(fmt::format(
      "  {} responses{}", view.responses.size(),
      view.counts_agree ? "" : fmt::format(", {} counted at its close", *view.responses_count)));
  for (const projections::ResponseView& one : view.responses) {
    run.out.line(
        fmt::format("    {}  {}{}{}", one.response.text, one.details.respondent.text,
                    one.details.confidential ? "  confidential in part, as a commitment" : "",
                    one.late ? run.out.yellow("  came after the close") : ""));
  }
}

void print_consultation(const Run& run, const projections::ConsultationView& view) {
  std::string asked;
  for (const events::Audience audience : view.audiences) {
    asked.append(asked.empty() ? "" : ", ").append(enum_text(audience));
  }
  run.out.line(fmt::format("{}  {}  {}", run.out.bold(view.consultation.text),
                           enum_text(view.state), shown(view.title, 80)));
  run.out.line(fmt::format("  about {}, asks {}", view.about.text, asked));
  run.out.line(fmt::format("  opens {}, closes {}{}", view.opens_london, view.closes_london,
                           view.closed_london ? ", closed " + *view.closed_london : ""));
  run.out.line(fmt::format("  length {}{}", verdict_word(run, view.verdict),
                           view.text.empty() ? "" : ": " + shown(view.text)));
  print_responses(run, view);
}

}  // namespace

void print_consultations(const Run& run, const std::vector<projections::ConsultationView>& views) {
  if (views.empty()) run.out.line("no consultation yet");
  for (const projections::ConsultationView& view : views) print_consultation(run, view);
}

}  // namespace assay::cli
