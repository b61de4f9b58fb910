#pragma once

/// Which run counters of one source were seen, as merged ranges, so that a counter that never came
/// shows as a gap. Tools count up, so the usual insertion extends the last range in constant time;
/// any other order costs a logarithm. Thread word: plain value.

#include <cstdint>
#include <map>
#include <vector>

#include <cereal/cereal.hpp>

namespace assay::projections {

/// Both ends inclusive.
struct CounterRange {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  bool operator==(const CounterRange&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(from), CEREAL_NVP(to));
  }
};

class CounterSet {
 public:
  /// False when the counter was there already.
  bool insert(std::uint64_t counter);
  void insert(CounterRange range);
  [[nodiscard]] bool contains(std::uint64_t counter) const;
  [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
  [[nodiscard]] std::vector<CounterRange> ranges() const;
  /// Ranges between the lowest and the highest counter that are neither here nor in `elsewhere`.
  [[nodiscard]] std::vector<CounterRange> gaps(const CounterSet& elsewhere = {}) const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("ranges", ranges_));
  }

 private:
  std::map<std::uint64_t, std::uint64_t> ranges_;  // from → to; disjoint, never adjacent
};

}  // namespace assay::projections
