#pragma once

/// Offline proofs (C2SP tlog-proof, files ending in ".tlog-proof"): an inclusion proof and the
/// checkpoint that it leads to, in one text that anybody can check who has the entry and the keys.
/// Thread word: plain values and pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/merkle/proof.hpp"

namespace assay {

/// A proof file, at most: a checkpoint and as much again for the extra data.
inline constexpr std::size_t kProofFileSizeBytes = 2'000'000;

struct ProofFile {
  std::optional<std::string> extra;  // not empty; authenticated by nothing
  std::uint64_t index = 0;           // of the entry, 0-based, at most 2^63 - 1
  merkle::Proof hashes;              // at most limits::kProofHashes
  std::string checkpoint;            // a signed note, verbatim

  auto operator<=>(const ProofFile&) const = default;
};

/// Errors: invalid_argument (empty extra data, index, number of hashes), limit (size), and those of
/// parse_note for the checkpoint.
[[nodiscard]] Result<std::string> format_proof_file(const ProofFile& file);

/// The inverse, and of nothing else. Verifies nothing. Errors: malformed, limit.
[[nodiscard]] Result<ProofFile> parse_proof_file(std::string_view bytes);

/// Checks that the entry with this leaf hash, computed by the caller from the entry itself, is in
/// the log that `keys` describe. Whether the witnesses in the answer are enough is for the caller.
/// Errors: those of open_checkpoint, then those of merkle::check_inclusion.
[[nodiscard]] Result<OpenedCheckpoint> check_proof_file(const ProofFile& file, const Hash& leaf,
                                                        const CheckpointKeys& keys);

}  // namespace assay
