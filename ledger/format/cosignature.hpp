#pragma once

/// Timestamped cosignatures, "cosignature/v1" (C2SP tlog-cosignature): a witness says that as of a
/// time, the largest consistent tree it has seen of a log is this one. The signed message does not
/// name the witness, so one key must never serve two.
/// Thread word: plain values and pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/signer.hpp"
#include "ledger/format/note.hpp"

namespace assay {

/// What stands in a signature line of type 04 after the key id: 8 bytes of time (big-endian), 64 of
/// Ed25519 signature.
struct Cosignature {
  std::uint64_t time_s = 0;  // seconds since 1970-01-01 UTC, at most 2^63 - 1
  std::string signature;     // 64 bytes

  auto operator<=>(const Cosignature&) const = default;
};

/// Errors: malformed (size, time).
[[nodiscard]] Result<Cosignature> decode_cosignature(std::string_view bytes);
/// Errors: invalid_argument (size, time).
[[nodiscard]] Result<std::string> encode_cosignature(const Cosignature& cosignature);

/// What is signed: two header lines, then the text of the checkpoint, extension lines included.
[[nodiscard]] std::string cosignature_message(std::uint64_t time_s, std::string_view text);

/// The signature line of witness `name` for a note's text. The text must be a checkpoint that the
/// caller has found consistent with all it cosigned before.
/// Errors: invalid_argument (time, name), unsupported (not an Ed25519 key), those of `signer`.
[[nodiscard]] Result<NoteSignature> cosign_text(std::string_view text, std::uint64_t time_s,
                                                std::string_view name, const Signer& signer);

}  // namespace assay
