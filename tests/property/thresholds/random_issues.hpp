#pragma once

/// Random lives of issues, and random threshold policies to count them by.

#include "tests/property/thresholds/reference.hpp"
#include "tests/support/random.hpp"

namespace assay::testing {

inline constexpr std::uint64_t kRandomEntries = 5;
inline constexpr std::uint64_t kRandomPhases = 3;

[[nodiscard]] std::string random_entry_id(std::uint64_t number);
[[nodiscard]] std::string random_phase_id(std::uint64_t number);

/// Entries, two SIT phases and one of MT, some runs, and then `steps` events about a few issues, in
/// the order and with the gaps in time in which they come.
[[nodiscard]] std::vector<Told> random_issue_history(Random& random, std::uint64_t steps);

/// Sound by the policy's invariants, but for limits that nobody could reach.
[[nodiscard]] events::ThresholdPolicy random_policy(Random& random);

}  // namespace assay::testing
