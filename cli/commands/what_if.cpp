// assay what-if: the same events under another rulebook, or counted in another way. It answers as
// if that had held from the beginning, and never writes.

#include <fmt/format.h>

#include "cli/assess/assessor.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/named_place.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/commands/supposition_options.hpp"
#include "cli/render/difference_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/difference/collect.hpp"
#include "projections/difference/compare.hpp"

namespace assay::cli {
namespace {

using projections::Aspects;
using projections::Section;
using projections::SupposedRulebook;
using projections::Supposition;

struct WhatIfOptions {
  SuppositionOptions supposed;
  std::string at;
  std::string phase;
  std::string entry;
};

constexpr Section kAnswered[] = {Section::criteria, Section::thresholds, Section::limits,
                                 Section::claims, Section::findings};

std::string names_text(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

void print_supposition(const Run& run, const Json& said, const SupposedRulebook& supposed) {
  run.out.line(run.out.bold("hypothetical: nothing is recorded, and nothing in the log changes"));
  for (const auto& rulebook : said["rulebooks"]) {
    run.out.line("supposed: rulebook " + rulebook.get<std::string>() +
                 " in force from the beginning");
  }
  for (const auto& [name, value] : said.items()) {
    if (value.is_array()) continue;
    run.out.line(fmt::format("supposed: {} {}", name,
                             value.is_string() ? value.get<std::string>() : value.dump()));
  }
  const auto list = [&](const char* what, const std::vector<std::string>& names) {
    if (!names.empty()) run.out.line(run.out.dim(fmt::format("{}: {}", what, names_text(names))));
  };
  list("set aside for it", supposed.set_aside);
  list("kept, for what it does not speak of", supposed.kept);
  list("not put in force by the file, and not supposed",
       said["not_in_force"].get<std::vector<std::string>>());
  if (!supposed.unreadable.empty()) {
    run.out.warn("cannot be read so, and what rests on it is undetermined: " +
                 names_text(supposed.unreadable));
  }
  run.out.line();
}

/// Findings about the rulebook itself are left out: nobody approved what is only supposed.
Result<Aspects> answers_of(Assessor& assessor) {
  ASSAY_TRY(const auto assessed, assessor.assess_all());
  ASSAY_TRY(auto findings, assessor.findings());
  std::erase_if(findings, [](const auto& one) { return one.rule.text.starts_with("P-"); });
  Aspects aspects;
  projections::add_threshold_aspects(assessor.now(), aspects);
  projections::add_answer_aspects(assessor.now(), assessed, findings, aspects);
  return aspects;
}

Result<int> what_if(Run& run, const WhatIfOptions& options) {
  Json said = Json::object();
  ASSAY_TRY(const Supposition supposition, suppose_from(run, options.supposed, said));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, options.at));
  const projections::ProgrammeFold& fold = states.fold();
  ASSAY_TRY(const auto filter, named_place(fold.board(), options.phase, options.entry));
  show_basis(run, fold);
  const SupposedRulebook supposed = projections::suppose(fold.facts().rulebook, supposition);
  print_supposition(run, said, supposed);
  said["set_aside"] = supposed.set_aside;
  said["kept"] = supposed.kept;
  said["unreadable"] = supposed.unreadable;

  FoldCache folds(run, session);
  Assessor as_is(folds, fold);
  Assessor as_it_would_be(folds, fold, &supposition);
  ASSAY_TRY(Aspects from, answers_of(as_is));
  ASSAY_TRY(Aspects to, answers_of(as_it_would_be));
  from.keep_only(filter);
  to.keep_only(filter);
  const auto sections = projections::compare(from, to, kAnswered);
  const std::uint64_t count = projections::count_differences(sections);
  if (count == 0) run.out.line("no answer would be another one");
  print_differences(run.out, sections, DifferenceTense::hypothetical);
  run.out.member("hypothetical") = true;
  run.out.member("supposition") = std::move(said);
  run.out.member("differences") = count;
  run.out.member("sections") = views_json(sections);
  return 0;
}

}  // namespace

void add_what_if(App& app) {
  const auto options = std::make_shared<WhatIfOptions>();
  CLI::App* const command = app.command(
      nullptr, "what-if", "The same events under another rulebook, or counted in another way",
      [options](Run& run) { return what_if(run, *options); });
  add_supposition_options(command, options->supposed);
  add_at_option(command, options->at);
  command->add_option("--phase", options->phase, "Only what is about this phase")
      ->type_name("PHASE");
  command->add_option("--entry", options->entry, "Only what is about this planned entry")
      ->type_name("ENTRY");
  app.describe(
      command,
      "Says which criteria, limits, claims and findings would be others, and how many would\n"
      "not. Nothing is written. A policy of the file takes the place of those of its kind whose\n"
      "scope lies within its own; a more specific one is still taken before it. Findings about\n"
      "the rulebook itself (P-…) are left out: nobody approved what is only supposed.\n\n"
      "Examples:\n"
      "  assay what-if --rulebook docs/rulebooks/before-consultation.json\n"
      "  assay what-if --severity-at max_ever --phase MOC-MDS-SIT-01 --json");
}

}  // namespace assay::cli
