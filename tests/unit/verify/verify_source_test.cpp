#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_source_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);
};

Programme& programme() {
  static Programme made;
  return made;
}

Error error(Errc code) { return Error{code, "as the test wants it", {}, std::nullopt}; }

/// Fails one of its questions, or answers it in its own way.
class OddSource final : public Source {
 public:
  explicit OddSource(const MemoryLog& log) : source_(log) {}
  [[nodiscard]] Result<std::uint64_t> size() const override {
    if (no_size) return std::unexpected(error(Errc::io));
    return source_.size();
  }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override {
    if (too_few && to > 10) return source_.read(from, std::min<std::uint64_t>(to, 10), sink);
    if (out_of_order && from == 0) {
      return source_.read(from, to, [&](std::uint64_t index, std::string_view bytes) {
        sink(index == 3 ? 4 : index, bytes);
      });
    }
    return source_.read(from, to, sink);
  }
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override {
    if (no_checkpoints) return std::unexpected(error(Errc::io));
    return source_.checkpoints();
  }
  [[nodiscard]] EvidenceHeld evidence_held() const override { return EvidenceHeld::none; }
  [[nodiscard]] Result<std::vector<StatedDigest>> stated_digests() const override {
    if (no_digests) return std::unexpected(error(Errc::io));
    return std::vector<StatedDigest>{};
  }
  [[nodiscard]] Result<std::vector<Objection>> check_indexes(
      const VerifierState& verified) const override {
    indexed_size = verified.size;
    return indexes;
  }

  bool no_size = false;
  bool no_checkpoints = false;
  bool no_digests = false;
  bool too_few = false;
  bool out_of_order = false;
  Result<std::vector<Objection>> indexes = std::vector<Objection>{};
  mutable std::uint64_t indexed_size = 0;

 private:
  MemorySource source_;
};

Report check(const Source& source, std::size_t threads = 1) {
  return verify_log(source, remembering_verifiers(), {.threads = threads});
}

}  // namespace

TEST_CASE("A source that cannot be read proves nothing and fails nothing") {
  OddSource source(programme().builder.log());
  source.no_size = true;
  const Report report = check(source);
  CHECK(report.nothing_failed());
  CHECK(exit_code(report) == 16);
  REQUIRE(report.interrupted);
  CHECK(report.interrupted->code == Errc::io);
  for (const ClaimReport& claim : report.claims) {
    CAPTURE(enum_text(claim.claim));
    CHECK(claim.verdict != Verdict::proved);
  }
  CHECK_FALSE(report.sealed);
}

TEST_CASE("Reading that stops half-way leaves every claim about entries unchecked") {
  MemorySource source(programme().builder.log());
  source.entry_errors[7] = error(Errc::io);
  for (const std::size_t threads : {1U, 2U}) {
    const Report report = check(source, threads);
    CHECK(report.nothing_failed());
    CHECK(exit_code(report) == 16);
    CHECK(report.interrupted->entry == 7U);
    CHECK(report.checked.entries == 7);
    for (const Claim claim :
         {Claim::canonical_bytes, Claim::chain, Claim::tree, Claim::author_signatures,
          Claim::author_streams, Claim::time_order, Claim::evidence_files}) {
      CAPTURE(enum_text(claim), report[claim].sentence);
      CHECK(report[claim].verdict == Verdict::not_checked);
      CHECK(report[claim].could_not_look);
      CHECK_THAT(report[claim].sentence, Catch::Contains("reading stopped at entry 7"));
    }
    CHECK_FALSE(report.sealed);
  }
}

TEST_CASE("What was found before reading stopped still fails") {
  MemoryLog damaged = programme().builder.log();
  damaged.entries[2] = replaced(damaged.entries[2], "key_registered", "Key_registered");
  MemorySource source(damaged);
  source.entry_errors[7] = error(Errc::io);
  const Report report = check(source);
  CHECK(report[Claim::canonical_bytes].verdict == Verdict::failed);
  CHECK(exit_code(report) == 10);
}

TEST_CASE("An entry that is not there fails, and the others are still looked at") {
  MemorySource source(programme().builder.log());
  source.entry_errors[7] = error(Errc::not_found);
  const Report report = check(source);
  CHECK_FALSE(report.interrupted);
  CHECK(failed_claims(report).contains(Claim::canonical_bytes));
  CHECK(report[Claim::canonical_bytes].first->error.entry == 7U);
  CHECK(exit_code(report) == 11);
  CHECK(report.checked.entries == programme().places.size);
  CHECK(report[Claim::tree].verdict == Verdict::not_checked);
  CHECK(report[Claim::chain].verdict == Verdict::not_checked);
  CHECK(report.head.size == 7);
  CHECK_FALSE(report.sealed);
}

TEST_CASE("Bytes that the source itself finds damaged fail as damage") {
  MemorySource source(programme().builder.log());
  source.entry_errors[7] = error(Errc::tampered_hash);
  const Report report = check(source);
  CHECK(report[Claim::canonical_bytes].first->error.entry == 7U);
  CHECK(exit_code(report) == 10);
}

TEST_CASE("A missing entry 0 leaves open what log this is") {
  MemorySource source(programme().builder.log());
  source.entry_errors[0] = error(Errc::not_found);
  const Report report = check(source);
  CHECK(report[Claim::canonical_bytes].first->error.entry == 0U);
  CHECK(report[Claim::identity].verdict == Verdict::not_checked);
  CHECK(report[Claim::log_signature].verdict == Verdict::not_checked);
  // Keys that it may have introduced are missing: nobody is accused for that.
  CHECK(report[Claim::author_signatures].verdict == Verdict::not_checked);
}

TEST_CASE("Checkpoints that cannot be read leave the tree unchecked, and the run incomplete") {
  OddSource source(programme().builder.log());
  source.no_checkpoints = true;
  const Report report = check(source);
  CHECK(report[Claim::tree].verdict == Verdict::not_checked);
  CHECK(report[Claim::log_signature].could_not_look);
  CHECK(report[Claim::chain].verdict == Verdict::proved);
  CHECK(exit_code(report) == 16);
}

TEST_CASE("Stated digests that cannot be read leave projections unchecked") {
  OddSource source(programme().builder.log());
  source.no_digests = true;
  const Report report = check(source);
  CHECK(report[Claim::projections].could_not_look);
  CHECK(exit_code(report) == 16);
}

TEST_CASE("A source that hands over too little, or out of order, is not believed") {
  OddSource few(programme().builder.log());
  few.too_few = true;
  const Report report = check(few);
  CHECK(report.nothing_failed());
  CHECK(exit_code(report) == 16);
  CHECK(report.interrupted->code == Errc::internal);
  CHECK(report.checked.entries == 10);
  OddSource disordered(programme().builder.log());
  disordered.out_of_order = true;
  CHECK(check(disordered).interrupted->entry == 3U);
}

TEST_CASE("Indexes are compared with the state at the end of the log") {
  OddSource source(programme().builder.log());
  CHECK(check(source)[Claim::indexes].verdict == Verdict::proved);
  CHECK(source.indexed_size == programme().places.size);
  source.indexes = std::vector<Objection>{
      {Claim::indexes, Error{Errc::tampered_hash, "leaf 4 has another hash", {}, 4}}};
  Report report = check(source);
  CHECK(failed_claims(report) == std::set{Claim::indexes});
  CHECK(exit_code(report) == 10);
  source.indexes = std::unexpected(error(Errc::io));
  report = check(source);
  CHECK(report[Claim::indexes].could_not_look);
  CHECK(exit_code(report) == 16);
  source.indexed_size = 0;
  report = verify_log(source, remembering_verifiers(), {.indexes = false});
  CHECK(source.indexed_size == 0);
  CHECK(report[Claim::indexes].verdict == Verdict::not_checked);
  CHECK(exit_code(report) == 0);
}

}  // namespace verify_source_test
