// Where two folds part, found in as many questions as the number of entries has binary digits.

#include "projections/fold/divergence.hpp"

#include <bit>

#include <catch2/catch.hpp>

namespace divergence_test {

using namespace assay;
using namespace assay::projections;

namespace {

/// A fold that is the other's up to and including size `same_until`, and another from then on.
struct Pair {
  std::uint64_t same_until = 0;
  std::uint64_t asked = 0;

  Result<std::uint64_t> parted(std::uint64_t low, std::uint64_t high) {
    const auto one = [&](std::uint64_t size) -> Result<Hash> {
      ++asked;
      return sha256("state " + std::to_string(size));
    };
    const auto other = [&](std::uint64_t size) -> Result<Hash> {
      return sha256((size > same_until ? "wrong " : "state ") + std::to_string(size));
    };
    return first_divergence(low, high, one, other);
  }
};

}  // namespace

TEST_CASE("the entry is found wherever it stands, in no more questions than it takes") {
  for (std::uint64_t low = 0; low < 4; ++low) {
    for (std::uint64_t high = low + 1; high <= 40; ++high) {
      for (std::uint64_t same_until = low; same_until < high; ++same_until) {
        Pair pair{same_until};
        CHECK(pair.parted(low, high).value() == same_until + 1);
        CHECK(pair.asked <= static_cast<std::uint64_t>(std::bit_width(high - low - 1)));
      }
    }
  }
}

TEST_CASE("one wrong entry among ten million takes at most 24 questions") {
  for (const std::uint64_t same_until : {0ULL, 1ULL, 4'999'999ULL, 7'654'321ULL, 9'999'999ULL}) {
    Pair pair{same_until};
    CHECK(pair.parted(0, 10'000'000).value() == same_until + 1);
    CHECK(pair.asked <= 24);
  }
}

TEST_CASE("a fold that cannot answer ends the search with its own error") {
  const auto answers = [](std::uint64_t size) -> Result<Hash> {
    return sha256(std::to_string(size));
  };
  const auto fails = [](std::uint64_t) -> Result<Hash> {
    return fail(Errc::io, "the disk is away");
  };
  CHECK(first_divergence(0, 8, answers, fails).error().code == Errc::io);
  CHECK(first_divergence(0, 8, fails, answers).error().code == Errc::io);
}

}  // namespace divergence_test
