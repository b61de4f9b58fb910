// The claim witness_quorum by a policy.

#include "ledger/verify/witness_policy.hpp"

#include <catch2/catch.hpp>

#include "keys/signer.hpp"
#include "keys/verifier.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/verify/verify.hpp"
#include "tests/support/log_builder.hpp"

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

/// A log of one entry, and three witnesses of it.
struct WitnessedLog {
  LogBuilder builder;
  std::vector<std::unique_ptr<keys::PrivateKey>> signers;
  std::vector<std::string> lines;  // of a policy

  WitnessedLog() {
    builder.begin({"DCC"}, 1);
    builder.checkpoint();
    for (const char name : std::string("abc")) {
      signers.push_back(keys::signer_from_seed(std::string(32, name)).value());
      const auto key = Ed25519PublicKey::from_spki(signers.back()->verifier().spki()).value();
      lines.push_back(std::string("witness ") + name + " " +
                      format_vkey({name_of(name), NoteKeyType::cosignature_v1, key}).value());
    }
  }
  static std::string name_of(char name) { return std::string("example.com/") + name; }

  void cosign(std::size_t i) {
    std::string& last = builder.log().notes.back();
    Note note = parse_note(last).value();
    note.signatures.push_back(
        cosign_text(note.text, 1'573'000'000, name_of(static_cast<char>('a' + i)), *signers[i])
            .value());
    last = format_note(note).value();
  }
  [[nodiscard]] std::string log_line(const Signer& key) {
    const Note note = parse_note(builder.log().notes.back()).value();
    const auto public_key = Ed25519PublicKey::from_spki(key.verifier().spki()).value();
    return "log " +
           format_vkey(
               {note.text.substr(0, note.text.find('\n')), NoteKeyType::ed25519, public_key})
               .value() +
           "\n";
  }
  [[nodiscard]] Report judged(const std::string& rest, const std::string& before = {}) {
    std::string text = before;
    for (const std::string& line : lines) text += line + "\n";
    const TlogPolicy policy = parse_policy(text + rest).value();
    Options options;
    options.witness_policy = &policy;
    const MemorySource source(builder.log());
    return verify_log(source, keys::make_verifier, options);
  }
};

constexpr const char* kTwoOfThree = "group g 2 a b c\nquorum g\n";

}  // namespace

TEST_CASE("A policy's quorum is proved by those who cosigned, and by nobody else") {
  WitnessedLog log;
  const auto verdict = [&] { return log.judged(kTwoOfThree)[Claim::witness_quorum]; };
  CHECK(verdict().verdict == Verdict::not_checked);
  log.cosign(0);
  CHECK(verdict().verdict == Verdict::not_checked);
  CHECK(verdict().sentence ==
        "1 witness cosigned the last checkpoint (a); the policy asks for 2 of 3 (a, b, c)");
  // The same one once more counts once.
  log.cosign(0);
  CHECK(verdict().verdict == Verdict::not_checked);
  const Claim required[] = {Claim::witness_quorum};
  CHECK(exit_code(log.judged(kTwoOfThree), required) == 16);
  log.cosign(2);
  CHECK(verdict().verdict == Verdict::proved);
  CHECK(exit_code(log.judged(kTwoOfThree), required) == 0);
  CHECK(log.judged("quorum b\n")[Claim::witness_quorum].verdict == Verdict::not_checked);
}

TEST_CASE("A line of a policy's witness that does not verify fails the claim") {
  WitnessedLog log;
  log.cosign(0);
  std::string& last = log.builder.log().notes.back();
  Note note = parse_note(last).value();
  note.signatures.back().signature[20] ^= 1;
  last = format_note(note).value();
  const Report report = log.judged(kTwoOfThree);
  CHECK(report[Claim::witness_quorum].verdict == Verdict::failed);
  CHECK(exit_code(report) == 12);
}

TEST_CASE("A policy that lists other logs, or another key of this one, judges nothing") {
  WitnessedLog log;
  log.cosign(0);
  log.cosign(1);
  const Signer& own = *log.builder.log_key(0).signer;
  CHECK(log.judged(kTwoOfThree, log.log_line(own))[Claim::witness_quorum].verdict ==
        Verdict::proved);
  const auto stranger = keys::signer_from_seed(std::string(32, 's')).value();
  const Report report = log.judged(kTwoOfThree, log.log_line(*stranger));
  CHECK(report[Claim::witness_quorum].verdict == Verdict::not_checked);
  CHECK(exit_code(report) == 16);
}
