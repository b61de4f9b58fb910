// The verifier with the programme's own rules: what only a refold can find.

#include <atomic>

#include <catch2/catch.hpp>

#include "projections/fold/programme_fold.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;
using projections::ProgrammeFold;

namespace {

/// The rules fold already: their digests are asked for, nothing is folded twice.
class FoldDigests final : public ProjectionCheck {
 public:
  explicit FoldDigests(const ProgrammeFold& fold) : fold_(fold) {}
  void fold(const EntryView&) override {}
  [[nodiscard]] std::vector<NamedDigest> digests() const override {
    std::vector<NamedDigest> named;
    for (const auto& state : fold_.digests()) named.push_back({state.name.text, state.digest});
    return named;
  }

 private:
  const ProgrammeFold& fold_;
};

Report refolded(const MemoryLog& log, const Options& options = {}, ProgrammeFold fold = {}) {
  FoldDigests digests(fold);
  std::vector<ProjectionCheck*> checks{&digests};
  return verify_log(MemorySource(log), remembering_verifiers(), options, &fold, checks);
}

/// A pin of a refolded run, and what lies beside it.
struct Made {
  Pin pin;
  std::string state;
  std::string fold;

  /// A run that goes on from there.
  [[nodiscard]] Report since(const MemoryLog& log, Options options = {}) const {
    const VerifierState start = state_of(pin, state).value();
    options.pin = &pin;
    options.start = &start;
    return refolded(log, options, ProgrammeFold::restore(fold).value());
  }
};

Made make_pin_of(const MemoryLog& log) {
  ProgrammeFold fold;
  FoldDigests digests(fold);
  std::vector<ProjectionCheck*> checks{&digests};
  const Report report = verify_log(MemorySource(log), remembering_verifiers(), {}, &fold, checks);
  REQUIRE(report.sealed);
  return {make_pin(report.sealed->note, *report.log_id, report.sealed->digests).value(),
          encode_state(report.sealed->state), fold.snapshot()};
}

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);

  std::uint64_t say(const char* author, EventData event, std::int64_t later_us = 0) {
    const Timestamp at{builder.now().us + 1'500'000 + later_us};
    const std::uint64_t index =
        builder.append(builder.author(author), {std::move(event)}, {.recorded_at = at});
    builder.checkpoint();
    return index;
  }
};

events::PhaseCompleted completed() {
  events::PhaseCompleted event;
  event.phase = "MOC-MDS-SIT-01";
  event.planned_entries = IdentifierSet::of({"PEE-001"});
  return event;
}

}  // namespace

TEST_CASE("A recorded programme satisfies its own rules") {
  Programme programme;
  record_results(programme.builder, 500, 25);
  const Report report = refolded(programme.builder.log());
  CHECK(all_objections(report).empty());
  CHECK(report[Claim::authority].verdict == Verdict::proved);
  CHECK(report[Claim::invariants].verdict == Verdict::proved);
  CHECK(exit_code(report, std::vector<Claim>{Claim::authority, Claim::invariants}) == 0);
  REQUIRE(report.sealed);
  CHECK(report.sealed->digests.size() >= 2);
}

TEST_CASE("A step by a key without the role for it fails, though everything is signed") {
  Programme programme;
  const std::uint64_t index = programme.say("sp-tl", completed());
  CHECK(verified(programme.builder.log()).nothing_failed());
  const Report report = refolded(programme.builder.log());
  CHECK(failed_claims(report) == std::set{Claim::authority});
  CHECK(report[Claim::authority].first->error.entry == index);
  CHECK(exit_code(report) == 12);
}

TEST_CASE("What a compromised key signed is listed with the decisions that rest on it") {
  Programme programme;
  LogBuilder& builder = programme.builder;
  const Timestamp since = builder.now();
  events::Heartbeat beat;
  builder.append(builder.author("tag-sec"), {beat});
  builder.endorse(builder.author("tag-sec"), programme.places.decision);
  const std::uint64_t voice = builder.head().size - 1;
  events::KeyRevoked revoked;
  revoked.key = builder.author("tag-sec").key();
  revoked.reason = "the card was lost";
  revoked.compromised_since = since;
  programme.say("dcc-reg", revoked);
  Report report = refolded(builder.log());
  REQUIRE(report.tainted.size() == 1);
  CHECK(report.tainted[0].entries == std::vector<std::uint64_t>{voice - 1, voice});
  REQUIRE(report.tainted[0].resting.size() == 1);
  CHECK(report.tainted[0].resting[0].event == EventId{programme.places.decision, 0});
  CHECK(report.tainted[0].resting[0].by == EventId{voice, 0});
  CHECK(report.tainted[0].resting[0].how == RestsOn::endorsed);
  CHECK(verified(builder.log()).tainted[0].resting.empty());  // nobody refolded
}

TEST_CASE("A role that its roots have not completed gives nothing") {
  Programme programme;
  events::RoleGranted role;
  role.holder = "sp-tl";
  role.party = "S1SP-A";
  role.role = Role::dcc_tm;
  const std::uint64_t granted = programme.say("root-DCC", role);
  programme.say("sp-tl", completed());
  CHECK(failed_claims(refolded(programme.builder.log())) == std::set{Claim::authority});
  Programme endorsed;
  endorsed.say("root-DCC", role);
  endorsed.builder.endorse(endorsed.builder.author("root-SECAS"), granted);
  endorsed.say("sp-tl", completed());
  CHECK(refolded(endorsed.builder.log()).nothing_failed());
}

TEST_CASE("A run that is finished twice breaks an invariant") {
  Programme programme;
  events::RunFinished finished;
  finished.run = "R-0001";
  finished.outcome = events::Outcome::passed;
  const std::uint64_t index = programme.say("harness", finished);
  const Report report = refolded(programme.builder.log());
  CHECK(failed_claims(report) == std::set{Claim::invariants});
  CHECK(report[Claim::invariants].first->error.entry == index);
  CHECK(exit_code(report) == 11);
}

TEST_CASE("A revoked key may say nothing more") {
  Programme programme;
  events::KeyRevoked revoked;
  revoked.key = programme.builder.author("harness").key();
  revoked.reason = "left the project";
  programme.say("dcc-reg", revoked);
  CHECK(refolded(programme.builder.log()).nothing_failed());
  const std::uint64_t index = programme.say("harness", events::Heartbeat{});
  const Report report = refolded(programme.builder.log());
  CHECK(failed_claims(report) == std::set{Claim::authority});
  CHECK(report[Claim::authority].first->error.entry == index);
}

TEST_CASE("A clock reset lets time go back once its roots have completed it") {
  for (const bool endorsed : {false, true}) {
    CAPTURE(endorsed);
    Programme programme;
    events::ClockReset reset;
    reset.reason = "the clock had jumped by a day";
    const std::uint64_t index = programme.say("root-DCC", reset);
    if (endorsed) programme.builder.endorse(programme.builder.author("root-SECAS"), index);
    programme.say("sp-tl", events::Heartbeat{}, -3'600'000'000);
    const Report report = refolded(programme.builder.log());
    CHECK(report[Claim::time_order].verdict == (endorsed ? Verdict::proved : Verdict::failed));
  }
}

TEST_CASE("A clock reset in effect lets the next entry go back and no later one, used or not") {
  Programme programme;
  events::ClockReset reset;
  reset.reason = "the clock had jumped by a day";
  const std::uint64_t said = programme.say("root-DCC", reset);
  programme.builder.endorse(programme.builder.author("root-SECAS"), said);
  programme.say("sp-tl", events::Heartbeat{});
  const std::uint64_t late = programme.say("sp-tl", events::Heartbeat{}, -3'600'000'000);
  const Report report = refolded(programme.builder.log());
  CHECK(failed_claims(report) == std::set{Claim::time_order});
  CHECK(report[Claim::time_order].first->error.entry == late);
}

TEST_CASE("Pinned digests of projections are refolded and compared") {
  Programme programme;
  const Report first = refolded(programme.builder.log());
  REQUIRE(first.sealed);
  Pin pin = make_pin(first.sealed->note, *first.log_id, first.sealed->digests).value();
  record_results(programme.builder, 200, 20);
  const Report report = refolded(programme.builder.log(), {.pin = &pin});
  CHECK(report[Claim::projections].verdict == Verdict::proved);
  for (NamedDigest& state : pin.states) {
    const Hash right = std::exchange(state.digest, sha256("another state"));
    CHECK(failed_claims(refolded(programme.builder.log(), {.pin = &pin})) ==
          std::set{Claim::projections});
    state.digest = right;
  }
}

namespace {

/// The states that the first `size` entries lead to, as somebody attests them.
events::StatesAttested attested_at(const MemoryLog& log, std::uint64_t size) {
  ProgrammeFold fold;
  EntryView entry;
  for (std::uint64_t i = 0; i < size; ++i) {
    REQUIRE(parse_entry(log.entries[i], entry).has_value());
    fold.admit(entry, OnObjection::keep_on);
  }
  events::StatesAttested event;
  for (const auto& state : fold.digests()) {
    event.digests.push_back({state.digest, state.name, state.version});
  }
  event.engine.name = "assay";
  event.engine.version = "0.1.0";
  event.size = size;
  return event;
}

std::uint64_t attest(Programme& programme, events::StatesAttested event) {
  LogBuilder& builder = programme.builder;
  const std::uint64_t index =
      builder.append(builder.author("dcc-tm"), {std::move(event)}, {.see = true});
  builder.checkpoint();
  return index;
}

Report refolded_with_index(const MemoryLog& log, std::vector<std::uint64_t> attested) {
  MemorySource source(log);
  source.attested = std::move(attested);
  ProgrammeFold fold;
  FoldDigests digests(fold);
  std::vector<ProjectionCheck*> checks{&digests};
  return verify_log(source, remembering_verifiers(), {}, &fold, checks);
}

}  // namespace

TEST_CASE("States that the log attests are refolded and compared") {
  Programme programme;
  const MemoryLog& log = programme.builder.log();
  const std::uint64_t right = attest(programme, attested_at(log, log.entries.size()));
  CHECK(all_objections(refolded(log)).empty());
  CHECK(refolded(log)[Claim::projections].verdict == Verdict::proved);
  programme.say("sp-tl", events::Heartbeat{});
  events::StatesAttested event = attested_at(log, log.entries.size());
  event.digests[2].digest = sha256("another state");
  const std::string name = event.digests[2].name.text;
  const std::uint64_t wrong = attest(programme, event);
  const Report report = refolded(log);
  CHECK(failed_claims(report) == std::set{Claim::projections});
  CHECK(exit_code(report) == 14);
  const Objection& first = *report[Claim::projections].first;
  CHECK(first.error.entry == wrong);
  CHECK(first.expected == sha256("another state").hex());
  CHECK(first.error.message == "the state \"" + name + "\" at size " + std::to_string(wrong) +
                                   " has another digest than event " + std::to_string(wrong) +
                                   ".0 states; at size " + std::to_string(right) +
                                   " it had the one that event " + std::to_string(right) +
                                   ".0 states, so the two part in one of the entries " +
                                   std::to_string(right) + " to " + std::to_string(wrong - 1));
}

TEST_CASE(
    "States of an earlier size are compared where an index announces it, and open elsewhere") {
  Programme programme;
  const MemoryLog& log = programme.builder.log();
  const std::uint64_t size = log.entries.size() - 3;
  events::StatesAttested event = attested_at(log, size);
  attest(programme, event);
  CHECK(refolded_with_index(log, {size})[Claim::projections].verdict == Verdict::proved);
  const Report unannounced = refolded(log);
  CHECK(unannounced[Claim::projections].verdict == Verdict::not_checked);
  CHECK(exit_code(unannounced) == 0);
  event.digests[0].digest = sha256("another state");
  attest(programme, event);
  CHECK(failed_claims(refolded_with_index(log, {size})) == std::set{Claim::projections});
}

TEST_CASE("A run since the pin, with the fold restored, comes to the same digests") {
  Programme programme;
  const Made made = make_pin_of(programme.builder.log());
  record_results(programme.builder, 200, 20);
  const Report full = refolded(programme.builder.log());
  const Report since = made.since(programme.builder.log());
  CHECK(all_objections(since).empty());
  REQUIRE(since.sealed);
  REQUIRE(full.sealed);
  CHECK(since.sealed->digests == full.sealed->digests);
}

TEST_CASE("A pin at the very size at which the log's key changed hands holds in every later run") {
  Programme programme;
  LogBuilder& builder = programme.builder;
  events::LogKeyRotated rotated;
  rotated.log_key = {builder.log_key(1).key(), builder.log_key(1).public_key()};
  rotated.next_log_key = builder.log_key(2).key();
  rotated.reason = "yearly";
  const std::uint64_t said = builder.append(builder.author("root-DCC"), {rotated}, {.see = true});
  builder.endorse(builder.author("root-SECAS"), said);
  builder.checkpoint(0);  // hands over, and is the old key's last
  const Made made = make_pin_of(builder.log());
  CHECK(made.pin.checkpoint.size == builder.head().size);
  builder.append(builder.author("sp-tl"), {events::Heartbeat{}});
  builder.checkpoint(1);
  CHECK(all_objections(refolded(builder.log(), {.pin = &made.pin})).empty());
  const Report since = made.since(builder.log());
  CHECK(all_objections(since).empty());
  CHECK(since[Claim::pin].verdict == Verdict::proved);
  CHECK(since[Claim::log_signature].verdict == Verdict::proved);
  // The old key's time is over all the same.
  MemoryLog late = builder.log();
  late.notes.push_back(builder.sign_head(builder.head(), {builder.log_key(0).signer.get()}));
  CHECK(failed_claims(made.since(late)) == std::set{Claim::log_signature});
}

TEST_CASE("A run since a pin lists what was compromised before it, with what rests on it") {
  Programme programme;
  LogBuilder& builder = programme.builder;
  events::KeyRevoked revoked;
  revoked.key = builder.author("tag-sec").key();
  revoked.reason = "the card was lost";
  revoked.compromised_since = Timestamp::parse("2019-01-02T00:00:00.000000Z").value();
  const std::uint64_t said = programme.say("dcc-reg", revoked);
  const Made made = make_pin_of(builder.log());
  programme.say("sp-tl", events::Heartbeat{});
  const Report since = made.since(builder.log());
  REQUIRE(since.tainted.size() == 1);
  CHECK(since.tainted[0].revoked_by == said);
  CHECK(since.tainted[0].entries == std::vector{programme.places.decision});
  CHECK(since.tainted[0].unread == 0);
  REQUIRE(since.tainted[0].resting.size() == 1);
  CHECK(since.tainted[0].resting[0].how == RestsOn::said);
}

namespace {

/// Of which entries can be read once, and `lost` not a second time.
class ReadOnce final : public Source {
 public:
  ReadOnce(const MemoryLog& log, std::uint64_t lost, Errc code)
      : source_(log), lost_(lost), code_(code) {}
  [[nodiscard]] Result<std::uint64_t> size() const override { return source_.size(); }
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to,
                            const EntrySink& sink) const override {
    if (lost_ < from || lost_ >= to || !seen_.exchange(true)) return source_.read(from, to, sink);
    ASSAY_CHECK(source_.read(from, lost_, sink));
    return std::unexpected(Error{code_, "the disk is away", {}, lost_});
  }
  [[nodiscard]] Result<std::vector<std::string>> checkpoints() const override {
    return source_.checkpoints();
  }

 private:
  MemorySource source_;
  std::uint64_t lost_;
  Errc code_;
  mutable std::atomic<bool> seen_ = false;
};

}  // namespace

TEST_CASE("A list of what a compromised key signed that is not whole says so") {
  Programme programme;
  events::KeyRevoked revoked;
  revoked.key = programme.builder.author("harness").key();
  revoked.reason = "the card was lost";
  revoked.compromised_since = Timestamp::parse("2019-01-02T00:00:00.000000Z").value();
  programme.say("dcc-reg", revoked);
  const std::uint64_t size = programme.builder.head().size;
  const std::uint64_t lost = programme.places.run_finished;
  for (const Errc code : {Errc::io, Errc::not_found}) {
    ProgrammeFold fold;
    const Report report = verify_log(ReadOnce(programme.builder.log(), lost, code),
                                     remembering_verifiers(), {}, &fold);
    REQUIRE(report.tainted.size() == 1);
    CHECK(report.tainted[0].unread == (code == Errc::io ? size - lost : 1));
    CHECK(report[Claim::authority].could_not_look == (code == Errc::io));
    CHECK(exit_code(report) == (code == Errc::io ? 16 : 0));
  }
}
