#pragma once

/// A proof that somebody was handed, checked without a ledger: the proof file (C2SP tlog-proof),
/// the entry's bytes, and the key of the log that the reader trusts. Pure.

#include <string>
#include <string_view>

#include "ledger/format/checkpoint.hpp"
#include "ledger/format/vkey.hpp"

namespace assay::cli {

struct OfflineProof {
  std::uint64_t index = 0;  ///< of the entry
  Hash leaf;
  Checkpoint checkpoint;  ///< that the entry is under
};

/// `key`: the log's. Errors: malformed (proof or entry), unsupported (the key's type),
/// tampered_signature (the checkpoint is not that log's), tampered_hash (the entry is not what the
/// proof is about), tampered_order (the entry says another index than the proof).
[[nodiscard]] Result<OfflineProof> check_offline_proof(std::string_view proof,
                                                       std::string_view entry, const VKey& key);

}  // namespace assay::cli
