#pragma once

/// What a reviewer looks at, one thing at a time, each with a name that stays: a phase, a planned
/// entry in it, an issue, a limit, a criterion, a finding. Two looks at the log, or one log under
/// two rulebooks, are compared aspect by aspect (compare.hpp), without knowing what each is about.
/// Thread word: plain values.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/format/archive_traits.hpp"

namespace assay::projections {

/// In the order in which a reviewer reads them.
enum class Section : std::uint8_t {
  phases,
  planned_entries,
  entries,  ///< planned entries inside phases
  items,
  issues,
  obligations,  ///< to regress what changed
  thresholds,
  limits,
  criteria,
  claims,
  findings,
  decisions,
  dissents,
  work_off,
  consultations,
  policies,
  clauses,
  parties,
  keys,
  roles,
};

/// One thing that can differ: "state", "IN_TEST".
struct AspectValue {
  std::string name;
  std::string text;
};

struct Aspect {
  Section section = Section::phases;
  std::string id{};  ///< within the section: "SIT-01/PEE-001/exit/V2"
  std::optional<Identifier> phase{};
  std::vector<Identifier> planned_entries{};  ///< that it is about
  std::string title{};                        ///< what it is, in words
  std::vector<AspectValue> values{};          ///< that are compared, by name
  std::string why{};                          ///< in one sentence; not compared
};

/// What to keep of the aspects; members that are absent let everything through. What is about no
/// phase at all is not about the one that is asked for.
struct AspectFilter {
  std::optional<Identifier> phase{};
  std::optional<Identifier> planned_entry{};
};

class Aspects {
 public:
  /// A second one of the same name is told from the first by a number: "…#2".
  void add(Aspect aspect);
  void keep_only(const AspectFilter& filter);

  using OfSection = std::map<std::string, Aspect>;
  [[nodiscard]] const OfSection& of(Section section) const;

 private:
  std::map<Section, OfSection> all_;
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::Section>[] = {
    "phases",      "planned_entries", "entries",  "items",    "issues",
    "obligations", "thresholds",      "limits",   "criteria", "claims",
    "findings",    "decisions",       "dissents", "work_off", "consultations",
    "policies",    "clauses",         "parties",  "keys",     "roles"};
}  // namespace assay
