#include "cli/render/assessment_text.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

std::string listed(const std::vector<EventId>& events) {
  constexpr std::size_t kShown = 6;
  std::string text;
  for (std::size_t i = 0; i < events.size() && i < kShown; ++i) {
    text.append(text.empty() ? "" : ", ").append(events[i].text());
  }
  if (events.size() > kShown) text += fmt::format(" and {} more", events.size() - kShown);
  return text;
}

}  // namespace

std::string verdict_text(const Output& out, events::Verdict verdict) {
  const std::string text(enum_text(verdict));
  switch (verdict) {
    case events::Verdict::met: return out.green(text);
    case events::Verdict::not_met: return out.red(text);
    case events::Verdict::waived:
    case events::Verdict::undetermined: return out.yellow(text);
    case events::Verdict::not_applicable: return out.dim(text);
  }
  return text;
}

void print_assessed(Output& out, const char* what, const projections::Assessed& assessed) {
  out.line(fmt::format("{} of {} in {}: {}{}", what, out.bold(assessed.planned_entry.text),
                       assessed.phase.text, verdict_text(out, assessed.verdict),
                       assessed.at.provisional ? "  (provisional, as things stand)" : ""));
  if (!assessed.why.empty()) out.line("  " + assessed.why);
  for (const projections::Answer& answer : assessed.answers) {
    out.line(
        fmt::format("  {:<6}{}  {}{}", answer.criterion.text, verdict_text(out, answer.verdict),
                    shown(answer.text),
                    answer.events.empty() ? "" : out.dim("  [" + listed(answer.events) + "]")));
  }
}

void print_claims(Output& out, const std::vector<projections::ClaimAnswer>& claims) {
  for (const projections::ClaimAnswer& claim : claims) {
    out.line(fmt::format("  {:<5}{}  {}", claim.claim.text, verdict_text(out, claim.verdict),
                         claim.text));
    for (const projections::Answer& answer : claim.criteria) {
      if (answer.verdict == events::Verdict::met) continue;
      out.line(fmt::format("         {} {}: {}", answer.criterion.text, enum_text(answer.verdict),
                           shown(answer.text)));
    }
    for (const projections::Finding& finding : claim.findings) {
      out.line(fmt::format("         {}: {}", finding.rule.text, shown(finding.sentence)));
    }
    out.line("         " + out.dim("not removed: " + claim.residual_risk));
  }
}

void print_findings(Output& out, const std::vector<projections::Finding>& findings) {
  for (const projections::Finding& finding : findings) {
    const std::string severity(enum_text(finding.severity));
    const bool blocking = finding.severity == projections::FindingSeverity::blocking;
    out.line(fmt::format("{} {}  {}", blocking ? out.red(severity) : out.yellow(severity),
                         out.bold(finding.rule.text), shown(finding.sentence)));
    if (finding.waived_by) out.line("    waived by event " + finding.waived_by->text());
    const projections::Rule* const rule = projections::find_rule(finding.rule.text);
    if (rule != nullptr && !rule->clause.empty()) {
      out.line(fmt::format("    rests on {}", rule->clause));
    }
    if (!finding.events.empty()) out.line("    shown by " + listed(finding.events));
    out.line("    cleared by: " + finding.clears);
  }
}

}  // namespace assay::cli
