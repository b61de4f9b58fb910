#include "cli/commands/supposition_options.hpp"

#include "cli/rulebook/rulebook_file.hpp"
#include "cli/session/file_io.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::cli {
namespace {

using projections::Supposition;

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

/// The options as they were given, and nothing for those that were not.
void add_counting(const SuppositionOptions& options, Json& said) {
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

/// An option whose value is one of the words of an enumeration.
template <TextEnum E>
void add_choice(CLI::App* command, const char* name, std::string& value, const char* help) {
  std::vector<std::string> known;
  for (const std::string_view text : kEnumTexts<E>) known.emplace_back(text);
  command->add_option(name, value, help)->check(CLI::IsMember(known))->type_name("HOW");
}

void add_counting_options(CLI::App* command, SuppositionOptions& options) {
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

Result<Supposition> suppose_from(Run& run, const SuppositionOptions& options, Json& said) {
  Supposition supposition;
  for (const char* const name : {"rulebooks", "policies", "not_in_force"}) {
    said[name] = Json::array();
  }
  for (const std::string& path : options.rulebooks) {
    ASSAY_CHECK(suppose_file(run, path, supposition, said));
  }
  add_counting(options, said);
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

void add_supposition_options(CLI::App* command, SuppositionOptions& options) {
  command
      ->add_option("--rulebook", options.rulebooks,
                   "A rulebook file whose policies are taken as if in force from the beginning; "
                   "- for standard input")
      ->type_name("FILE");
  add_counting_options(command, options);
}

}  // namespace assay::cli
