#include "ledger/verify/interval.hpp"

#include <random>

#include <catch2/catch.hpp>

namespace interval_test {

using namespace assay;
using namespace assay::verify;

namespace {

constexpr Timestamp at_second(std::int64_t seconds) { return {seconds * 1'000'000}; }

HeadTime word(std::uint64_t size, std::int64_t seconds, bool believed = true,
              const std::string& who = "w") {
  return {size, at_second(seconds), TimeWord::witness, who, believed};
}

}  // namespace

TEST_CASE("An event is not after the first who spoke of a head over its entry") {
  const HeadTimes times({word(3, 30), word(5, 50), word(9, 40)}, {});
  const auto above = [&](std::uint64_t entry) {
    return times.interval({entry, 0}, at_second(1)).not_after;
  };
  CHECK(above(2)->at == at_second(30));
  CHECK(above(2)->size == 3);
  // The head of three entries ends with entry 2.
  CHECK(above(3)->at == at_second(40));
  CHECK(above(3)->size == 9);
  CHECK(above(8)->size == 9);
  CHECK_FALSE(above(9));
}

TEST_CASE("Who is believed counts before who only claims, however early") {
  const HeadTimes times({word(3, 30, false, "claims"), word(5, 50, true, "known")}, {});
  CHECK(times.interval({0, 0}, {}).not_after->who == "known");
  CHECK(times.interval({0, 0}, {}).not_after->believed);
  const HeadTimes claimed({word(3, 30, false, "claims")}, {});
  CHECK_FALSE(claimed.interval({0, 0}, {}).not_after->believed);
}

TEST_CASE("An event is not before the head that its author had seen, by the log's own word") {
  const HeadTimes times({}, {});
  CHECK(head_before({0, 0}) == 0);
  CHECK(head_before({4, 0}) == 1);
  CHECK(head_before({4, 3}) == 3);
  CHECK_FALSE(times.interval({0, 0}, at_second(7)).not_before);
  const auto below = times.interval({4, 3}, at_second(7)).not_before;
  REQUIRE(below);
  CHECK(below->at == at_second(7));
  CHECK(below->size == 3);
  CHECK(below->by == TimeWord::log);
  CHECK_FALSE(below->believed);
}

TEST_CASE("A timestamp that an entry under that head names bounds it from below") {
  const HeadTimes times({}, {{2, at_second(5), "authority", true},
                             {3, at_second(9), "claims", false},
                             {6, at_second(6), "later", true}});
  const auto below = [&](std::uint64_t seen) {
    return *times.interval({10, seen}, at_second(7)).not_before;
  };
  CHECK(below(2).by == TimeWord::log);  // entry 2 is not under the head of two entries
  CHECK(below(3).by == TimeWord::authority);
  CHECK(below(3).at == at_second(5));
  CHECK(below(4).at == at_second(5));
  CHECK(below(7).at == at_second(6));
  // A cosignature of the head that was seen says nothing from below.
  const HeadTimes cosigned({word(3, 50)}, {});
  CHECK(cosigned.interval({10, 3}, at_second(7)).not_before->by == TimeWord::log);
}

TEST_CASE("The answer is that of looking at every word, for random ones") {
  std::mt19937 random(20191119);
  for (int round = 0; round < 200; ++round) {
    std::vector<HeadTime> heads;
    for (std::size_t i = random() % 12; i > 0; --i) {
      heads.push_back(
          word(random() % 20, static_cast<std::int64_t>(random() % 100), random() % 2 == 0));
    }
    const HeadTimes times(heads, {});
    for (std::uint64_t entry = 0; entry < 21; ++entry) {
      const HeadTime* best = nullptr;
      for (const HeadTime& head : heads) {
        if (head.size <= entry) continue;
        const bool better = best == nullptr || (head.believed && !best->believed) ||
                            (head.believed == best->believed && head.at < best->at);
        if (better) best = &head;
      }
      const auto found = times.interval({entry, 0}, {}).not_after;
      CAPTURE(round, entry);
      REQUIRE(found.has_value() == (best != nullptr));
      if (best != nullptr) {
        CHECK(found->at == best->at);
        CHECK(found->believed == best->believed);
        CHECK(found->size > entry);
      }
    }
  }
}

}  // namespace interval_test
