#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_rules_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

/// Objects where it was told to, and counts what it is given.
class ScriptedRules final : public Rules {
 public:
  std::vector<Objection> admit(const EntryView& entry, OnObjection mode) override {
    ASSAY_ASSERT(mode == OnObjection::keep_on);
    ASSAY_ASSERT(entry.index == admitted);
    ++admitted;
    bytes_right = bytes_right && merkle::leaf_hash(entry.bytes) != Hash{} &&
                  entry.bytes.ends_with(std::string(entry.submission.bytes) + "}");
    const auto found = objections.find(entry.index);
    return found == objections.end() ? std::vector<Objection>{} : found->second;
  }
  [[nodiscard]] bool clock_was_reset() const override { return reset_at == admitted; }

  std::map<std::uint64_t, std::vector<Objection>> objections;
  std::optional<std::uint64_t> reset_at;
  std::uint64_t admitted = 0;
  bool bytes_right = true;
};

Objection objection(Claim claim, Errc code, std::uint64_t entry) {
  return {claim, Error{code, "as scripted", {}, entry}};
}

/// A state that is the number of events so far.
class EventCount final : public ProjectionCheck {
 public:
  void fold(const EntryView& entry) override { events_ += entry.submission.events.size(); }
  [[nodiscard]] std::vector<NamedDigest> digests() const override {
    return {{"event_count", sha256(std::to_string(events_))}};
  }

 private:
  std::uint64_t events_ = 0;
};

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);

  Report check(Rules* rules, const Options& options = {},
               std::vector<ProjectionCheck*> projections = {}) {
    return verify_log(MemorySource(builder.log()), remembering_verifiers(), options, rules,
                      projections);
  }
  std::uint64_t events_before(std::uint64_t size) {
    std::uint64_t events = 0;
    EntryView view;
    for (std::uint64_t i = 0; i < size; ++i) {
      REQUIRE(parse_entry(builder.log().entries[i], view));
      events += view.submission.events.size();
    }
    return events;
  }
};

}  // namespace

TEST_CASE("Rules are given every entry in order, with its bytes") {
  Programme programme;
  ScriptedRules rules;
  const Report report = programme.check(&rules, {.threads = 2});
  CHECK(rules.admitted == programme.places.size);
  CHECK(rules.bytes_right);
  CHECK(report[Claim::authority].verdict == Verdict::proved);
  CHECK(report[Claim::invariants].verdict == Verdict::proved);
}

TEST_CASE("What rules object to fails its claim, and the walk goes on") {
  Programme programme;
  ScriptedRules rules;
  rules.objections[6] = {objection(Claim::authority, Errc::unauthorised, 6)};
  rules.objections[9] = {objection(Claim::invariants, Errc::rejected, 9),
                         objection(Claim::authority, Errc::unauthorised, 9)};
  const Report report = programme.check(&rules);
  CHECK(rules.admitted == programme.places.size);
  CHECK(failed_claims(report) == std::set{Claim::authority, Claim::invariants});
  CHECK(report[Claim::authority].objection_count == 2);
  CHECK(report[Claim::authority].first->error.entry == 6U);
  CHECK(exit_code(report) == 11);
  CHECK(report[Claim::tree].verdict == Verdict::proved);
}

TEST_CASE("What a newer program recorded leaves authority and invariants unchecked") {
  Programme programme;
  ScriptedRules rules;
  rules.objections[6] = {objection(Claim::invariants, Errc::unsupported, 6)};
  const Report report = programme.check(&rules);
  CHECK(report.nothing_failed());
  CHECK(report[Claim::invariants].verdict == Verdict::not_checked);
  CHECK(report.objections.size() == 1);
}

TEST_CASE("Rules stop at an entry that cannot be read, and say so") {
  Programme programme;
  programme.builder.log().entries[7][0] = '[';
  ScriptedRules rules;
  EventCount count;
  const Report report = programme.check(&rules, {}, {&count});
  CHECK(rules.admitted == 7);
  CHECK(report[Claim::authority].verdict == Verdict::not_checked);
  CHECK(report[Claim::invariants].verdict == Verdict::not_checked);
  CHECK(report[Claim::projections].verdict == Verdict::not_checked);
  CHECK(report[Claim::canonical_bytes].first->error.entry == 7U);
}

TEST_CASE("Stated digests are compared at the sizes they are of") {
  Programme programme;
  EventCount count;
  MemorySource source(programme.builder.log());
  source.stated = {
      {"event_count", 5, sha256(std::to_string(programme.events_before(5))), "a snapshot"},
      {"event_count", 9, sha256(std::to_string(programme.events_before(9))), "a snapshot"}};
  std::vector<ProjectionCheck*> projections{&count};
  const Report report = verify_log(source, remembering_verifiers(), {}, nullptr, projections);
  CHECK(report[Claim::projections].verdict == Verdict::proved);
  REQUIRE(report.sealed);
  CHECK(report.sealed->digests.size() == 2);
}

TEST_CASE("A stated digest that the refold does not have fails") {
  Programme programme;
  EventCount count;
  MemorySource source(programme.builder.log());
  source.stated = {{"event_count", 5, sha256("wrong"), "the snapshot at size 5"}};
  std::vector<ProjectionCheck*> projections{&count};
  const Report report = verify_log(source, remembering_verifiers(), {}, nullptr, projections);
  CHECK(failed_claims(report) == std::set{Claim::projections});
  CHECK(exit_code(report) == 14);
  const Objection& found = *report[Claim::projections].first;
  CHECK(found.error.entry == 4U);
  CHECK(found.expected == sha256("wrong").hex());
  CHECK(found.actual == sha256(std::to_string(programme.events_before(5))).hex());
  CHECK(found.error.message.find("the snapshot at size 5") != std::string::npos);
}

TEST_CASE("A stated digest that nobody refolds, or that lies beyond the log, is not checked") {
  Programme programme;
  MemorySource source(programme.builder.log());
  source.stated = {{"board", 5, sha256("x"), "a snapshot"}};
  Report report = verify_log(source, remembering_verifiers());
  CHECK(report[Claim::projections].verdict == Verdict::not_checked);
  CHECK(report.nothing_failed());
  source.stated = {{"verifier", programme.places.size + 1, sha256("x"), "a snapshot"}};
  report = verify_log(source, remembering_verifiers());
  CHECK(report[Claim::projections].verdict == Verdict::not_checked);
}

}  // namespace verify_rules_test
