#include "cli/rulebook/rulebook_file.hpp"

#include <map>

#include <nlohmann/json.hpp>

#include "cli/events/json_input.hpp"
#include "cli/events/time_input.hpp"
#include "cli/rulebook/json_places.hpp"
#include "cli/rulebook/sorted_sets.hpp"
#include "ledger/format/json_archive.hpp"
#include "ledger/format/schema_archive.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::cli {
namespace {

/// The first of an event's own rules that it breaks. What exists, only a log knows.
class OwnRules final : public Invariants {
 public:
  void creates(Kind, std::string_view) override {}
  void unique(Kind, std::string_view) override {}
  void exists(Kind, std::string_view) override {}
  void closes(Kind, std::string_view) override {}
  void part(Kind, std::string_view, std::uint64_t) override {}
  void closes_with(Kind, std::string_view, std::uint64_t) override {}
  void event(const EventId&) override {}
  void had_size(std::uint64_t, std::string_view) override {}
  void agrees(Kind, std::string_view, std::string_view, std::string_view) override {}
  void require(bool holds, std::string_view rule) override {
    if (!holds && broken_.empty()) broken_ = rule;
  }
  [[nodiscard]] const std::string& broken() const noexcept { return broken_; }

 private:
  std::string broken_;
};

template <class Event>
std::string broken_rule(const Event& event) {
  OwnRules rules;
  event.invariants(rules);
  return rules.broken();
}

class Checker {
 public:
  Checker(std::string_view text, std::string_view canonical)
      : text_(text), places_(json_places(canonical)) {}

  Status check(const RulebookFile& file) {
    for (std::size_t i = 0; i < file.policies.size(); ++i) {
      ASSAY_CHECK(check_policy(file.policies[i], "policies[" + std::to_string(i) + "]"));
    }
    for (std::size_t i = 0; i < file.clauses.size(); ++i) {
      const std::string broken = broken_rule(file.clauses[i]);
      if (!broken.empty()) return by_rule("clauses[" + std::to_string(i) + "]", broken);
    }
    return {};
  }

  [[nodiscard]] std::unexpected<Error> problem(Errc code, const std::string& path,
                                               const std::string& what) const {
    return fail(code,
                line_and_column(text_, path) + (path.empty() ? "" : ", " + path) + ": " + what,
                "docs/rulebooks.md describes the form");
  }
  [[nodiscard]] std::unexpected<Error> at_offset(const Error& error, std::size_t offset) const {
    // The offset is one in the canonical form, which nobody has seen.
    std::string what = error.message.substr(0, error.message.rfind(" at byte "));
    // Sets were put in order, so an element that is out of it is one that stands there already.
    if (what.ends_with("ascending order")) what = "a set holds the same twice";
    const JsonPlace place = place_at(places_, offset);
    // What is missing is missed at the value that stands in its place, and belongs around it.
    const bool around = what.ends_with("is missing") && place.begin == offset;
    return problem(error.code, around ? path_around(place.path) : place.path, what);
  }

 private:
  /// Rules begin with the member that they are about.
  [[nodiscard]] std::unexpected<Error> by_rule(const std::string& root,
                                               const std::string& rule) const {
    const std::string member = rule.substr(0, rule.find_first_of(": "));
    return problem(Errc::rejected, path_of_member(places_, root, member), rule);
  }

  Status check_policy(const RulebookPolicy& policy, const std::string& path) {
    const std::string broken = broken_rule(policy.published());
    if (!broken.empty()) return by_rule(path, broken);
    const auto [first, made] = first_of_.try_emplace({policy.policy, policy.version}, path);
    if (!made) {
      return problem(Errc::rejected, path + ".version",
                     projections::name_of(policy.policy, policy.version) + " stands in " +
                         first->second + " already");
    }
    const auto [kind, new_id] = kind_of_.try_emplace(policy.policy, policy.body.kinds().front());
    if (!new_id && kind->second != policy.body.kinds().front()) {
      return problem(Errc::rejected, path + ".body",
                     "another version of " + policy.policy.text + " is of kind " +
                         std::string(enum_text(kind->second)));
    }
    if (policy.body.entry) {
      ASSAY_CHECK(check_criteria(policy.body.entry->criteria, events::PolicyKind::entry,
                                 path + ".body.entry"));
    }
    if (policy.body.exit) {
      ASSAY_CHECK(check_criteria(policy.body.exit->criteria, events::PolicyKind::exit,
                                 path + ".body.exit"));
    }
    if (policy.activation && policy.activation->effective_from) {
      if (const auto time = effective_from(policy); !time) {
        return problem(Errc::malformed, path + ".activation.effective_from", time.error().message);
      }
    }
    return {};
  }

  Status check_criteria(const std::vector<events::CriterionSetting>& criteria,
                        events::PolicyKind kind, const std::string& path) const {
    for (std::size_t i = 0; i < criteria.size(); ++i) {
      const std::string what = projections::criterion_problem(criteria[i].criterion, kind);
      if (what.empty()) continue;
      return problem(Errc::rejected, path + ".criteria[" + std::to_string(i) + "].criterion",
                     "there is no criterion " + criteria[i].criterion.text + " here: " + what);
    }
    return {};
  }

  std::string_view text_;
  std::vector<JsonPlace> places_;
  std::map<std::pair<Identifier, std::uint64_t>, std::string> first_of_;
  std::map<Identifier, events::PolicyKind> kind_of_;
};

}  // namespace

events::PolicyPublished RulebookPolicy::published() const {
  return {body,   sha256(to_canonical(body)), interpretation, legal_basis, note, policy, title,
          version};
}

Result<RulebookFile> parse_rulebook(std::string_view text) {
  ASSAY_TRY(const std::string written, canonical_from_json(text, kRulebookSizeBytes));
  auto value = nlohmann::json::parse(written);
  sort_sets(value, nlohmann::json::parse(SchemaWriter::of<RulebookFile>()));
  ASSAY_TRY(const std::string canonical, canonical_from_json(value.dump(), kRulebookSizeBytes));
  Checker checker(text, canonical);
  CanonicalReader in(canonical);
  JsonReader archive(in);
  RulebookFile file;
  archive(file);
  if (!in.finish()) return checker.at_offset(in.error(), in.offset());
  ASSAY_CHECK(checker.check(file));
  return file;
}

Result<Timestamp> effective_from(const RulebookPolicy& policy) {
  if (!policy.activation || !policy.activation->effective_from) {
    return fail(Errc::invalid_argument,
                projections::name_of(policy.policy, policy.version) +
                    " does not say from when it is in force",
                "write activation.effective_from, or give --effective-from");
  }
  return time_from_text(*policy.activation->effective_from);
}

std::string rulebook_schema() { return SchemaWriter::of<RulebookFile>() + "\n"; }

}  // namespace assay::cli
