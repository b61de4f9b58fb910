#include "keys/released_record.hpp"

#include "tests/unit/keys/keys_support.hpp"

namespace released_record_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

const Hash kLog = hash_of("log");

Hash root(std::uint64_t size) { return hash_of("root " + std::to_string(size)); }

/// The file after saves of sizes 10, 20, … 10 * saves.
std::string file_after(std::uint64_t saves) {
  std::string file = new_released_file(kLog);
  for (std::uint64_t i = 1; i <= saves; ++i) {
    const ReleasedSlot slot{kLog, i, 10 * i, root(10 * i)};
    file.replace(slot.offset(), kReleasedSlotSizeBytes, format_released_slot(slot));
  }
  return file;
}

struct Fixture {
  TemporaryFolder folder;
  ReleasedRecord::Place place{folder.path(), "log", kLog, 0};
  std::string path = folder / "log.released";
};

}  // namespace

TEST_CASE("a released slot is text of this form", "[released]") {
  const std::string lines = "assay released 01\nlog " + kLog.hex() +
                            "\nsave 00000000000000000007\nsize 00000000000000004711\nroot " +
                            root(4711).hex() + "\n";
  const std::string slot = format_released_slot({kLog, 7, 4711, root(4711)});
  CHECK(slot == lines + "check " + sha256(lines).hex() + "\n");
  CHECK(slot.size() == kReleasedSlotSizeBytes);
}

TEST_CASE("the newer of two whole slots is the last released checkpoint", "[released]") {
  for (std::uint64_t saves = 0; saves <= 5; ++saves) {
    const auto scan = scan_released_file(file_after(saves)).value();
    CHECK(scan.last ==
          ReleasedSlot{kLog, saves, 10 * saves, saves == 0 ? Hash{} : root(10 * saves)});
    CHECK_FALSE(scan.other_is_damaged);
  }
}

TEST_CASE("a save torn at any byte leaves the one before it", "[released]") {
  for (std::uint64_t saves = 1; saves <= 4; ++saves) {
    const std::string before = file_after(saves - 1);
    const std::string after = file_after(saves);
    const auto offset = ReleasedSlot{kLog, saves, 0, {}}.offset();
    for (std::size_t written = 0; written <= kReleasedSlotSizeBytes; ++written) {
      CAPTURE(saves, written);
      std::string torn = before;
      torn.replace(offset, written, after, offset, written);
      const auto scan = scan_released_file(torn);
      REQUIRE(scan);
      const bool is_new = torn == after;
      const bool is_old = torn == before;
      const std::uint64_t expected = is_new ? saves : saves - 1;
      REQUIRE(scan->last.save == expected);
      REQUIRE(scan->other_is_damaged == (!is_new && !is_old));
    }
  }
}

TEST_CASE("no flipped bit gives another checkpoint in silence", "[released]") {
  const std::string file = file_after(4);
  for (std::size_t slot = 0; slot < 2; ++slot) {
    for (std::size_t bit = 0; bit < 8 * kReleasedSlotSizeBytes; ++bit) {
      std::string flipped = file;
      char& byte = flipped[slot * kReleasedSlotStrideBytes + bit / 8];
      byte = static_cast<char>(byte ^ (1 << (bit % 8)));
      const auto scan = scan_released_file(flipped);
      CAPTURE(slot, bit);
      if (!scan) {
        REQUIRE(scan.error().code == Errc::unsupported);  // the version's digits
        continue;
      }
      REQUIRE(scan->other_is_damaged);
      REQUIRE(scan->last.save == (slot == 0 ? 3 : 4));
    }
  }
}

TEST_CASE("two slots that contradict each other are damage", "[released]") {
  const auto with = [](const ReleasedSlot& slot) {
    std::string file = file_after(4);
    file.replace(slot.offset(), kReleasedSlotSizeBytes, format_released_slot(slot));
    return scan_released_file(file);
  };
  CHECK(with({kLog, 5, 50, root(50)}));
  CHECK(code_of(with({kLog, 7, 50, root(50)})) == Errc::tampered_hash);  // a save is missing
  CHECK(code_of(with({kLog, 5, 40, root(41)})) == Errc::tampered_hash);  // it does not grow
  CHECK(code_of(with({kLog, 5, 39, root(39)})) == Errc::tampered_hash);
  CHECK(code_of(with({hash_of("x"), 5, 50, root(50)})) == Errc::tampered_hash);
  std::string lost = file_after(4);
  lost.replace(0, kReleasedSlotSizeBytes, kReleasedSlotSizeBytes, '\n');
  CHECK(code_of(scan_released_file(lost)) == Errc::tampered_hash);
  std::string swapped = file_after(4);
  std::swap_ranges(swapped.begin(), swapped.begin() + kReleasedSlotStrideBytes,
                   swapped.begin() + kReleasedSlotStrideBytes);
  CHECK(code_of(scan_released_file(swapped)) == Errc::tampered_hash);
  CHECK(code_of(scan_released_file("")) == Errc::malformed);
  CHECK(code_of(scan_released_file(file_after(4) + "\n")) == Errc::malformed);
}

TEST_CASE("what was saved is found again, and peek makes nothing", "[released]") {
  Fixture f;
  CHECK(ReleasedRecord::peek(f.folder.path(), "log").value() == std::nullopt);
  CHECK_FALSE(std::filesystem::exists(f.path));
  {
    auto record = ReleasedRecord::open(f.place).value();
    CHECK_FALSE(record.last());
    for (const std::uint64_t size : {1U, 5U, 6U}) REQUIRE(record.save(size, root(size)));
    CHECK(record.last() == Released{6, root(6)});
  }
  CHECK(mode_of(f.path) == 0600);
  CHECK(ReleasedRecord::peek(f.folder.path(), "log").value() == ReleasedSlot{kLog, 3, 6, root(6)});
  auto record = ReleasedRecord::open(f.place).value();
  CHECK(record.last() == Released{6, root(6)});
  CHECK_FALSE(record.was_interrupted());
  REQUIRE(record.save(7, root(7)));
}

TEST_CASE("a released checkpoint is never contradicted", "[released]") {
  Fixture f;
  auto record = ReleasedRecord::open(f.place).value();
  REQUIRE(record.save(0, root(0)));  // an empty tree counts
  REQUIRE(record.save(10, root(10)));
  const std::string before = read_file(f.path);
  const auto smaller = record.save(9, root(9));
  REQUIRE(code_of(smaller) == Errc::forked);
  CHECK(smaller.error().message.find(root(10).hex()) != std::string::npos);
  CHECK(smaller.error().hint.find("restored") != std::string::npos);
  CHECK(code_of(record.save(10, root(11))) == Errc::forked);
  REQUIRE(record.save(10, root(10)));  // the same again is not written
  CHECK(read_file(f.path) == before);
  CHECK(record.last() == Released{10, root(10)});
}

TEST_CASE("a key that released checkpoints of another log is refused", "[released]") {
  Fixture f;
  REQUIRE(ReleasedRecord::open(f.place).value().save(10, root(10)));
  auto other = f.place;
  other.log = hash_of("re-made log");
  CHECK(code_of(ReleasedRecord::open(other)) == Errc::forked);
  other.key_name = "-log";
  CHECK(code_of(ReleasedRecord::open(other)) == Errc::invalid_argument);
}

TEST_CASE("a log whose making was cut short before it released anything may be made again",
          "[released]") {
  Fixture f;
  REQUIRE(ReleasedRecord::open(f.place));
  CHECK(ReleasedRecord::peek(f.folder.path(), "log").value() == std::nullopt);
  f.place.log = hash_of("second attempt");
  for (const std::uint64_t size : {1U, 2U, 3U}) {
    auto record = ReleasedRecord::open(f.place).value();
    REQUIRE(record.save(size, root(size)));
  }
  CHECK(ReleasedRecord::peek(f.folder.path(), "log").value() ==
        ReleasedSlot{f.place.log, 3, 3, root(3)});
}

TEST_CASE("two copies of a ledger cannot both hold its key's record", "[released]") {
  Fixture f;
  auto first = ReleasedRecord::open(f.place).value();
  CHECK(code_of(ReleasedRecord::open(f.place)) == Errc::locked);
  REQUIRE(first.save(10, root(10)));
  CHECK(ReleasedRecord::peek(f.folder.path(), "log").value()->size == 10);
}

TEST_CASE("an interrupted save is found, said, and written over by the next", "[released]") {
  Fixture f;
  std::string torn = file_after(4);
  torn.replace(kReleasedSlotStrideBytes, 100, 100, '\0');  // save 5 goes there
  write_file(f.path, torn);
  auto record = ReleasedRecord::open(f.place).value();
  CHECK(record.was_interrupted());
  CHECK(record.last() == Released{40, root(40)});
  REQUIRE(record.save(50, root(50)));
  CHECK(read_file(f.path) == file_after(5));
}

TEST_CASE("a record damaged in both slots is never taken for an empty one", "[released]") {
  Fixture f;
  std::string bad = file_after(4);
  bad[100] ^= 1;
  bad[kReleasedSlotStrideBytes + 100] ^= 1;
  write_file(f.path, bad);
  CHECK(code_of(ReleasedRecord::open(f.place)) == Errc::tampered_hash);
  CHECK(code_of(ReleasedRecord::peek(f.folder.path(), "log")) == Errc::tampered_hash);
  write_file(f.path, "");
  CHECK(code_of(ReleasedRecord::open(f.place)) == Errc::malformed);
}

}  // namespace released_record_test
