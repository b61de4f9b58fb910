#pragma once

/// Randomness for property tests. The seed is the one that Catch2 takes with --rng-seed (0 where it
/// is not given), so that a failure that printed its seed can be run again.

#include <cstdint>
#include <random>

#include <catch2/catch.hpp>

namespace assay::testing {

class Random {
 public:
  [[nodiscard]] static std::uint32_t seed() { return Catch::rngSeed(); }

  /// Uniform in [0, count); `count` is at least 1.
  std::uint64_t below(std::uint64_t count) {
    return std::uniform_int_distribution<std::uint64_t>(0, count - 1)(engine_);
  }
  /// Uniform in the number of bits, so that small and large values are equally likely.
  std::uint64_t of_any_size(std::uint64_t max) {
    const std::uint64_t value = engine_() >> below(64);
    return value <= max ? value : value % (max + 1);
  }

 private:
  std::mt19937_64 engine_{seed()};
};

}  // namespace assay::testing
