#include <catch2/catch.hpp>

#include "keys/signer.hpp"
#include "ledger/format/cosignature.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_checkpoint_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);

  MemoryLog& log() { return builder.log(); }
  const Signer* key(std::size_t number) { return builder.log_key(number).signer.get(); }

  /// Records that the log's key gives way to number 1, and gives the entry.
  std::uint64_t rotate() {
    events::LogKeyRotated event;
    event.log_key = {builder.log_key(1).key(), builder.log_key(1).public_key()};
    event.next_log_key = builder.log_key(2).key();
    event.reason = "yearly";
    return builder.append(builder.author("root-DCC"), {event}, {.see = true});
  }
};

/// Follows the log's key as a register would.
class KeyRules final : public Rules {
 public:
  KeyRules(const Hash& first, const Hash& second, std::uint64_t effective)
      : first_(first), second_(second), effective_(effective) {}
  std::vector<Objection> admit(const EntryView& entry, OnObjection) override {
    history_.note(entry.index + 1, entry.index < effective_ ? first_ : second_);
    return {};
  }
  [[nodiscard]] bool clock_was_reset() const override { return false; }
  [[nodiscard]] const LogKeyHistory* log_key_history() const override { return &history_; }

 private:
  Hash first_;
  Hash second_;
  std::uint64_t effective_;
  LogKeyHistory history_;
};

}  // namespace

TEST_CASE("A checkpoint by another key than the log's is refused") {
  Programme programme;
  programme.log().notes.push_back(
      programme.builder.sign_head(programme.builder.head(), {programme.key(7)}));
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::log_signature});
  CHECK(exit_code(report) == 12);
  CHECK(report.checked.checkpoints == programme.places.size);
}

TEST_CASE("A checkpoint of another log is refused, though the same key signed it") {
  Programme programme;
  programme.log().notes.push_back(sign_checkpoint({"ledger.example/another",
                                                   programme.builder.head().size,
                                                   programme.builder.head().root,
                                                   {}},
                                                  *programme.key(0))
                                      .value());
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::log_signature});
}

TEST_CASE("What does not parse as a checkpoint is refused, and the others still count") {
  Programme programme;
  programme.log().notes.emplace_back("not a note");
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::log_signature});
  CHECK(report[Claim::tree].verdict == Verdict::proved);
}

TEST_CASE("Without a checkpoint the tree is not checked") {
  Programme programme;
  programme.log().notes.clear();
  const Report report = verified(programme.log());
  CHECK(report.nothing_failed());
  CHECK(report[Claim::tree].verdict == Verdict::not_checked);
  CHECK(report[Claim::log_signature].verdict == Verdict::not_checked);
  CHECK_FALSE(report.sealed);
  CHECK(exit_code(report, std::vector<Claim>{Claim::tree}) == 16);
}

TEST_CASE("A checkpoint that the log's key signed over other entries is a fork") {
  Programme programme;
  const std::uint64_t size = programme.places.size;
  const std::string other =
      programme.builder.sign_head({size, sha256("another history")}, {programme.key(0)});
  programme.log().notes.push_back(other);
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::tree});
  CHECK(exit_code(report) == 13);
  const Objection& found = *report[Claim::tree].first;
  CHECK(found.expected == sha256("another history").hex());
  CHECK(found.actual == programme.builder.head().root.hex());
  CHECK_FALSE(report.sealed);
}

TEST_CASE("A fork is placed after the last checkpoint that still agrees") {
  Programme programme;
  programme.log().notes.resize(5);
  programme.log().notes.push_back(
      programme.builder.sign_head({9, sha256("another history")}, {programme.key(0)}));
  const Report report = verified(programme.log());
  CHECK(report[Claim::tree].first->error.entry == 5U);
}

TEST_CASE("Where the nodes have the signed root, they name the entry that is another") {
  Programme programme;
  const MemoryLog original = programme.log();
  std::vector<Pieces> pieces = take_apart(original);
  pieces[8].recorded_at.us += 1;  // what no author has signed
  MemoryLog changed = relinked(original, pieces);
  changed.notes = {original.notes.back()};
  MemorySource source(changed);
  CHECK(verify_log(source, remembering_verifiers())[Claim::tree].first->error.entry == 0U);
  source.keep_nodes_of(original);
  const Report report = verify_log(source, remembering_verifiers());
  // A later author had seen the log as it was.
  CHECK(failed_claims(report) == std::set{Claim::tree, Claim::author_streams});
  CHECK(report[Claim::tree].first->error.entry == 8U);
  CHECK(exit_code(report) == 10);
}

TEST_CASE("Entries that a checkpoint covers and that are not there are missed") {
  Programme programme;
  programme.log().entries.resize(programme.places.size - 3);
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::tree});
  CHECK(exit_code(report) == 11);
  const Objection& found = *report[Claim::tree].first;
  CHECK(found.error.entry == programme.places.size - 3);
  CHECK(report[Claim::tree].objection_count == 3);
}

TEST_CASE("A log's key may be replaced by the one that was committed to") {
  Programme programme;
  const std::uint64_t rotation = programme.rotate();
  programme.log().notes.push_back(
      programme.builder.sign_head(programme.builder.head(), {programme.key(0), programme.key(1)}));
  programme.builder.append(programme.builder.author("sp-tl"), {events::Heartbeat{}});
  programme.builder.checkpoint(1);
  const Report report = verified(programme.log());
  CHECK(all_objections(report).empty());
  // Which key was in force when takes the rules to say.
  CHECK(report[Claim::log_signature].verdict == Verdict::assumed);
  KeyRules rules(programme.builder.log_key(0).key(), programme.builder.log_key(1).key(), rotation);
  const Report refolded =
      verify_log(MemorySource(programme.log()), remembering_verifiers(), {}, &rules);
  CHECK(refolded[Claim::log_signature].verdict == Verdict::proved);
}

TEST_CASE("A key that was put away signs no checkpoint any more, where the rules say so") {
  Programme programme;
  const std::uint64_t rotation = programme.rotate();
  programme.builder.append(programme.builder.author("sp-tl"), {events::Heartbeat{}});
  programme.builder.checkpoint(0);
  CHECK(verified(programme.log()).nothing_failed());
  KeyRules rules(programme.builder.log_key(0).key(), programme.builder.log_key(1).key(), rotation);
  const Report report =
      verify_log(MemorySource(programme.log()), remembering_verifiers(), {}, &rules);
  CHECK(failed_claims(report) == std::set{Claim::log_signature});
}

TEST_CASE("The next key signs nothing before the log names it") {
  Programme programme;
  programme.log().notes.push_back(
      programme.builder.sign_head(programme.builder.head(), {programme.key(1)}));
  CHECK(failed_claims(verified(programme.log())) == std::set{Claim::log_signature});
  // Nor does it afterwards for sizes from before.
  const merkle::TreeHead before = programme.builder.head();
  programme.rotate();
  programme.builder.checkpoint(1);
  CHECK(failed_claims(verified(programme.log())) == std::set{Claim::log_signature});
  programme.log().notes.pop_back();
  programme.log().notes.back() =
      programme.builder.sign_head(before, {programme.key(0), programme.key(1)});
  CHECK(verified(programme.log()).nothing_failed());
}

TEST_CASE("A log key that nobody committed to is refused") {
  Programme programme;
  events::LogKeyRotated event;
  event.log_key = {programme.builder.log_key(5).key(), programme.builder.log_key(5).public_key()};
  event.next_log_key = programme.builder.log_key(6).key();
  event.reason = "stolen";
  const std::uint64_t entry =
      programme.builder.append(programme.builder.author("root-DCC"), {event});
  programme.builder.checkpoint(5);
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::log_signature});
  CHECK(report[Claim::log_signature].first->error.entry == entry);
}

TEST_CASE("A log key that is not Ed25519 can sign no checkpoint") {
  LogBuilder builder;
  builder.log_key(0).signer = keys::generate(KeyAlgorithm::ecdsa_p256_sha256).value();
  builder.begin({"DCC"}, 1);
  const Report report = verified(builder.log());
  CHECK(failed_claims(report) == std::set{Claim::log_signature});
  CHECK(exit_code(report) == 12);
}

TEST_CASE("Witnesses that were named are counted on the last checkpoint") {
  Programme programme;
  Author& witness = programme.builder.author("witness");
  const auto public_key = Ed25519PublicKey::from_spki(witness.signer->verifier().spki()).value();
  const VKey key{"witness.example", NoteKeyType::cosignature_v1, public_key};
  Options options;
  options.witnesses = {key};
  options.witness_quorum = 1;
  CHECK(verified(programme.log(), options)[Claim::witness_quorum].verdict == Verdict::not_checked);

  Note note = parse_note(programme.log().notes.back()).value();
  note.signatures.push_back(
      cosign_text(note.text, 1'573'000'000, key.name, *witness.signer).value());
  programme.log().notes.back() = format_note(note).value();
  const Report cosigned = verified(programme.log(), options);
  CHECK(cosigned[Claim::witness_quorum].verdict == Verdict::proved);
  CHECK(cosigned[Claim::log_signature].verdict == Verdict::proved);
  options.witness_quorum = 2;
  CHECK(verified(programme.log(), options)[Claim::witness_quorum].verdict == Verdict::not_checked);
  CHECK(verified(programme.log())[Claim::witness_quorum].verdict == Verdict::not_checked);

  note.signatures.back().signature = flipped(note.signatures.back().signature, 100);
  programme.log().notes.back() = format_note(note).value();
  const Report damaged = verified(programme.log(), options);
  CHECK(failed_claims(damaged) == std::set{Claim::witness_quorum});
  CHECK(exit_code(damaged) == 12);
  options.witnesses = {{key.name, NoteKeyType::ed25519, public_key}};
  CHECK(exit_code(verified(programme.log(), options)) == 16);
}

TEST_CASE("One public key under two names is one witness, and no quorum of two") {
  Programme programme;
  Author& witness = programme.builder.author("witness");
  const auto public_key = Ed25519PublicKey::from_spki(witness.signer->verifier().spki()).value();
  Options options;
  options.witness_quorum = 2;
  Note note = parse_note(programme.log().notes.back()).value();
  for (const char* const name : {"witness.example", "another.example"}) {
    options.witnesses.push_back({name, NoteKeyType::cosignature_v1, public_key});
    note.signatures.push_back(cosign_text(note.text, 1'573'000'000, name, *witness.signer).value());
  }
  programme.log().notes.back() = format_note(note).value();
  const Report report = verified(programme.log(), options);
  CHECK(report[Claim::witness_quorum].verdict == Verdict::not_checked);
  CHECK(report[Claim::witness_quorum].sentence.find("have one key") != std::string::npos);
  CHECK(exit_code(report) == 16);
}

TEST_CASE("Entries beyond the last checkpoint are said to be under none") {
  Programme programme;
  const std::uint64_t covered = programme.places.size;
  const Report whole = verified(programme.log());
  CHECK(whole[Claim::tree].verdict == Verdict::proved);
  CHECK(whole[Claim::tree].sentence.find("that of the first " + std::to_string(covered)) !=
        std::string::npos);
  for (int i = 0; i < 2; ++i) {
    programme.builder.append(programme.builder.author("sp-tl"), {events::Heartbeat{}});
  }
  const Report report = verified(programme.log());
  CHECK(report.nothing_failed());
  CHECK(report[Claim::tree].verdict == Verdict::not_checked);
  CHECK(report[Claim::tree].sentence.find("that of the first " + std::to_string(covered) +
                                          "; not checked: 2 of the ") != std::string::npos);
  CHECK(exit_code(report) == 0);
  CHECK(exit_code(report, std::vector<Claim>{Claim::tree}) == 16);
}

}  // namespace verify_checkpoint_test
