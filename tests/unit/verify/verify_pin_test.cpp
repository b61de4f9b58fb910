#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_pin_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

/// A programme that was pinned, and went on.
struct Pinned {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);
  MemoryLog before = builder.log();
  Report first = verified(before);
  Pin pin = make_pin(first.sealed->note, *first.log_id, first.sealed->digests).value();
  std::string snapshot = encode_state(first.sealed->state);

  Pinned() {
    record_results(builder, 300, 10);
    Author& author = builder.author("tag-sec");
    builder.append(author, {events::Heartbeat{}}, {.see = true});
    builder.checkpoint();
  }
  [[nodiscard]] Report since(const MemoryLog& log, const MemoryLog* nodes = nullptr,
                             bool evidence_before_start = false) const {
    const VerifierState state = state_of(pin, snapshot).value();
    MemorySource source(log);
    if (nodes != nullptr) source.keep_nodes_of(*nodes);
    Options options;
    options.evidence_before_start = evidence_before_start;
    options.pin = &pin;
    options.start = &state;
    return verify_log(source, remembering_verifiers(), options);
  }
};

}  // namespace

TEST_CASE("A log that extends the pin proves it, and its identity with it") {
  const Pinned pinned;
  const Report report = verified(pinned.builder.log(), {.pin = &pinned.pin});
  CHECK(all_objections(report).empty());
  CHECK(report[Claim::pin].verdict == Verdict::proved);
  CHECK(report[Claim::identity].verdict == Verdict::proved);
  // The pinned digest of the verifier's own state is refolded on the way.
  CHECK(report[Claim::projections].verdict == Verdict::proved);
}

TEST_CASE("A pin proves the identity whatever else names the log, and words may contradict it") {
  const Pinned pinned;
  const std::string words(pinned.pin.log_id.view().substr(0, 12));
  const auto identity = [&](const std::string& named) {
    return verified(pinned.builder.log(), {.log_id = named, .pin = &pinned.pin})[Claim::identity]
        .verdict;
  };
  CHECK(identity(words) == Verdict::proved);
  CHECK(identity(flipped(words, 3)) == Verdict::failed);
}

TEST_CASE("A log that was rolled back behind the pin is a fork") {
  const Pinned pinned;
  MemoryLog cut = pinned.before;
  cut.entries.resize(cut.entries.size() - 2);
  cut.notes.resize(cut.notes.size() - 2);
  CHECK(verified(cut).nothing_failed());
  const Report report = verified(cut, {.pin = &pinned.pin});
  CHECK(failed_claims(report) == std::set{Claim::pin});
  CHECK(exit_code(report) == 13);
}

TEST_CASE("A log re-made with every key stolen still is not the one that was pinned") {
  Pinned pinned;
  std::vector<Pieces> pieces = take_apart(pinned.builder.log());
  pieces[9].recorded_at.us += 1;
  const MemoryLog remade = resealed(pinned.builder.log(), pieces, pinned.builder);
  // Nothing in it contradicts itself but what its authors had seen, so take those out of sight.
  const Report report = verified(remade, {.pin = &pinned.pin});
  CHECK(failed_claims(report).contains(Claim::pin));
  CHECK(report[Claim::pin].first->expected == pinned.pin.checkpoint.root.hex());
}

TEST_CASE("A run that goes on from a pin does not call another log its continuation") {
  Pinned pinned;
  std::vector<Pieces> pieces = take_apart(pinned.builder.log());
  pieces[9].recorded_at.us += 1;
  const MemoryLog remade = resealed(pinned.builder.log(), pieces, pinned.builder);
  const Report report = pinned.since(remade);
  CHECK(report[Claim::pin].verdict != Verdict::proved);
  CHECK(pinned.since(pinned.builder.log())[Claim::pin].verdict == Verdict::proved);
}

TEST_CASE("A checkpoint of the pin's size with another root is a fork, whatever follows") {
  Pinned pinned;
  MemoryLog forked = pinned.builder.log();
  merkle::TreeHead other = pinned.pin.checkpoint.head();
  other.root = sha256("another history");
  forked.notes.push_back(pinned.builder.sign_head(other, {pinned.builder.log_key(0).signer.get()}));
  const Report report = pinned.since(forked);
  REQUIRE(report[Claim::pin].verdict == Verdict::failed);
  CHECK(report[Claim::pin].first->expected == pinned.pin.checkpoint.root.hex());
  CHECK(report[Claim::pin].first->actual == other.root.hex());
}

TEST_CASE("A pin of another log names another log") {
  const Pinned pinned;
  LogBuilder other(2);
  record_programme(other);
  record_results(other, 100, 10);
  const Report report = verified(other.log(), {.pin = &pinned.pin});
  CHECK(failed_claims(report) == std::set{Claim::projections, Claim::pin, Claim::identity});
  CHECK(exit_code(report) == 12);  // the log's key did not sign that pin
}

TEST_CASE("A pin whose checkpoint this log's key did not sign is refused") {
  Pinned pinned;
  Pin forged = pinned.pin;
  forged.note =
      pinned.builder.sign_head(forged.checkpoint.head(), {pinned.builder.log_key(7).signer.get()});
  const Report report = verified(pinned.builder.log(), {.pin = &forged});
  CHECK(failed_claims(report) == std::set{Claim::pin});
  CHECK(exit_code(report) == 12);
}

TEST_CASE("A pinned digest that this run does not compute fails") {
  const Pinned pinned;
  Pin wrong = pinned.pin;
  wrong.states[0].digest = sha256("wrong");
  const Report report = verified(pinned.builder.log(), {.pin = &wrong});
  CHECK(failed_claims(report) == std::set{Claim::projections});
  CHECK(exit_code(report) == 14);
}

TEST_CASE("A run since the pin reads only what is new, and comes to the same state") {
  const Pinned pinned;
  const Report full = verified(pinned.builder.log());
  const Report since = pinned.since(pinned.builder.log());
  CHECK(all_objections(since).empty());
  CHECK(since.checked.entries == full.checked.entries - pinned.places.size);
  CHECK(since.start == pinned.pin.checkpoint.head());
  CHECK(since.head == full.head);
  REQUIRE(since.sealed);
  REQUIRE(full.sealed);
  CHECK(since.sealed->state == full.sealed->state);
  CHECK(since.sealed->digests == full.sealed->digests);
  for (const Claim claim : {Claim::canonical_bytes, Claim::chain, Claim::author_signatures,
                            Claim::author_streams, Claim::time_order}) {
    CHECK(since[claim].verdict == Verdict::proved);
    CHECK(since[claim].sentence.find("since entry " + std::to_string(pinned.places.size)) !=
          std::string::npos);
  }
  CHECK(since[Claim::pin].verdict == Verdict::proved);
  CHECK(since[Claim::identity].verdict == Verdict::proved);
}

TEST_CASE("A run since the pin with nothing new proves that nothing is missing") {
  const Pinned pinned;
  const Report report = pinned.since(pinned.before);
  CHECK(all_objections(report).empty());
  CHECK(report.checked.entries == 0);
  CHECK(report[Claim::tree].verdict == Verdict::proved);
  REQUIRE(report.sealed);
  CHECK(report.sealed->state == pinned.first.sealed->state);
}

TEST_CASE("A run since the pin finds what was done to new entries") {
  const Pinned pinned;
  const std::uint64_t index = pinned.places.size + 20;
  for (const char* const from : {"passed", "result_imported", "\"index\":"}) {
    CAPTURE(from);
    MemoryLog damaged = pinned.builder.log();
    const char* const to = from[0] == 'p'   ? "failed"
                           : from[0] == 'r' ? "result-imported"
                                            : "\"index\":1";
    damaged.entries[index] = replaced(damaged.entries[index], from, to);
    const Report report = pinned.since(damaged);
    CHECK_FALSE(report.nothing_failed());
    CHECK(first_entry(report) == index);
  }
}

TEST_CASE("The first new entry must follow the last pinned one") {
  const Pinned pinned;
  std::vector<Pieces> pieces = take_apart(pinned.builder.log());
  pieces[3].recorded_at.us += 1;
  const Report report = pinned.since(relinked(pinned.builder.log(), pieces));
  CHECK(report[Claim::chain].verdict == Verdict::failed);
}

TEST_CASE("A log that is shorter than the pin has lost entries") {
  const Pinned pinned;
  MemoryLog cut = pinned.before;
  cut.entries.resize(cut.entries.size() - 2);
  const Report report = pinned.since(cut);
  CHECK(failed_claims(report).contains(Claim::pin));
  CHECK(failed_claims(report).contains(Claim::tree));
  CHECK(exit_code(report) == 11);
}

TEST_CASE("What authors saw before the start is checked where nodes prove it, else left open") {
  Pinned pinned;
  Author& author = pinned.builder.author("sp-tl");
  LogBuilder& builder = pinned.builder;
  const merkle::TreeHead early = pinned.first.sealed->head;
  merkle::CompactRange range;
  for (std::uint64_t i = 0; i < early.size - 4; ++i) {
    range.append(merkle::leaf_hash(builder.log().entries[i]));
  }
  builder.append(author, {events::Heartbeat{}}, {.seen = Seen{range.root(), range.size()}});
  builder.checkpoint();
  CHECK(pinned.since(builder.log())[Claim::author_streams].verdict == Verdict::not_checked);
  CHECK(pinned.since(builder.log(), &builder.log())[Claim::author_streams].verdict ==
        Verdict::proved);
  builder.append(builder.author("dcc-im"), {events::Heartbeat{}},
                 {.seen = Seen{sha256("x"), range.size()}});
  builder.checkpoint();
  CHECK(failed_claims(pinned.since(builder.log(), &builder.log())) ==
        std::set{Claim::author_streams});
}

TEST_CASE("Evidence named before the start is not checked, and read where that is asked for") {
  const Pinned pinned;
  const auto evidence = [&](const MemoryLog& log, bool before_start) {
    return pinned.since(log, nullptr, before_start)[Claim::evidence_files];
  };
  const MemoryLog& log = pinned.builder.log();
  CHECK(evidence(log, false).verdict == Verdict::not_checked);
  CHECK(evidence(log, false)
            .sentence.find("1 evidence file has its digest; not checked: 5 files "
                           "named before entry " +
                           std::to_string(pinned.places.size)) == 0);
  CHECK_FALSE(evidence(log, false).could_not_look);
  CHECK(evidence(log, true).verdict == Verdict::proved);
  MemoryLog lost = log;
  lost.evidence.erase(pinned.places.run_log);
  CHECK(evidence(lost, false).verdict == Verdict::not_checked);
  CHECK(evidence(lost, true).verdict == Verdict::failed);
  CHECK(evidence(lost, true).first->error.entry == pinned.places.evidence_added);
  CHECK(exit_code(verified(lost)) == 15);
}

TEST_CASE("What is said since the start of a file named before it is held against it") {
  Pinned pinned;
  events::EvidenceErased erased;
  erased.digest = pinned.places.report;
  erased.legal_basis = "personal data";
  pinned.builder.append(pinned.builder.author("dcc-reg"), {erased});
  events::EvidenceAdded other;
  other.digest = pinned.places.run_log;
  other.digest_sha512 = std::string(128, '0');
  other.name = "run-0001.log";
  const std::uint64_t index = pinned.builder.append(pinned.builder.author("harness"), {other});
  pinned.builder.checkpoint();
  pinned.builder.log().evidence.erase(pinned.places.report);
  for (const bool before_start : {false, true}) {
    const Report report = pinned.since(pinned.builder.log(), nullptr, before_start);
    CHECK(failed_claims(report) == std::set{Claim::evidence_files});
    CHECK(report[Claim::evidence_files].objection_count == 1);
    CHECK(report[Claim::evidence_files].first->error.entry == index);
  }
}

TEST_CASE("A state comes back from its snapshot, and its digest is of its canonical form") {
  const Pinned pinned;
  const VerifierState& state = pinned.first.sealed->state;
  CHECK(decode_state(pinned.snapshot, state_digest(state)).value() == state);
  CHECK(decode_state(pinned.snapshot, sha256("x")).error().code == Errc::state_mismatch);
  VerifierState other = state;
  other.last_recorded_at.us += 1;
  CHECK(state_digest(other) != state_digest(state));
}

}  // namespace verify_pin_test
