#pragma once

/// A threshold policy taken in another way than it says: one of the four readings of "two part
/// aggregate limit", or another way of counting. The limits stay; what they are held against
/// changes. Pure.
///
///   A  by severity     part 1 limits severities 1 and 2, part 2 the others
///   B  by entry        part 1 counts over each planned entry, part 2 over the cohort's release
///   C  by attribution  part 1 counts what is due to DCC Systems, part 2 what is due to devices and
///                      SMSO systems
///   D  by phase        part 1 counts over the Test Phase, part 2 over all phases of the release
///
/// Which of them the programme means is not known (docs/rulebooks.md); a policy says it by its
/// parts, and here is what another reading of the same numbers would come to.

#include "ledger/events/policies/threshold.hpp"

namespace assay::projections {

enum class Reading : std::uint8_t { by_severity, by_entry, by_attribution, by_phase };

/// What to take instead of what a policy says; what is absent stays.
struct SupposedCounting {
  std::optional<events::CarryOver> carry_over{};
  std::optional<events::CountMode> counting{};  ///< of every part
  std::optional<bool> deselected_count{};
  std::optional<Reading> reading{};
  std::optional<events::SeverityAt> severity_at{};
  std::optional<std::uint64_t> untriaged_counts_as{};

  [[nodiscard]] bool is_empty() const {
    return !carry_over && !counting && !deselected_count && !reading && !severity_at &&
           !untriaged_counts_as;
  }
};

/// The policy under a reading. Absent where it cannot be read so: it does not have two parts, or
/// the reading would leave one without any limit.
[[nodiscard]] std::optional<events::ThresholdPolicy> read_as(const events::ThresholdPolicy& policy,
                                                             Reading reading);

/// The policy under everything that is supposed. Where it cannot be read so it has no part, which
/// is undetermined wherever it is asked: nobody knows what it would mean.
[[nodiscard]] events::ThresholdPolicy suppose(const events::ThresholdPolicy& policy,
                                              const SupposedCounting& counting);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::Reading>[] = {"A", "B", "C", "D"};
}  // namespace assay
