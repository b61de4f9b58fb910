#pragma once

/// A log and a witness with keys, to make and to open checkpoints in tests.

#include <memory>

#include "ledger/format/checkpoint.hpp"
#include "ledger/format/cosignature.hpp"
#include "tests/support/ed25519.hpp"

namespace assay::testing {

struct LogKeys {
  static constexpr const char* kOrigin = "example.com/log";
  static constexpr const char* kWitness = "witness.example";

  std::unique_ptr<Signer> log = test_signer('l');
  std::unique_ptr<Signer> witness = test_signer('w');
  std::unique_ptr<NoteVerifier> know_log = know(*log, kOrigin, NoteKeyType::ed25519);
  std::unique_ptr<NoteVerifier> know_witness =
      know(*witness, kWitness, NoteKeyType::cosignature_v1);

  [[nodiscard]] static std::unique_ptr<NoteVerifier> know(const Signer& signer, std::string name,
                                                          NoteKeyType type) {
    const auto key = Ed25519PublicKey::from_spki(signer.verifier().spki()).value();
    return make_note_verifier({std::move(name), type, key}, test_verifiers()).value();
  }
  [[nodiscard]] CheckpointKeys keys() const {
    return {kOrigin, {know_log.get()}, {know_witness.get()}};
  }
  /// A checkpoint that the log signed.
  [[nodiscard]] std::string sign(const merkle::TreeHead& head) const {
    return sign_checkpoint({kOrigin, head.size, head.root, {}}, *log).value();
  }
  /// The same with the witness's line after it.
  [[nodiscard]] std::string cosign(const std::string& checkpoint, std::uint64_t time_s) const {
    Note note = parse_note(checkpoint).value();
    note.signatures.push_back(cosign_text(note.text, time_s, kWitness, *witness).value());
    return format_note(note).value();
  }
};

}  // namespace assay::testing
