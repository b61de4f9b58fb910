#pragma once

/// Damage on purpose, for demonstrations and drills: what somebody with write access to the files
/// could do, with the knowledge of how a store is built and without anybody's key. Never part of
/// an ordinary path. Thread word: one call at a time on a directory.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay::store {

/// Each takes the ledger in `directory`, which nobody else may have open for writing. Errors: those
/// of open_writable, not_found where there is nothing to damage in that way.

/// Changes one digit inside the stored bytes of entry `index`, and nothing else.
[[nodiscard]] Status damage_entry(const std::string& directory, std::uint64_t index);

/// Changes the first signature of entry `index`, and makes everything after it agree: the links of
/// the chain, the tree, every index. Only the checkpoints are beyond the reach of a thief.
[[nodiscard]] Status damage_signature(const std::string& directory, std::uint64_t index);

/// Changes one hash of the tree that the store keeps for entry `index`.
[[nodiscard]] Status damage_hash(const std::string& directory, std::uint64_t index);

/// Lets the index of submissions say that the last one was never recorded.
[[nodiscard]] Status damage_index(const std::string& directory);

/// Changes one byte of the file `digest`, in the place where the file is kept.
[[nodiscard]] Status damage_evidence(const std::string& directory, const Hash& digest);

/// Lets the newest checkpoint state another root, under the signature it had.
[[nodiscard]] Status damage_checkpoint(const std::string& directory);

/// Takes the last entry away, and nothing that tells of it.
[[nodiscard]] Status truncate_log(const std::string& directory);

/// Makes the ledger what it was when it had `size` entries, everything in it in agreement: an old
/// copy, put back.
[[nodiscard]] Status roll_back(const std::string& directory, std::uint64_t size);

/// Makes another history of the last entry, recorded a microsecond later, everything in agreement
/// but the checkpoint, which is taken away: what a log shows to some readers and not to others.
[[nodiscard]] Status fork_log(const std::string& directory);

}  // namespace assay::store
