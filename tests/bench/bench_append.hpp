#pragma once

/// What a durable append costs, against the bare things it is made of: RocksDB alone, SQLite with a
/// hash chain, Ed25519 alone. Ratios are of figures measured in turn in the same run, because a
/// machine's disk and neighbours change by the minute.

#include <cstdint>
#include <string>
#include <vector>

namespace assay::bench {

struct Figure {
  std::string name;
  double figure = 0;  ///< ours
  std::string unit;
  double limit = 0;  ///< what it is held against, in the same unit
  double ratio = 0;
  double bar = 0;
  bool at_most = false;  ///< the ratio must not exceed the bar; else it must reach it
  [[nodiscard]] bool met() const { return at_most ? ratio <= bar : ratio >= bar; }
};

struct AppendPlan {
  std::string folder;                      ///< on the disk to be measured; emptied before and after
  std::uint64_t rounds = 5;                ///< medians of so many
  std::uint64_t bulk_submissions = 1'000;  ///< of 100 events, a round
  std::uint64_t single_submissions = 6'000;  ///< of one event, a round
  std::int64_t rules_ns = 1'000;             ///< what the programme's rules take to judge an event
};

/// Submissions of 100 events of 400 bytes, 16 in flight by one author, against RocksDB and SQLite.
[[nodiscard]] std::vector<Figure> bench_bulk_append(const AppendPlan& plan);
/// Submissions of one event by 64 threads with 64 keys, against Ed25519 on one core.
[[nodiscard]] std::vector<Figure> bench_single_append(const AppendPlan& plan);
/// The cost of an event near `large` events in the log, against the cost near `small`.
[[nodiscard]] std::vector<Figure> bench_append_growth(const AppendPlan& plan, std::uint64_t small,
                                                      std::uint64_t large);

}  // namespace assay::bench
