#pragma once

/// What a full verification costs, against what nobody can leave out: two SHA-256 passes over the
/// bytes and the signature checks. The log is real and in memory: submissions of 100 events of
/// about 400 bytes, signed with Ed25519 where nothing else is said.

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/base/signer.hpp"
#include "tests/bench/figure.hpp"

namespace assay::bench {

struct VerifyPlan {
  std::uint64_t events = 1'000'000;
  std::uint64_t events_each = 100;                 ///< in a submission
  std::uint64_t new_events = 1'000;                ///< after the pin
  std::uint64_t rounds = 3;                        ///< medians of so many
  KeyAlgorithm algorithm = KeyAlgorithm::ed25519;  ///< of the author of the events
  std::string folder;                              ///< for the SQLite table; made and removed
};

[[nodiscard]] std::vector<Figure> bench_verify(const VerifyPlan& plan);
/// Two threads against SQLite's chain, once with a tool's key (ECDSA P-256) and once with Ed25519,
/// for which no bar is set (docs/performance.md says why).
[[nodiscard]] std::vector<Figure> bench_verify_against_sqlite(VerifyPlan plan);

}  // namespace assay::bench
