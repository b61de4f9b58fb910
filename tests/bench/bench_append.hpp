#pragma once

/// What a durable append costs under the rules of a real programme, against the bare things it is
/// made of: RocksDB alone, SQLite with a hash chain, Ed25519 alone. Ratios are of figures measured
/// in turn in the same run, because a machine's disk and neighbours change by the minute.

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/base/signer.hpp"
#include "tests/bench/figure.hpp"

namespace assay::bench {

struct AppendPlan {
  std::string folder;                      ///< on the disk to be measured; emptied before and after
  std::uint64_t rounds = 5;                ///< medians of so many
  std::uint64_t bulk_submissions = 1'000;  ///< of 100 events, a round
  std::uint64_t single_submissions = 6'000;  ///< of one event, a round
  /// Of the bulk submissions: that of a tool's key, as docs/performance.md advises. The bars hold
  /// for it alone; Ed25519 is measured for comparison.
  KeyAlgorithm algorithm = KeyAlgorithm::ecdsa_p256_sha256;
};

/// Submissions of 100 events of 400 bytes, 16 in flight by one author, against RocksDB and SQLite.
[[nodiscard]] std::vector<Figure> bench_bulk_append(const AppendPlan& plan);
/// Submissions of one event by 64 threads with 64 keys, against Ed25519 on one core.
[[nodiscard]] std::vector<Figure> bench_single_append(const AppendPlan& plan);

}  // namespace assay::bench
