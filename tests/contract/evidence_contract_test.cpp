// Evidence files, on every ground.

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "ledger/base/limits.hpp"
#include "ledger/store/evidence_internal.hpp"
#include "ledger/store/store_internal.hpp"
#include "tests/contract/ground.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// Bytes that do not compress, the same for the same size and seed.
std::string noise(std::size_t size_bytes, std::uint32_t seed) {
  std::string bytes;
  for (std::uint64_t i = 0; bytes.size() < size_bytes; ++i) {
    bytes += sha256({std::to_string(seed), "/", std::to_string(i)}).view();
  }
  bytes.resize(size_bytes);
  return bytes;
}

/// Gives `bytes` out in pieces of `piece_bytes`.
store::ByteSource source_of(const std::string& bytes, std::size_t piece_bytes) {
  return [&bytes, piece_bytes, at = std::size_t{0}](std::span<char> buffer) mutable {
    const std::size_t count = std::min({buffer.size(), piece_bytes, bytes.size() - at});
    std::copy_n(bytes.data() + at, count, buffer.data());
    at += count;
    return Result<std::size_t>(count);
  };
}

Result<std::string> read_back(const store::Store& store, const Hash& digest) {
  std::string bytes;
  const Status status = store.read_evidence(digest, [&](std::string_view part) -> Status {
    CHECK(part.size() <= limits::kEvidenceChunkSizeBytes);
    bytes += part;
    return {};
  });
  if (!status) return std::unexpected(status.error());
  return bytes;
}

std::uint64_t count_evidence(const store::Store& store) {
  std::uint64_t count = 0;
  CHECK(store
            .scan_evidence([&](const Hash& digest, const store::EvidenceRecord& record) -> Status {
              ++count;
              CHECK(store.evidence(digest).value() == record);
              return {};
            })
            .has_value());
  return count;
}

}  // namespace

TEMPLATE_TEST_CASE("evidence of every size comes back, byte for byte", "[contract]", InMemory,
                   OnDisk, Reopened) {
  TestType ground;
  ground.begin();
  constexpr std::size_t kChunk = limits::kEvidenceChunkSizeBytes;
  const std::vector<std::size_t> sizes{0,          1,       kChunk - 1,  kChunk,
                                       kChunk + 1, 100'000, 16 * kChunk, 17 * kChunk + 3};
  std::uint32_t seed = 0;
  for (const std::size_t size_bytes : sizes) {
    const std::string bytes = noise(size_bytes, ++seed);
    const auto stored = ground.ledger().store.put_evidence(source_of(bytes, 70'000));
    REQUIRE(stored.has_value());
    CHECK(stored->digest == sha256(bytes));
    CHECK_FALSE(stored->already_there);
    CHECK(stored->record.size_bytes == size_bytes);
    Digest sha512 = Digest::sha512();
    sha512.update(bytes);
    CHECK(stored->record.sha512 == sha512.finish_hex());
    CHECK(read_back(ground.ledger().store, stored->digest).value() == bytes);
    const auto again = ground.ledger().store.put_evidence(source_of(bytes, 1'000'000));
    REQUIRE(again.has_value());
    CHECK(again->already_there);
    CHECK(again->record == stored->record);
  }
  CHECK(count_evidence(ground.ledger().store) == sizes.size());
  seed = 0;
  for (const std::size_t size_bytes : sizes) {
    const std::string bytes = noise(size_bytes, ++seed);
    CHECK(read_back(ground.ledger().store, sha256(bytes)).value() == bytes);
  }
}

TEMPLATE_TEST_CASE("evidence that is not what was expected is not kept", "[contract]", InMemory,
                   Reopened) {
  TestType ground;
  ground.begin();
  for (const std::size_t size_bytes : {std::size_t{1'000}, std::size_t{5'000'000}}) {
    const std::string bytes = noise(size_bytes, 1);
    const auto wrong = ground.ledger().store.put_evidence(source_of(bytes, 4'096), sha256("other"));
    CHECK(wrong.error().code == Errc::evidence_damaged);
    CHECK(ground.ledger().store.evidence(sha256(bytes)).error().code == Errc::not_found);
    CHECK(read_back(ground.now().store, sha256(bytes)).error().code == Errc::not_found);
    CHECK(ground.ledger().store.put_evidence(source_of(bytes, 4'096), sha256(bytes)).has_value());
  }
  CHECK(count_evidence(ground.now().store) == 2);
}

TEMPLATE_TEST_CASE("a copy that has come to harm is replaced, one that is whole is kept",
                   "[contract]", InMemory, Reopened) {
  TestType ground;
  ground.begin();
  for (const std::size_t size_bytes : {std::size_t{1'000}, std::size_t{5'000'000}}) {
    const std::string bytes = noise(size_bytes, 7);
    const auto first = ground.ledger().store.put_evidence(source_of(bytes, 4'096));
    REQUIRE(first.has_value());
    store::Store::Impl& impl = ground.ledger().store.impl();
    const std::string chunk = store::chunk_key(first->record.file, 0);
    REQUIRE(impl.put(store::Family::chunks, chunk, "altered", store::Durability::synced, "alter")
                .has_value());
    CHECK(read_back(ground.ledger().store, first->digest).error().code == Errc::evidence_damaged);
    const auto second = ground.ledger().store.put_evidence(source_of(bytes, 4'096));
    REQUIRE(second.has_value());
    CHECK_FALSE(second->already_there);
    CHECK(read_back(ground.now().store, first->digest).value() == bytes);
    // The harmed copy does not stay behind.
    rocksdb::PinnableSlice row;
    CHECK(
        ground.ledger().store.impl().get(store::Family::chunks, chunk, row, "look").error().code ==
        Errc::not_found);
    CHECK(ground.ledger().store.put_evidence(source_of(bytes, 4'096))->already_there);
  }
  CHECK(count_evidence(ground.ledger().store) == 2);
}

TEMPLATE_TEST_CASE("a source that fails leaves nothing behind", "[contract]", InMemory, Reopened) {
  TestType ground;
  ground.begin();
  for (const std::size_t fails_after : {std::size_t{0}, std::size_t{9'000'000}}) {
    std::size_t given = 0;
    const auto stored =
        ground.ledger().store.put_evidence([&](std::span<char> buffer) -> Result<std::size_t> {
          if (given >= fails_after) return fail(Errc::io, "the stick was pulled out");
          std::fill(buffer.begin(), buffer.end(), 'x');
          given += buffer.size();
          return buffer.size();
        });
    CHECK(stored.error().message == "the stick was pulled out");
  }
  CHECK(count_evidence(ground.ledger().store) == 0);
  const std::string bytes = noise(5'000'000, 2);
  CHECK(ground.ledger().store.put_evidence(source_of(bytes, 4'096)).has_value());
  CHECK(read_back(ground.ledger().store, sha256(bytes)).value() == bytes);
}

TEMPLATE_TEST_CASE("a sink that fails ends the reading", "[contract]", InMemory) {
  TestType ground;
  ground.begin();
  const std::string bytes = noise(600'000, 3);
  REQUIRE(ground.ledger().store.put_evidence(source_of(bytes, 4'096)).has_value());
  int calls = 0;
  const Status status =
      ground.ledger().store.read_evidence(sha256(bytes), [&](std::string_view) -> Status {
        ++calls;
        return fail(Errc::io, "the pipe is closed");
      });
  CHECK(status.error().message == "the pipe is closed");
  CHECK(calls == 1);
}

TEST_CASE("erased evidence is gone from every file of the ledger", "[contract]") {
  OnDisk ground;
  ground.begin();
  // One file goes through the write-ahead log, one past it.
  const std::string small = "a name that the law wants forgotten, small" + noise(1'000, 4);
  const std::string large = "a name that the law wants forgotten, large" + noise(5'000'000, 5);
  const std::string other = noise(5'000'000, 6);
  for (const std::string& bytes : {small, large, other}) {
    REQUIRE(ground.ledger().store.put_evidence(source_of(bytes, 65'536)).has_value());
  }
  const auto files_with = [&](std::string_view text) {
    int found = 0;
    for (const auto& file : std::filesystem::directory_iterator(ground.place.directory + "/db")) {
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(in)), {});
      if (bytes.find(text) != std::string::npos) ++found;
    }
    return found;
  };
  REQUIRE(files_with("the law wants forgotten, small") > 0);
  REQUIRE(files_with("the law wants forgotten, large") > 0);
  CHECK(ground.ledger().store.erase_evidence(sha256(small)).has_value());
  CHECK(ground.ledger().store.erase_evidence(sha256(large)).has_value());
  CHECK(ground.ledger().store.erase_evidence(sha256(large)).error().code == Errc::not_found);
  ground.reopen();
  CHECK(files_with("the law wants forgotten") == 0);
  CHECK(count_evidence(ground.now().store) == 1);
  CHECK(read_back(ground.now().store, sha256(other)).value() == other);
}
