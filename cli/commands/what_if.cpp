// assay what-if: the same events under another rulebook, or counted in another way. It answers as
// if that had held from the beginning, and never writes.

#include <fmt/format.h>

#include "cli/assess/assessor.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/named_place.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/difference_text.hpp"
#include "cli/rulebook/rulebook_file.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "projections/difference/collect.hpp"
#include "projections/difference/compare.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::cli {
namespace {

using projections::Aspects;
using projections::Section;
using projections::SupposedRulebook;
using projections::Supposition;

struct WhatIfOptions {
  std::vector<std::string> rulebooks;
  std::string reading;
  std::string counting;
  std::string severity_at;
  std::string carry_over;
  std::string deselected;
  std::optional<std::uint64_t> untriaged_as;
  std::optional<std::uint64_t> downgrades_ignored_hours;
  std::string at;
  std::string phase;
  std::string entry;
};

constexpr Section kAnswered[] = {Section::criteria, Section::thresholds, Section::limits,
                                 Section::claims, Section::findings};

/// The member that is named, or nothing where no text is given. The option has checked the text.
template <TextEnum E>
std::optional<E> chosen(const std::string& text) {
  return text.empty() ? std::nullopt : enum_from_text<E>(text);
}

/// Takes the policies that a file puts in force; names those that it only publishes.
Status suppose_file(Run& run, const std::string& path, Supposition& supposition, Json& said) {
  ASSAY_TRY(const std::string text, read_input(run.context.in, path, kRulebookSizeBytes));
  auto file = parse_rulebook(text);
  if (!file) {
    return std::unexpected(std::move(file).error().in(path == "-" ? "standard input" : path));
  }
  said["rulebooks"].push_back(file->rulebook.text);
  for (RulebookPolicy& policy : file->policies) {
    const std::string name = projections::name_of(policy.policy, policy.version);
    if (!policy.activation) {
      said["not_in_force"].push_back(name);
      continue;
    }
    said["policies"].push_back(name);
    supposition.policies.push_back({std::move(policy.body), policy.policy,
                                    std::move(policy.activation->scope), policy.version});
  }
  return {};
}

Result<Supposition> suppose_from(Run& run, const WhatIfOptions& options, Json& said) {
  Supposition supposition;
  for (const char* const name : {"rulebooks", "policies", "not_in_force"}) {
    said[name] = Json::array();
  }
  for (const std::string& path : options.rulebooks) {
    ASSAY_CHECK(suppose_file(run, path, supposition, said));
  }
  projections::SupposedCounting& counting = supposition.counting;
  counting.reading = chosen<projections::Reading>(options.reading);
  counting.counting = chosen<events::CountMode>(options.counting);
  counting.severity_at = chosen<events::SeverityAt>(options.severity_at);
  counting.carry_over = chosen<events::CarryOver>(options.carry_over);
  if (!options.deselected.empty()) counting.deselected_count = options.deselected == "counted";
  counting.untriaged_counts_as = options.untriaged_as;
  supposition.downgrades_ignored_hours = options.downgrades_ignored_hours;
  if (counting.is_empty() && !supposition.downgrades_ignored_hours && options.rulebooks.empty()) {
    return fail(Errc::invalid_argument, "nothing is supposed",
                "give --rulebook FILE, --reading, --counting, --severity-at or another of the "
                "options that `assay what-if --help` lists");
  }
  return supposition;
}

/// The options as they were given, and nothing for those that were not.
void add_counting(const WhatIfOptions& options, Json& said) {
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) said[name] = text;
  };
  add("reading", options.reading);
  add("counting", options.counting);
  add("severity_at", options.severity_at);
  add("carry_over", options.carry_over);
  add("deselected", options.deselected);
  if (options.untriaged_as) said["untriaged_as"] = *options.untriaged_as;
  if (options.downgrades_ignored_hours) {
    said["downgrades_ignored_hours"] = *options.downgrades_ignored_hours;
  }
}

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
  ASSAY_TRY(const Supposition supposition, suppose_from(run, options, said));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, options.at));
  const projections::ProgrammeFold& fold = states.fold();
  ASSAY_TRY(const auto filter, named_place(fold.board(), options.phase, options.entry));
  show_basis(run, fold);
  add_counting(options, said);
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

/// An option whose value is one of the words of an enumeration.
template <TextEnum E>
void add_choice(CLI::App* command, const char* name, std::string& value, const char* help) {
  std::vector<std::string> known;
  for (const std::string_view text : kEnumTexts<E>) known.emplace_back(text);
  command->add_option(name, value, help)->check(CLI::IsMember(known))->type_name("HOW");
}

void add_counting_options(CLI::App* command, WhatIfOptions& options) {
  add_choice<projections::Reading>(command, "--reading", options.reading,
                                   "Read two-part limits by severity (A), by planned entry (B), "
                                   "by attribution (C) or by phase (D)");
  add_choice<events::CountMode>(command, "--counting", options.counting,
                                "Count issues of every part so");
  add_choice<events::SeverityAt>(command, "--severity-at", options.severity_at,
                                 "Take severities as they were then");
  add_choice<events::CarryOver>(command, "--carry-over", options.carry_over,
                                "Count issues of other kinds of test so");
  command
      ->add_option("--deselected", options.deselected,
                   "Issues of de-selected planned entries are counted or left-out")
      ->check(CLI::IsMember({"counted", "left-out"}))
      ->type_name("HOW");
  command
      ->add_option("--untriaged-as", options.untriaged_as,
                   "Count issues that nobody triaged under this severity")
      ->check(CLI::Range(1, 5))
      ->type_name("SEVERITY");
  command
      ->add_option("--ignore-downgrades", options.downgrades_ignored_hours,
                   "As if no severity had been lowered in these hours before a cut-off")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{87'600}))
      ->type_name("HOURS");
}

}  // namespace

void add_what_if(App& app) {
  const auto options = std::make_shared<WhatIfOptions>();
  CLI::App* const command = app.command(
      nullptr, "what-if", "The same events under another rulebook, or counted in another way",
      [options](Run& run) { return what_if(run, *options); });
  command
      ->add_option("--rulebook", options->rulebooks,
                   "A rulebook file whose policies are taken as if in force from the beginning; "
                   "- for standard input")
      ->type_name("FILE");
  add_counting_options(command, *options);
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
