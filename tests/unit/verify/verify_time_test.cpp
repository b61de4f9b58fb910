#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_time_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

/// Says that the clock was reset for the entry at `index`.
class ResetRules final : public Rules {
 public:
  explicit ResetRules(std::uint64_t index) : index_(index) {}
  std::vector<Objection> admit(const EntryView& entry, OnObjection) override {
    next_ = entry.index + 1;
    return {};
  }
  [[nodiscard]] bool clock_was_reset() const override { return next_ == index_; }

 private:
  std::uint64_t index_;
  std::uint64_t next_ = 0;
};

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);

  std::uint64_t beat(std::int64_t later_us) {
    Author& author = builder.author("sp-tl");
    const Timestamp at{builder.now().us + later_us};
    const std::uint64_t index = builder.append(author, {events::Heartbeat{}}, {.recorded_at = at});
    builder.checkpoint();
    return index;
  }
  void reset_clock() {
    events::ClockReset event;
    event.reason = "the clock had jumped";
    builder.append(builder.author("root-DCC"), {event});
    builder.checkpoint();
  }
};

}  // namespace

TEST_CASE("Equal times are in order") {
  Programme programme;
  programme.beat(0);
  programme.beat(-1'500'000);  // as the one before
  CHECK(verified(programme.builder.log()).nothing_failed());
}

TEST_CASE("A time that goes back fails, with both times") {
  Programme programme;
  const std::uint64_t index = programme.beat(-60'000'000);
  const Report report = verified(programme.builder.log());
  CHECK(failed_claims(report) == std::set{Claim::time_order});
  CHECK(exit_code(report) == 11);
  const Objection& found = *report[Claim::time_order].first;
  CHECK(found.error.entry == index);
  CHECK(found.expected.starts_with("not before 2019-"));
  CHECK(found.actual < found.expected.substr(11));
}

TEST_CASE("One time that goes back is one objection") {
  Programme programme;
  programme.beat(-60'000'000);
  programme.beat(0);
  programme.beat(0);
  CHECK(verified(programme.builder.log())[Claim::time_order].objection_count == 1);
}

TEST_CASE("After a clock reset in effect a time may go back, once") {
  Programme programme;
  programme.reset_clock();
  const std::uint64_t index = programme.beat(-60'000'000);
  ResetRules rules(index);
  Report report =
      verify_log(MemorySource(programme.builder.log()), remembering_verifiers(), {}, &rules);
  CHECK(report[Claim::time_order].verdict == Verdict::proved);
  programme.beat(-90'000'000);
  ResetRules again(index);
  report = verify_log(MemorySource(programme.builder.log()), remembering_verifiers(), {}, &again);
  CHECK(failed_claims(report) == std::set{Claim::time_order});
}

TEST_CASE("A clock reset that is not in effect allows nothing") {
  Programme programme;
  programme.reset_clock();
  programme.beat(-60'000'000);
  ResetRules rules(0);
  const Report report =
      verify_log(MemorySource(programme.builder.log()), remembering_verifiers(), {}, &rules);
  CHECK(failed_claims(report) == std::set{Claim::time_order});
}

TEST_CASE("Without rules, whether a clock reset was in effect is not known") {
  Programme programme;
  programme.reset_clock();
  programme.beat(-60'000'000);
  Report report = verified(programme.builder.log());
  CHECK(report.nothing_failed());
  CHECK(report[Claim::time_order].verdict == Verdict::not_checked);
  programme.beat(-90'000'000);
  report = verified(programme.builder.log());
  CHECK(failed_claims(report) == std::set{Claim::time_order});
}

TEST_CASE("Without rules, only the entry after a reset or its endorsement may go back") {
  Programme programme;
  const std::uint64_t reset = programme.builder.head().size;
  programme.reset_clock();
  programme.beat(0);
  SECTION("after the next entry it is too late, used or not") {
    const std::uint64_t index = programme.beat(-60'000'000);
    const Report report = verified(programme.builder.log());
    CHECK(failed_claims(report) == std::set{Claim::time_order});
    CHECK(report[Claim::time_order].first->error.entry == index);
  }
  SECTION("the entry after an endorsement may: it may have completed the threshold") {
    programme.builder.endorse(programme.builder.author("root-SECAS"), reset);
    programme.beat(-60'000'000);
    const Report report = verified(programme.builder.log());
    CHECK(report.nothing_failed());
    CHECK(report[Claim::time_order].verdict == Verdict::not_checked);
  }
  SECTION("an endorsement of anything else allows nothing") {
    programme.builder.endorse(programme.builder.author("root-SECAS"), programme.places.decision);
    programme.beat(-60'000'000);
    CHECK(failed_claims(verified(programme.builder.log())) == std::set{Claim::time_order});
  }
}

TEST_CASE("A run since a pin remembers a clock reset that was said before it") {
  Programme programme;
  const std::uint64_t reset = programme.builder.head().size;
  programme.reset_clock();
  const Report first = verified(programme.builder.log());
  REQUIRE(first.sealed);
  programme.builder.endorse(programme.builder.author("root-SECAS"), reset);
  programme.beat(-60'000'000);
  const VerifierState start = first.sealed->state;
  const Report since = verified(programme.builder.log(), {.start = &start});
  CHECK(since.nothing_failed());
  CHECK(since[Claim::time_order].verdict == Verdict::not_checked);
}

TEST_CASE("An author who had seen another root has signed evidence of a fork") {
  Programme programme;
  const std::uint64_t size = programme.builder.head().size;
  Author& author = programme.builder.author("sp-tl");
  const std::uint64_t index = programme.builder.append(
      author, {events::Heartbeat{}}, {.seen = Seen{sha256("another history"), size}});
  programme.builder.checkpoint();
  const Report report = verified(programme.builder.log());
  CHECK(failed_claims(report) == std::set{Claim::author_streams});
  CHECK(exit_code(report) == 13);
  const Objection& found = *report[Claim::author_streams].first;
  CHECK(found.error.entry == index);
  CHECK(found.expected == sha256("another history").hex());
}

TEST_CASE("What an author has seen at every size on the way is the tree's own root") {
  LogBuilder builder;
  record_programme(builder);
  Author& author = builder.author("sp-tl");
  std::vector<merkle::TreeHead> heads;
  for (int i = 0; i < 20; ++i) {
    heads.push_back(builder.head());
    builder.append(author, {events::Heartbeat{}});
  }
  for (const merkle::TreeHead& head : heads) {
    builder.append(author, {events::Heartbeat{}}, {.seen = Seen{head.root, head.size}});
  }
  builder.checkpoint();
  CHECK(verified(builder.log()).nothing_failed());
}

TEST_CASE("What an author has seen lies neither beyond the log nor before what was seen already") {
  for (const bool beyond : {true, false}) {
    CAPTURE(beyond);
    Programme programme;
    Author& author = programme.builder.author("sp-tl");
    const merkle::TreeHead early{3, merkle::kEmptyRoot};
    const merkle::TreeHead head = programme.builder.head();
    programme.builder.append(author, {events::Heartbeat{}}, {.see = true});
    const Seen seen{early.root, beyond ? head.size + 50 : early.size};
    programme.builder.append(author, {events::Heartbeat{}}, {.seen = seen});
    const Report report = verified(programme.builder.log());
    CHECK(failed_claims(report).contains(Claim::author_streams));
    CHECK(report[Claim::author_streams].first->error.entry == programme.builder.head().size - 1);
  }
}

TEST_CASE("A compromised key taints what it signed since, and only that") {
  Programme programme;
  Author& harness = programme.builder.author("harness");
  const Timestamp since{programme.builder.now().us + 2'000'000};
  programme.builder.append(harness, {events::Heartbeat{}});  // before
  const std::uint64_t first = programme.builder.append(harness, {events::Heartbeat{}});
  programme.beat(0);
  const std::uint64_t second = programme.builder.append(harness, {events::Heartbeat{}});
  events::KeyRevoked revoked;
  revoked.key = harness.key();
  revoked.reason = "the laptop was lost";
  revoked.compromised_since = since;
  const std::uint64_t revocation =
      programme.builder.append(programme.builder.author("dcc-reg"), {revoked});
  const Report report = verified(programme.builder.log());
  CHECK(report.nothing_failed());
  REQUIRE(report.tainted.size() == 1);
  CHECK(report.tainted[0].key == harness.key());
  CHECK(report.tainted[0].since == since);
  CHECK(report.tainted[0].revoked_by == revocation);
  CHECK(report.tainted[0].entries == std::vector<std::uint64_t>{first, second});
}

}  // namespace verify_time_test
