#include "keys/stream_record.hpp"

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>

#include "tests/unit/keys/keys_support.hpp"

namespace stream_record_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

struct Fixture {
  TemporaryFolder folder;
  StreamRecord::Place place{folder.path(), "author", {hash_of("log"), hash_of("key")}, 0};
  std::string path = folder / "author.streams/" + hash_of("log").hex();
};

StreamPosition at(std::uint64_t sequence) {
  return {sequence, hash_of("submission " + std::to_string(sequence))};
}

void sign(StreamRecord& record, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t i = from; i < to; ++i) REQUIRE(record.advance(i, at(i).hash));
  REQUIRE(record.sync());
}

}  // namespace

TEST_CASE("an absent record is none, and one that was synced is found again", "[stream_record]") {
  Fixture f;
  CHECK(StreamRecord::peek(f.place).value() == std::nullopt);
  CHECK_FALSE(std::filesystem::exists(f.path));  // peek makes nothing
  {
    auto record = StreamRecord::open(f.place).value();
    CHECK_FALSE(record.last());
    sign(record, 0, 3);
    CHECK(record.last() == at(2));
    REQUIRE(record.advance(3, at(3).hash));  // never synced
  }
  CHECK(mode_of(f.path) == 0600);
  CHECK(StreamRecord::peek(f.place).value() == at(2));
  auto record = StreamRecord::open(f.place).value();
  CHECK(record.last() == at(2));
  sign(record, 3, 5);
  CHECK(StreamRecord::peek(f.place).value() == at(4));
}

TEST_CASE("each log and each key has a record of its own", "[stream_record]") {
  Fixture f;
  auto first = StreamRecord::open(f.place).value();
  sign(first, 0, 2);
  auto other_log = f.place;
  other_log.identity.log = hash_of("other log");
  CHECK_FALSE(StreamRecord::open(other_log).value().last());
  auto other_name = f.place;
  other_name.key_name = "author.2";
  CHECK_FALSE(StreamRecord::open(other_name).value().last());
  // Another key under the same name must not take over what the first one signed.
  auto other_key = f.place;
  other_key.identity.key = hash_of("other key");
  CHECK(code_of(StreamRecord::peek(other_key)) == Errc::conflict);
  auto bad_name = f.place;
  bad_name.key_name = "../author";
  CHECK(code_of(StreamRecord::open(bad_name)) == Errc::invalid_argument);
}

TEST_CASE("the same pair may be signed again, another one may not", "[stream_record]") {
  Fixture f;
  auto record = StreamRecord::open(f.place).value();
  sign(record, 0, 2);
  const auto size = std::filesystem::file_size(f.path);
  REQUIRE(record.advance(1, at(1).hash));
  REQUIRE(record.sync());
  CHECK(std::filesystem::file_size(f.path) == size);
  const auto status = record.advance(1, hash_of("other"));
  REQUIRE(code_of(status) == Errc::forked);
  CHECK(status.error().hint.find("refused") != std::string::npos);
  CHECK(record.last() == at(1));
}

TEST_CASE("a refused submission is taken back, and the file keeps what happened",
          "[stream_record]") {
  Fixture f;
  {
    auto record = StreamRecord::open(f.place).value();
    sign(record, 0, 3);
    REQUIRE(record.retreat(at(2).hash, at(1)));
    REQUIRE(record.retreat(at(1).hash, at(0)));
    REQUIRE(record.advance(1, hash_of("again")));
    REQUIRE(record.sync());
  }
  CHECK(StreamRecord::peek(f.place).value() == StreamPosition{1, hash_of("again")});
  const std::string text = read_file(f.path);
  CHECK(text.size() == 7 * kStreamLineSizeBytes);
  CHECK(text.find("voided 0000000000000002 " + at(2).hash.hex()) != std::string::npos);
  CHECK(text.find("signed 0000000000000001 " + at(1).hash.hex()) != std::string::npos);
}

TEST_CASE("a damaged record is an error in every way of opening it", "[stream_record]") {
  Fixture f;
  {
    auto record = StreamRecord::open(f.place).value();
    sign(record, 0, 3);
  }
  const std::string good = read_file(f.path);
  std::string bad = good;
  bad[2 * kStreamLineSizeBytes + 40] ^= 1;
  write_file(f.path, bad);
  const auto damaged = StreamRecord::open(f.place);
  REQUIRE(code_of(damaged) == Errc::tampered_hash);
  CHECK(damaged.error().message.find("byte 342") != std::string::npos);
  CHECK(damaged.error().hint.find("rotate") != std::string::npos);
  CHECK(code_of(StreamRecord::peek(f.place)) == Errc::tampered_hash);
  CHECK(code_of(StreamRecord::recover_torn_end(f.place, at(0))) == Errc::tampered_hash);
  CHECK(read_file(f.path) == bad);  // nobody mended it in silence
  write_file(f.path, "");
  CHECK(code_of(StreamRecord::open(f.place)) == Errc::malformed);
  CHECK(code_of(StreamRecord::peek(f.place)) == Errc::malformed);
}

TEST_CASE("a torn end stops the signer until it is recovered against the ledger",
          "[stream_record]") {
  Fixture f;
  {
    auto record = StreamRecord::open(f.place).value();
    sign(record, 0, 3);
  }
  const std::string whole = read_file(f.path);
  const std::string torn = whole.substr(0, whole.size() - 100);
  for (const bool zeros : {false, true}) {
    const std::string tail = zeros ? std::string(500, '\0') : std::string();
    write_file(f.path, torn + tail);
    const auto opened = StreamRecord::open(f.place);
    REQUIRE(code_of(opened) == Errc::malformed);
    CHECK(opened.error().hint.find("recover") != std::string::npos);
    // The ledger holds what the torn line announced: so it had left after all.
    CHECK(code_of(StreamRecord::recover_torn_end(f.place, at(2))) == Errc::forked);
    CHECK(code_of(StreamRecord::recover_torn_end(f.place, StreamPosition{1, hash_of("x")})) ==
          Errc::forked);
    CHECK(read_file(f.path) == torn + tail);
    REQUIRE(StreamRecord::recover_torn_end(f.place, at(1)));
    CHECK(read_file(f.path) == whole.substr(0, 3 * kStreamLineSizeBytes));
    CHECK(read_file(f.path + ".torn-513") == torn.substr(513) + tail);
    CHECK(StreamRecord::open(f.place).value().last() == at(1));
    REQUIRE(StreamRecord::recover_torn_end(f.place, at(1)));  // whole: nothing to do
    std::filesystem::remove(f.path + ".torn-513");
  }
  write_file(f.path, whole.substr(0, 50));
  CHECK(code_of(StreamRecord::recover_torn_end(f.place, at(0))) == Errc::forked);
  REQUIRE(StreamRecord::recover_torn_end(f.place, std::nullopt));
  CHECK_FALSE(StreamRecord::open(f.place).value().last());
}

TEST_CASE("a record that is open elsewhere is locked; waiting has an end", "[stream_record]") {
  Fixture f;
  auto waiting = f.place;
  waiting.wait_ms = 5'000;
  auto impatient = f.place;
  impatient.wait_ms = 30;
  auto holder = std::make_unique<StreamRecord>(StreamRecord::open(f.place).value());
  sign(*holder, 0, 1);
  const auto locked = StreamRecord::open(f.place);
  REQUIRE(code_of(locked) == Errc::locked);
  CHECK_FALSE(locked.error().hint.empty());
  CHECK(code_of(StreamRecord::open(impatient)) == Errc::locked);
  CHECK(StreamRecord::peek(f.place).value() == at(0));  // looking is always possible
  std::jthread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    holder.reset();
  });
  CHECK(StreamRecord::open(waiting).value().last() == at(0));
}

TEST_CASE("four processes that sign at once never sign one sequence twice", "[stream_record]") {
  Fixture f;
  f.place.wait_ms = 60'000;
  constexpr std::uint64_t kEach = 25;
  std::vector<pid_t> children;
  for (int child = 0; child < 4; ++child) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      for (std::uint64_t i = 0; i < kEach; ++i) {
        auto record = StreamRecord::open(f.place);
        if (!record) ::_exit(1);
        const auto last = record->last();
        const std::uint64_t next = last ? last->sequence + 1 : 0;
        const Hash hash = hash_of(std::to_string(child) + "/" + std::to_string(next));
        if (!record->advance(next, hash) || !record->sync()) ::_exit(2);
      }
      ::_exit(0);
    }
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  CHECK(StreamRecord::peek(f.place).value()->sequence == 4 * kEach - 1);
}

TEST_CASE("a disk that takes only part of a line leaves the record as it was", "[stream_record]") {
  Fixture f;
  {
    auto record = StreamRecord::open(f.place).value();
    sign(record, 0, 2);
  }
  const std::string before = read_file(f.path);
  const pid_t pid = ::fork();
  if (pid == 0) {
    // The kernel stops the file at this size: a real short write, then EFBIG.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{before.size() + 60, before.size() + 60};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto record = StreamRecord::open(f.place);
    if (!record || !record->advance(2, at(2).hash)) ::_exit(1);
    const auto status = record->sync();
    ::_exit(!status && status.error().code == Errc::io ? 0 : 2);
  }
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  CHECK(status == 0);
  CHECK(read_file(f.path) == before);
  CHECK(StreamRecord::open(f.place).value().last() == at(1));
}

}  // namespace stream_record_test
