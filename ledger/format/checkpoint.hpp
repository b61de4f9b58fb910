#pragma once

/// Checkpoints (C2SP tlog-checkpoint): a signed note that states a log's size and root.
/// Thread word: plain values and pure functions.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/signer.hpp"
#include "ledger/format/note_verifier.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay {

struct Checkpoint {
  std::string origin;                   // not empty; identifies the log
  std::uint64_t size = 0;               // leaves, at most merkle::kTreeSizeMax
  Hash root = merkle::kEmptyRoot;       // of the tree of that size
  std::vector<std::string> extensions;  // further lines, not empty; discouraged

  auto operator<=>(const Checkpoint&) const = default;
  [[nodiscard]] merkle::TreeHead head() const noexcept { return {size, root}; }
};

/// The text that is signed: a line each for origin, size, root (base64) and extensions.
/// Errors: invalid_argument (empty or broken lines, size), malformed (control characters, UTF-8).
[[nodiscard]] Result<std::string> format_checkpoint(const Checkpoint& checkpoint);

/// The inverse, and of nothing else. Errors: malformed.
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);

/// The whole note, signed with the origin as key name, one line a signer (two while a log's key is
/// being replaced). That no checkpoint signed before is contradicted is for the caller to know.
/// Errors: invalid_argument (as format_checkpoint; an origin that cannot be a key's name; an empty
/// tree with another root than merkle::kEmptyRoot; no signer), unsupported (not an Ed25519 key),
/// those of the signers.
[[nodiscard]] Result<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                                  std::span<const Signer* const> signers);
[[nodiscard]] Result<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                                  const Signer& signer);

/// Whom to believe about one log. The verifiers are borrowed.
struct CheckpointKeys {
  std::string origin;
  std::vector<const NoteVerifier*> log;        // any of them makes it the log's checkpoint
  std::vector<const NoteVerifier*> witnesses;  // of type cosignature_v1
};

/// A cosignature that verified.
struct Witnessed {
  std::string name;
  std::uint32_t key_id = 0;
  std::uint64_t time_s = 0;  // seconds since 1970-01-01 UTC, by the witness's clock
};

struct OpenedCheckpoint {
  Checkpoint checkpoint;
  std::string text;                           // the signed text, as a witness would cosign it
  std::vector<NoteSignature> log_signatures;  // at least one
  std::vector<Witnessed> witnesses;           // how many are enough is for the caller to say
  std::vector<NoteSignature> ignored;         // by unknown keys
};

/// Parses and verifies a note as a checkpoint of the log that `keys` describe.
/// Errors: those of open_note; tampered_signature (no signature by a key of the log, or another
/// origin); malformed (the signed text is no checkpoint); tampered_hash (an empty tree with another
/// root than merkle::kEmptyRoot); invalid_argument (a witness key of another type).
[[nodiscard]] Result<OpenedCheckpoint> open_checkpoint(std::string_view note,
                                                       const CheckpointKeys& keys);

}  // namespace assay
