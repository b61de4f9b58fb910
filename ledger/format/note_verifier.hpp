#pragma once

/// Who signed a note, and the rules by which a note may be believed (C2SP signed-note,
/// "Signatures").

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/signer.hpp"
#include "ledger/format/note.hpp"
#include "ledger/format/vkey.hpp"

namespace assay {

/// A known key. Thread word: immutable, const calls from any thread.
class NoteVerifier {
 public:
  explicit NoteVerifier(VKey key) : key_(std::move(key)), key_id_(key_.key_id()) {}
  virtual ~NoteVerifier() = default;
  NoteVerifier(const NoteVerifier&) = delete;
  NoteVerifier& operator=(const NoteVerifier&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return key_.name; }
  [[nodiscard]] std::uint32_t key_id() const noexcept { return key_id_; }
  [[nodiscard]] NoteKeyType type() const noexcept { return key_.type; }
  [[nodiscard]] bool made(const NoteSignature& line) const noexcept {
    return line.name == name() && line.key_id == key_id_;
  }

  /// `signature` is what stands in the line after the key id. Errors: tampered_signature.
  [[nodiscard]] virtual Status verify(std::string_view text, std::string_view signature) const = 0;

 private:
  VKey key_;
  std::uint32_t key_id_;
};

/// A verifier of either type. Errors: those of `factory` (a key that must not be trusted).
[[nodiscard]] Result<std::unique_ptr<NoteVerifier>> make_note_verifier(
    const VKey& key, const VerifierFactory& factory);

/// The signature line of key `name` (type 01) for a text that ends in a newline.
/// Errors: invalid_argument (name), unsupported (not an Ed25519 key), those of `signer`.
[[nodiscard]] Result<NoteSignature> sign_text(std::string_view text, std::string_view name,
                                              const Signer& signer);

/// A note whose text may be believed as far as the `verified` keys are.
struct OpenedNote {
  std::string text;
  std::vector<NoteSignature> verified;  // one a key at most, in the note's order
  std::vector<NoteSignature> ignored;   // by unknown keys, repeated lines dropped
};

/// Parses and verifies. A line counts as by a known key only if name and id both match. Of several
/// lines by one known key the first counts and the others are dropped. `known` is borrowed for the
/// call. Errors: malformed, limit (as parse_note); invalid_argument (two known keys with one name
/// and id); tampered_signature (a line by a known key does not verify, whatever the others do; or
/// there is none by a known key).
[[nodiscard]] Result<OpenedNote> open_note(std::string_view bytes,
                                           std::span<const NoteVerifier* const> known);

}  // namespace assay
