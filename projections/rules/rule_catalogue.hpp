#pragma once

/// Every rule of the programme that this build evaluates, in one list: id, what it asks in plain
/// English, on which clause it rests, how bad a breach is, and what clears one. The list holds no
/// number and no clause text: limits come from the rulebook. Thread word: immutable.

#include <cstdint>
#include <span>
#include <string_view>

#include "ledger/format/archive_traits.hpp"

namespace assay::projections {

enum class FindingSeverity : std::uint8_t {
  blocking,  ///< a decision stands on something that is not so
  major,     ///< assurance is missing
  minor,     ///< disclosed; judgement is a reader's
};

enum class RuleClass : std::uint8_t {
  criterion,  ///< answers met, not met, waived, not applicable or undetermined
  finding,    ///< is raised where it is broken
};

struct Rule {
  std::string_view id;      ///< "Q-DOWN", "N1"
  std::string_view text;    ///< one sentence: what must be so
  std::string_view clause;  ///< "MTAD 8.3", or "" where none is known
  std::string_view clears;  ///< one sentence
  FindingSeverity severity = FindingSeverity::minor;
  RuleClass kind = RuleClass::finding;
};

/// Ascending by id.
[[nodiscard]] std::span<const Rule> rules();
/// Null when there is none.
[[nodiscard]] const Rule* find_rule(std::string_view id);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::FindingSeverity>[] = {"blocking", "major",
                                                                                "minor"};
}  // namespace assay
