#pragma once

/// Waivers of rules: which one holds for a rule, a phase and a planned entry on a day, and who else
/// stands behind it than whoever benefits. Pure functions.

#include "projections/completion/completion.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::projections {

/// What a waiver is asked about.
struct WaiverQuestion {
  Identifier rule;
  std::optional<Identifier> phase;
  std::optional<Identifier> planned_entry;
};

/// True from the moment it was recorded to the end of its last London day.
[[nodiscard]] bool is_in_force(const RuleWaiver& waiver, Timestamp at);

/// The waiver in force at `at`, the one recorded last where several are; null when there is none. A
/// waiver of certain planned entries or of one phase says nothing about others.
[[nodiscard]] const RuleWaiver* waiver_in_force(const Completion& state,
                                                const WaiverQuestion& question, Timestamp at);

/// Another party than `party` stands behind `decision`: it endorsed it, or it recorded the approval
/// that the decision names, with a key that was not compromised by then.
[[nodiscard]] bool has_other_party(const Facts& facts, const EventId& decision,
                                   const std::optional<EventId>& approval, const Identifier& party);

}  // namespace assay::projections
