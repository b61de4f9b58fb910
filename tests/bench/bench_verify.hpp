#pragma once

/// What a full verification costs, against what nobody can leave out: two SHA-256 passes over the
/// bytes and the signature checks. The log is real and in memory: submissions of 100 events of
/// about 400 bytes, signed with Ed25519.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/figure.hpp"

namespace assay::bench {

struct VerifyPlan {
  std::uint64_t events = 1'000'000;
  std::uint64_t events_each = 100;   ///< in a submission
  std::uint64_t new_events = 1'000;  ///< after the pin
  std::uint64_t rounds = 3;          ///< medians of so many
  std::string folder;                ///< for the SQLite table; made and removed
};

/// Everything below, on one log.
[[nodiscard]] std::vector<Figure> bench_verify(const VerifyPlan& plan);

}  // namespace assay::bench
