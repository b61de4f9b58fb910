#include "ledger/verify/verify.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/words.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);
  [[nodiscard]] const MemoryLog& log() const { return builder.log(); }
};

Programme& programme() {
  static Programme made;
  return made;
}

bool same(const Report& a, const Report& b) {
  for (std::size_t i = 0; i < kClaims; ++i) {
    if (a.claims[i].verdict != b.claims[i].verdict) return false;
    if (a.claims[i].sentence != b.claims[i].sentence) return false;
  }
  return all_objections(a) == all_objections(b) && a.head == b.head;
}

}  // namespace

TEST_CASE("A sound log is proved claim by claim, and what was not looked at is said") {
  const Report report = verified(programme().log());
  CHECK(all_objections(report).empty());
  CHECK(report.nothing_failed());
  CHECK(exit_code(report) == 0);
  for (const Claim claim : {Claim::canonical_bytes, Claim::chain, Claim::tree, Claim::log_signature,
                            Claim::author_signatures, Claim::author_streams, Claim::time_order,
                            Claim::evidence_files}) {
    CAPTURE(enum_text(claim));
    CHECK(report[claim].verdict == Verdict::proved);
  }
  for (const Claim claim : {Claim::authority, Claim::invariants, Claim::projections, Claim::pin,
                            Claim::witness_quorum, Claim::indexes}) {
    CAPTURE(enum_text(claim));
    CHECK(report[claim].verdict == Verdict::not_checked);
    CHECK_FALSE(report[claim].sentence.empty());
    CHECK_FALSE(report[claim].could_not_look);
    CHECK(exit_code(report, std::vector<Claim>{claim}) == 16);
  }
  CHECK(report[Claim::identity].verdict == Verdict::assumed);
  CHECK(report[Claim::identity].sentence ==
        "this is the log that began as " + words_of(programme().builder.log_id()));
}

TEST_CASE("A report counts what was looked at") {
  const Report report = verified(programme().log());
  const std::uint64_t size = programme().places.size;
  CHECK(report.size == size);
  CHECK(report.checked.entries == size);
  CHECK(report.checked.checkpoints == size);
  CHECK(report.checked.evidence_files == 5);
  std::uint64_t events = 0;
  std::uint64_t signatures = 0;
  std::uint64_t size_bytes = 0;
  for (const std::string& entry : programme().log().entries) {
    EntryView view;
    REQUIRE(parse_entry(entry, view));
    events += view.submission.events.size();
    signatures += view.signatures.size();
    size_bytes += entry.size();
  }
  CHECK(report.checked.events == events);
  CHECK(report.checked.signatures == signatures);
  CHECK(report.checked.entry_size_bytes == size_bytes);
  CHECK(report.head == programme().builder.head());
  CHECK(report.origin == LogBuilder::kOrigin);
  CHECK(report.log_id == programme().builder.log_id());
}

TEST_CASE("What a pin needs is handed over at the last checkpoint") {
  const Report report = verified(programme().log());
  REQUIRE(report.sealed);
  CHECK(report.sealed->note == programme().log().notes.back());
  CHECK(report.sealed->head == programme().builder.head());
  CHECK(report.sealed->state.size == programme().places.size);
  CHECK(report.sealed->state.keys.size() == 11);
  CHECK(report.sealed->state.log_id == programme().builder.log_id());
  REQUIRE(report.sealed->digests.size() == 1);
  CHECK(report.sealed->digests[0].digest == state_digest(report.sealed->state));
  CHECK_FALSE(verified(programme().log(), {.seal = false}).sealed);
}

TEST_CASE("Entries after the last checkpoint are read, and the seal stays behind") {
  LogBuilder builder;
  record_programme(builder);
  builder.append(builder.author("sp-tl"), {events::Heartbeat{}});
  const Report report = verified(builder.log());
  CHECK(report.nothing_failed());
  CHECK(report.head.size == builder.head().size);
  REQUIRE(report.sealed);
  CHECK(report.sealed->head.size == builder.head().size - 1);
}

TEST_CASE("The answer does not depend on the number of threads") {
  LogBuilder builder;
  record_programme(builder);
  record_results(builder, 3'000, 3);  // four waves of entries
  const Report one = verified(builder.log(), {.threads = 1});
  CHECK(one.nothing_failed());
  MemoryLog damaged = builder.log();
  damaged.entries[700] = flipped(damaged.entries[700], 5'000);
  damaged.entries[300] = replaced(damaged.entries[300], "passed", "failed");
  const Report one_damaged = verified(damaged, {.threads = 1});
  CHECK_FALSE(one_damaged.nothing_failed());
  for (const std::size_t threads : {2U, 3U, 5U}) {
    CAPTURE(threads);
    CHECK(same(verified(builder.log(), {.threads = threads}), one));
    CHECK(same(verified(damaged, {.threads = threads}), one_damaged));
  }
}

TEST_CASE("A log without entries proves nothing and fails nothing") {
  const Report report = verified(MemoryLog{});
  CHECK(report.nothing_failed());
  CHECK(exit_code(report) == 0);
  for (const ClaimReport& claim : report.claims) {
    CAPTURE(enum_text(claim.claim));
    CHECK(claim.verdict == Verdict::not_checked);
  }
}

TEST_CASE("A log that was cut to nothing is missed by its checkpoint") {
  MemoryLog cut = programme().log();
  cut.entries.clear();
  const Report report = verified(cut);
  // Without entry 0 nobody knows the log's key, so the checkpoints cannot be believed either.
  CHECK(report[Claim::log_signature].verdict == Verdict::not_checked);
  CHECK(exit_code(report, std::vector<Claim>{Claim::tree}) == 16);
}

TEST_CASE("The log that was meant is proved by its whole id, and by nothing shorter") {
  const std::string id(programme().builder.log_id().view());
  CHECK(verified(programme().log(), {.log_id = id})[Claim::identity].verdict == Verdict::proved);
  for (const std::size_t size : {12U, 13U, 31U}) {
    CAPTURE(size);
    const Report report = verified(programme().log(), {.log_id = id.substr(0, size)});
    CHECK(report[Claim::identity].verdict == Verdict::assumed);
    CHECK(exit_code(report) == 0);
    CHECK(exit_code(report, std::vector<Claim>{Claim::identity}) == 16);
    CHECK(report[Claim::identity].sentence.find(
              std::to_string(size) + " of its id's 32 bytes, and whoever made this log may") !=
          std::string::npos);
  }
}

TEST_CASE("Twelve words name a log, and its maker may have made another that begins so") {
  const std::string words = words_of(programme().builder.log_id());
  const Report report = verified(programme().log(), {.log_id = parse_words(words).value()});
  CHECK(report[Claim::identity].verdict == Verdict::assumed);
  CHECK(report[Claim::identity].sentence.starts_with("this is the log that began as " + words));
}

TEST_CASE("Another log of the same name is not the one that was meant") {
  LogBuilder other(2);
  record_programme(other);
  const std::string id(programme().builder.log_id().view());
  const Report report = verified(other.log(), {.log_id = id});
  CHECK(failed_claims(report) == std::set{Claim::identity});
  CHECK(exit_code(report) == 13);
  const Objection& found = *report[Claim::identity].first;
  CHECK(found.expected == words_of(programme().builder.log_id()));
  CHECK(found.actual == words_of(other.log_id()));
  CHECK(exit_code(verified(other.log(), {.log_id = id.substr(0, 12)})) == 13);
}

TEST_CASE("Too little of a log's id names no log") {
  const std::string id(programme().builder.log_id().view().substr(0, 11));
  const Report report = verified(programme().log(), {.log_id = id});
  CHECK(report[Claim::identity].verdict == Verdict::not_checked);
  CHECK(exit_code(report) == 16);
}

TEST_CASE("Progress comes on the way and ends at the end") {
  LogBuilder builder;
  record_programme(builder);
  record_results(builder, 1'000, 1);
  std::vector<std::uint64_t> read;
  Options options;
  options.progress = [&](std::uint64_t next, std::uint64_t size) {
    CHECK(size == builder.log().entries.size());
    read.push_back(next);
  };
  CHECK(verified(builder.log(), options).nothing_failed());
  CHECK(read.size() == 4);
  CHECK(std::ranges::is_sorted(read));
  CHECK(read.back() == builder.log().entries.size());
}

TEST_CASE("However much is wrong, a report stays small and counts everything") {
  LogBuilder builder;
  record_programme(builder);
  record_results(builder, 500, 1);
  std::vector<Pieces> pieces = take_apart(builder.log());
  for (std::size_t i = pieces.size() - 300; i < pieces.size(); ++i) {
    pieces[i].signatures[0].signature = std::string(64, 'x');
  }
  const Report report = verified(relinked(builder.log(), pieces), {.objections_kept = 20});
  CHECK(report.objections.size() == 20);
  CHECK(report.objection_count >= 300);
  CHECK(report[Claim::author_signatures].objection_count == 300);
  CHECK(report[Claim::author_signatures].first->error.entry == pieces.size() - 300);
}

}  // namespace verify_test
