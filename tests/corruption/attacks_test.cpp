// What somebody with write access, and then with more and more keys, can do to a log, and what
// finds it. Each attack leaves the files as consistent as the attacker's keys allow.

#include <algorithm>

#include <catch2/catch.hpp>

#include "ledger/format/dsse.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);
  MemoryLog original = builder.log();
  std::vector<Pieces> pieces = take_apart(original);
  Report honest = verified(original);
  Pin pin = make_pin(honest.sealed->note, *honest.log_id, honest.sealed->digests).value();

  /// The pieces linked anew, checkpoints as they were.
  [[nodiscard]] MemoryLog linked() const { return relinked(original, pieces); }
  /// The same, sealed with the log's stolen key.
  [[nodiscard]] MemoryLog sealed() { return resealed(original, pieces, builder); }
  /// `submission` signed again by `author`'s stolen key.
  [[nodiscard]] std::vector<EntrySignature> sign_as(const char* author,
                                                    const std::string& submission) {
    std::string message;
    append_pae(message, kSubmissionPayloadType, submission);
    Author& thief = builder.author(author);
    return {{thief.key(), thief.signer->sign(message).value()}};
  }
  [[nodiscard]] Report against_pin(const MemoryLog& log) const {
    return verified(log, {.pin = &pin});
  }
};

using Claims = std::set<Claim>;

}  // namespace

TEST_CASE("Two entries that changed places are found by their indexes and links") {
  Programme programme;
  const std::uint64_t at = programme.places.run_started;
  MemoryLog log = programme.original;
  std::swap(log.entries[at], log.entries[at + 1]);
  const Report report = verified(log);
  CHECK(failed_claims(report).contains(Claim::canonical_bytes));
  CHECK(failed_claims(report).contains(Claim::chain));
  CHECK(exit_code(report) == 10);
  CHECK(report[Claim::canonical_bytes].first->error.entry == at);
}

TEST_CASE("Two entries that changed places and were linked anew break a stream and the tree") {
  Programme programme;
  const std::uint64_t at = programme.places.run_started;  // both by the harness
  std::swap(programme.pieces[at], programme.pieces[at + 1]);
  const Report report = verified(programme.linked());
  CHECK(failed_claims(report) == Claims{Claim::tree, Claim::author_streams, Claim::time_order});
  CHECK(report[Claim::author_streams].first->error.entry == at);
  CHECK(exit_code(report) == 11);
}

TEST_CASE("An entry that was taken out leaves a gap in its author's stream") {
  Programme programme;
  programme.pieces.erase(programme.pieces.begin() +
                         static_cast<std::ptrdiff_t>(programme.places.run_finished));
  const MemoryLog log = programme.sealed();  // with the log's key stolen
  const Report report = verified(log);
  CHECK(failed_claims(report).contains(Claim::author_streams));
  CHECK(report[Claim::author_streams].first->error.entry == programme.places.run_finished);
  CHECK(report[Claim::author_streams].first->expected.starts_with("sequence "));
}

TEST_CASE("An entry that stands twice is found by its author's stream") {
  Programme programme;
  const auto at = static_cast<std::ptrdiff_t>(programme.places.run_finished);
  programme.pieces.insert(programme.pieces.begin() + at,
                          programme.pieces[programme.places.run_finished]);
  const Report report = verified(programme.sealed());
  CHECK(failed_claims(report).contains(Claim::author_streams));
  CHECK(report[Claim::author_streams].first->error.code == Errc::forked);
}

TEST_CASE("The end of a log, cut and sealed with the stolen key, is missed by a pin alone") {
  Programme programme;
  programme.pieces.resize(programme.pieces.size() - 4);
  const MemoryLog log = programme.sealed();
  CHECK(
      verified(log).nothing_failed());  // nothing inside can show it: completeness needs witnesses
  const Report report = programme.against_pin(log);
  CHECK(failed_claims(report) == Claims{Claim::pin});
  CHECK(exit_code(report) == 13);
}

TEST_CASE("The end of a log, cut without a key, is missed by the checkpoints") {
  Programme programme;
  MemoryLog log = programme.original;
  log.entries.resize(log.entries.size() - 4);
  CHECK(failed_claims(verified(log)) == Claims{Claim::tree});
  CHECK(exit_code(verified(log)) == 11);
}

TEST_CASE("A failed run that was made a passed one without a key breaks its signature") {
  Programme programme;
  Pieces& run = programme.pieces[programme.places.run_finished];
  run.submission = replaced(run.submission, R"("outcome":"failed")", R"("outcome":"passed")");
  const Report report = verified(programme.sealed());
  CHECK(failed_claims(report).contains(Claim::author_signatures));
  CHECK(report[Claim::author_signatures].first->error.entry == programme.places.run_finished);
  CHECK(first_entry(report) == programme.places.run_finished);
  CHECK(exit_code(report) <= 12);
}

TEST_CASE("The same with the author's stolen key breaks the author's stream") {
  Programme programme;
  Pieces& run = programme.pieces[programme.places.run_finished];
  run.submission = replaced(run.submission, R"("outcome":"failed")", R"("outcome":"passed")");
  run.signatures = programme.sign_as("harness", run.submission);
  const Report report = verified(programme.sealed());
  CHECK_FALSE(failed_claims(report).contains(Claim::author_signatures));
  CHECK(failed_claims(report).contains(Claim::author_streams));
  CHECK(report[Claim::author_streams].first->error.code == Errc::forked);
}

TEST_CASE("The author's last submission, replaced with every key stolen, is found by a pin alone") {
  Programme programme;
  Pieces& last = programme.pieces.back();
  last.submission = replaced(last.submission, "nothing else today", "everything passed");
  last.signatures = programme.sign_as("sp-tl", last.submission);
  const MemoryLog log = programme.sealed();
  CHECK(verified(log).nothing_failed());
  const Report report = programme.against_pin(log);
  // The state that the pin's own verifier had computed differs as well.
  CHECK(failed_claims(report) == Claims{Claim::projections, Claim::pin});
  CHECK(exit_code(report) == 13);
}

TEST_CASE("A result put in afterwards with an early time goes back behind its neighbours") {
  Programme programme;
  Pieces late = programme.pieces.back();
  late.recorded_at.us -= 60'000'000;
  programme.pieces.back() = late;
  const Report report = verified(programme.sealed());
  CHECK(failed_claims(report) == Claims{Claim::time_order});
  CHECK(exit_code(report) == 11);
}

TEST_CASE("A submission for another log is refused here, though the same keys signed it") {
  Programme programme;
  LogBuilder other(1, "ledger.example/another");
  record_programme(other);
  const Pieces strange = take_apart(other.log().entries.back());
  programme.pieces.back() = strange;
  const Report report = verified(programme.sealed());
  CHECK(failed_claims(report).contains(Claim::author_signatures));
  const Objection& found = *report[Claim::author_signatures].first;
  CHECK(found.error.entry == programme.places.size - 1);
  CHECK(found.expected == programme.builder.log_id().hex());
  CHECK(found.actual == other.log_id().hex());
}

TEST_CASE("A log re-made from entry 0 with every key stolen is another log") {
  Programme programme;
  LogBuilder remade;  // the same keys, another past
  remade.add_evidence("anything");
  remade.author("sp-tl");
  remade.begin({"DCC", "SECAS"}, 1);
  remade.checkpoint();
  CHECK(verified(remade.log()).nothing_failed());
  const std::string id(programme.builder.log_id().view());
  CHECK(exit_code(verified(remade.log(), {.log_id = id})) == 13);
  const Report report = programme.against_pin(remade.log());
  CHECK(failed_claims(report) == Claims{Claim::pin, Claim::identity});
}

TEST_CASE("An entry without its author's signature, or with one too many, is refused") {
  Programme programme;
  const std::uint64_t at = programme.places.run_finished;
  programme.pieces[at].signatures = programme.sign_as("dcc-tm", programme.pieces[at].submission);
  CHECK(verified(programme.linked())[Claim::author_signatures].first->error.entry == at);
  programme.pieces = take_apart(programme.original);
  const auto extra = programme.sign_as("dcc-tm", programme.pieces[at].submission);
  programme.pieces[at].signatures.push_back(extra.front());
  CHECK(verified(programme.linked())[Claim::author_signatures].first->error.entry == at);
}

TEST_CASE("A key registered without its own signature is refused") {
  Programme programme;
  const std::uint64_t at = programme.places.first_keys;
  auto& signatures = programme.pieces[at].signatures;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    CAPTURE(i);
    const EntrySignature lost = signatures[i];
    signatures.erase(signatures.begin() + static_cast<std::ptrdiff_t>(i));
    const Report report = verified(programme.linked());
    CHECK(report[Claim::author_signatures].first->error.entry == at);
    signatures.insert(signatures.begin() + static_cast<std::ptrdiff_t>(i), lost);
  }
}

TEST_CASE("A weak key that the log registered is refused, whatever it signs") {
  LogBuilder builder;
  builder.begin({"DCC"}, 1);
  // The identity point: R = identity, S = 0 is a signature of every message.
  const std::string spki = std::string("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12) +
                           '\x01' + std::string(31, '\0');
  events::KeyRegistered event;
  event.holder = "nobody";
  event.party = "S1SP-A";
  event.key = sha256(spki);
  event.public_key = {spki};
  event.valid_from = builder.now();
  event.valid_to = Timestamp{builder.now().us + 1};
  builder.append(builder.author("root-DCC"), {event});
  std::vector<Pieces> pieces = take_apart(builder.log());
  pieces.back().signatures.push_back({event.key, '\x01' + std::string(63, '\0')});
  const Report report = verified(relinked(builder.log(), pieces));
  CHECK(failed_claims(report) == Claims{Claim::author_signatures});
  CHECK(report[Claim::author_signatures].first->error.entry == 1U);
  CHECK(exit_code(report) == 12);
}

TEST_CASE("Checkpoints that were exchanged still hold, whatever the order they lie in") {
  Programme programme;
  MemoryLog log = programme.original;
  std::ranges::reverse(log.notes);
  CHECK(verified(log).nothing_failed());
  log.notes.push_back(log.notes.front());
  CHECK(verified(log).nothing_failed());
}

TEST_CASE("Evidence files that were exchanged are both found") {
  Programme programme;
  MemoryLog log = programme.original;
  std::swap(log.evidence.at(programme.places.run_log), log.evidence.at(programme.places.report));
  const Report report = verified(log);
  CHECK(failed_claims(report) == Claims{Claim::evidence_files});
  // The smaller one has another SHA-256, SHA-512 and size; the larger one is not read to its end.
  CHECK(report[Claim::evidence_files].objection_count == 4);
  CHECK(exit_code(report) == 15);
}

TEST_CASE("A genesis that lies about its origin does not begin the log that it names") {
  Programme programme;
  programme.pieces[0].submission = replaced(programme.pieces[0].submission,
                                            std::string(LogBuilder::kOrigin), "ledger.example/x");
  const Report report = verified(programme.linked());
  CHECK(first_entry(report) == 0U);
  CHECK(failed_claims(report).contains(Claim::author_signatures));
}

TEST_CASE("Every pair of entries that changed places is found") {
  Programme programme;
  for (std::size_t a = 0; a < programme.pieces.size(); ++a) {
    for (std::size_t b = a + 1; b < programme.pieces.size(); ++b) {
      MemoryLog log = programme.original;
      std::swap(log.entries[a], log.entries[b]);
      const Report report = verified(log);
      CAPTURE(a, b);
      REQUIRE(first_entry(report) == a);
      REQUIRE(exit_code(report) == 10);
    }
  }
}

TEST_CASE("Every run of entries that was taken out is found, wherever it lies") {
  Programme programme;
  for (std::size_t from = 0; from < programme.original.entries.size(); ++from) {
    for (std::size_t to = from + 1; to <= programme.original.entries.size(); ++to) {
      MemoryLog log = programme.original;
      log.entries.erase(log.entries.begin() + static_cast<std::ptrdiff_t>(from),
                        log.entries.begin() + static_cast<std::ptrdiff_t>(to));
      const Report report = verified(log);
      CAPTURE(from, to);
      if (log.entries.empty()) continue;  // no entry, no key: verify_test.cpp
      REQUIRE_FALSE(report.nothing_failed());
      REQUIRE(exit_code(report) >= 10);
    }
  }
}
