// Every operation fails while an evidence file is taken in: afterwards it is there whole, or it is
// not there and leaves nothing behind.

#include <catch2/catch.hpp>

#include "ledger/store/evidence_internal.hpp"
#include "tests/support/fault_fs.hpp"
#include "tests/support/test_ledger.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

store::ByteSource bytes_of(const std::string& bytes) {
  return [&bytes, at = std::size_t{0}](std::span<char> buffer) mutable -> Result<std::size_t> {
    const std::size_t count = std::min(buffer.size(), bytes.size() - at);
    std::copy_n(bytes.data() + at, count, buffer.data());
    at += count;
    return count;
  };
}

std::size_t count_rows(const store::Store& store, store::Family family) {
  const auto rows = store.impl().iterate(family);
  std::size_t count = 0;
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) ++count;
  return count;
}

/// False when the operation to fail was never reached.
bool fails_well(const FaultFs::Plan& plan, const std::string& bytes) {
  CAPTURE(plan.at, plan.forever, plan.is_done, bytes.size());
  FaultEnv env = FaultEnv::in_memory();
  store::Backing backing;
  backing.env = env.env.get();
  backing.tuning.write_buffer_bytes = 1U << 20U;  // chunks are flushed while more come in
  backing.reserve_bytes = 0;
  REQUIRE(store::create_with(backing, "/ledger", kTestOrigin).has_value());
  bool acknowledged = false;
  {
    auto opened = store::open_writable_with(backing, "/ledger", {}).value();
    env.fs->arm(plan);
    acknowledged = opened.put_evidence(bytes_of(bytes)).has_value();
  }
  const bool has_fired = env.fs->has_fired();
  env.fs->disarm();
  const store::Store opened = store::open_writable_with(backing, "/ledger", {}).value();
  std::string back;
  const Status found = opened.read_evidence(sha256(bytes), [&](std::string_view part) -> Status {
    back += part;
    return {};
  });
  if (acknowledged) CHECK(found.has_value());
  if (found) {
    CHECK(back == bytes);
    CHECK(count_rows(opened, store::Family::evidence) == 1);
  } else {
    CHECK(found.error().code == Errc::not_found);
    CHECK(count_rows(opened, store::Family::evidence) == 0);
    CHECK(count_rows(opened, store::Family::chunks) == 0);
  }
  return has_fired;
}

void fail_every_operation(const std::string& bytes) {
  for (const bool forever : {false, true}) {
    for (const bool is_done : {false, true}) {
      FaultFs::Plan plan{.at = 1, .forever = forever, .is_done = is_done, .no_space = false};
      while (fails_well(plan, bytes)) ++plan.at;
      CHECK(plan.at > 3);
    }
  }
}

}  // namespace

TEST_CASE("a small evidence file is there whole or not at all", "[fault]") {
  fail_every_operation(std::string(300'000, 's'));
}

TEST_CASE("a large evidence file is there whole or not at all", "[fault]") {
  std::string bytes;
  for (int i = 0; bytes.size() < 5'000'000; ++i) bytes += sha256(std::to_string(i)).view();
  fail_every_operation(bytes);
}
