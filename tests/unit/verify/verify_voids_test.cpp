// Submissions that replace a refused one, and what they may not say was refused.

#include <catch2/catch.hpp>

#include "ledger/format/dsse.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_voids_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder, false);

  /// One more submission, which says that `voided` was refused; the log is relinked.
  std::uint64_t replace(const char* name, const std::optional<Hash>& voided) {
    Author& author = builder.author(name);
    const std::uint64_t index = builder.append(author, {events::Heartbeat{}});
    std::vector<Pieces> pieces = take_apart(builder.log());
    if (voided) {
      Pieces& last = pieces.back();
      last.submission = replaced(last.submission, "},\"events\"",
                                 ",\"voids\":\"" + voided->hex() + "\"},\"events\"");
      std::string message;
      append_pae(message, kSubmissionPayloadType, last.submission);
      last.signatures = {{author.key(), author.signer->sign(message).value()}};
      author.last = submission_digest(last.submission);
    }
    builder.log() = relinked(builder.log(), pieces);
    return index;
  }
  [[nodiscard]] Hash digest(std::uint64_t index) const {
    return submission_digest(take_apart(builder.log().entries[index]).submission);
  }
  [[nodiscard]] Report check(const Options& options = {}) const {
    MemoryLog log = builder.log();
    log.notes.clear();  // the builder's tree is that of the log before it was relinked
    return verified(log, options);
  }
};

}  // namespace

TEST_CASE("A submission may replace one that the log refused and does not hold") {
  Programme programme;
  programme.replace("sp-tl", sha256("a refused submission"));
  programme.replace("sp-tl", sha256("another refused submission"));
  const Report report = programme.check();
  CHECK(all_objections(report).empty());
  CHECK(report[Claim::author_streams].verdict == Verdict::proved);
}

TEST_CASE("What stands in the log before it was not refused") {
  Programme programme;
  const Hash recorded = programme.digest(programme.places.run_finished);
  const std::uint64_t index = programme.replace("sp-tl", recorded);
  const Report report = programme.check();
  CHECK(failed_claims(report) == std::set{Claim::author_streams});
  CHECK(exit_code(report) == 11);
  const Error& error = report[Claim::author_streams].first->error;
  CHECK(error.entry == index);
  CHECK(error.message.find("is entry " + std::to_string(programme.places.run_finished)) !=
        std::string::npos);
  CHECK(error.message.find(recorded.hex()) != std::string::npos);
}

TEST_CASE("What stands in the log after it was not refused either") {
  Programme programme;
  // The heartbeat of another author that will be recorded next, byte for byte.
  Programme ahead;
  ahead.replace("sp-tl", sha256("x"));
  const Hash coming = ahead.digest(ahead.replace("dcc-im", std::nullopt));
  programme.replace("sp-tl", coming);
  const std::uint64_t index = programme.replace("dcc-im", std::nullopt);
  REQUIRE(programme.digest(index) == coming);
  const Report report = programme.check();
  CHECK(failed_claims(report) == std::set{Claim::author_streams});
  CHECK(report[Claim::author_streams].first->error.entry == index);
}

TEST_CASE("A refused submission is replaced once") {
  Programme programme;
  programme.replace("sp-tl", sha256("a refused submission"));
  const std::uint64_t index = programme.replace("dcc-im", sha256("a refused submission"));
  const Report report = programme.check();
  CHECK(failed_claims(report) == std::set{Claim::author_streams});
  CHECK(report[Claim::author_streams].first->error.entry == index);
}

TEST_CASE("A submission cannot void the one that it follows") {
  Programme programme;
  const std::uint64_t index = programme.replace("sp-tl", programme.builder.author("sp-tl").last);
  const Report report = programme.check();
  CHECK(failed_claims(report) == std::set{Claim::author_streams});
  CHECK(report[Claim::author_streams].first->error.entry == index);
  SubmissionView view;
  view.key = sha256("key");
  view.voids = view.previous;  // a first submission follows none: zeros are no submission's digest
  CHECK(AuthorStreams().check(view, 5).has_value());
}

TEST_CASE("A run since a pin remembers what was voided before it") {
  Programme programme;
  Programme ahead;
  ahead.replace("sp-tl", sha256("x"));
  const Hash coming = ahead.digest(ahead.replace("dcc-im", std::nullopt));
  programme.replace("sp-tl", coming);
  MemoryLog before = programme.builder.log();
  // The state at this size, as a run that seals would hand it over.
  merkle::CompactRange range;
  for (const std::string& entry : before.entries) range.append(merkle::leaf_hash(entry));
  before.notes = {
      programme.builder.sign_head(range.head(), {programme.builder.log_key(0).signer.get()})};
  const Report first = verified(before);
  REQUIRE(first.sealed);
  CHECK(first.sealed->state.voided.contains(coming));
  programme.replace("dcc-im", std::nullopt);
  const VerifierState start = first.sealed->state;
  CHECK(failed_claims(programme.check({.start = &start})) == std::set{Claim::author_streams});
}

}  // namespace verify_voids_test
