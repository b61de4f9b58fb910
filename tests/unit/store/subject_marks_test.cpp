#include "ledger/store/subject_marks.hpp"

#include <catch2/catch.hpp>

#include "tests/support/random.hpp"

using namespace assay;
using namespace assay::store;

namespace {

SubmissionView about(const std::vector<std::string_view>& subjects) {
  SubmissionView submission;
  for (const std::string_view subject : subjects) {
    submission.events.emplace_back().subject = subject;
  }
  return submission;
}

}  // namespace

TEST_CASE("a subject's hash is the upper 40 bits of FNV-1a", "[store][subjects]") {
  // The 64-bit values are those of the reference list: "" and "foobar".
  CHECK(subject_hash("") == 0xcbf29ce484222325U >> 24U);
  CHECK(subject_hash("foobar") == 0x85944171f73967e8U >> 24U);
}

TEST_CASE("marks are found in the order of the log", "[store][subjects]") {
  std::vector<SubjectMark> marks;
  append_marks(marks, 512, about({"run/A", "run/B"}));
  append_marks(marks, 513, about({"run/B"}));
  append_marks(marks, 767, about({"run/C", "run/A", "run/A"}));
  const std::string row = encode_marks(marks);
  CHECK(row.size() == 6 * 8);
  const auto found = find_marks(row, 2, subject_hash("run/A")).value();
  REQUIRE(found.size() == 3);
  CHECK((found[0].entry == 512 && found[0].position == 0));
  CHECK((found[1].entry == 767 && found[1].position == 1));
  CHECK((found[2].entry == 767 && found[2].position == 2));
  CHECK(find_marks(row, 2, subject_hash("run/B"))->size() == 2);
  CHECK(find_marks(row, 2, subject_hash("run/none"))->empty());
  CHECK(find_marks({}, 0, subject_hash("run/A"))->empty());
  CHECK(find_marks("1234567", 0, 0).error().code == Errc::malformed);
}

TEST_CASE("a row finds exactly what went into it", "[store][subjects]") {
  CAPTURE(testing::Random::seed());
  testing::Random random;
  for (int round = 0; round < 30; ++round) {
    std::vector<SubjectMark> marks;
    std::vector<std::vector<std::pair<std::uint64_t, std::uint64_t>>> expected(20);
    for (std::uint64_t entry = 0; entry < kBundleEntries; ++entry) {
      std::vector<std::string> subjects;
      for (std::uint64_t position = 0; position <= random.below(5); ++position) {
        const std::uint64_t number = random.below(20);
        subjects.push_back("run/R" + std::to_string(number));
        expected[number].emplace_back(entry, position);
      }
      append_marks(marks, entry, about({subjects.begin(), subjects.end()}));
    }
    const std::string row = encode_marks(marks);
    for (std::size_t number = 0; number < expected.size(); ++number) {
      std::vector<std::pair<std::uint64_t, std::uint64_t>> found;
      const std::uint64_t hash = subject_hash("run/R" + std::to_string(number));
      const std::vector<MarkedEvent> marked = find_marks(row, 0, hash).value();
      for (const MarkedEvent& mark : marked) {
        found.emplace_back(mark.entry, mark.position);
      }
      CHECK(found == expected[number]);
    }
  }
}
