#pragma once

/// The folded states that a writer keeps in the ledger's directory, so that the next start need not
/// fold the whole log. Commands decide on these states, and whoever can write to the directory can
/// write others there. So the snapshot's digest is kept beside the keys, and a snapshot of another
/// digest, or without one, is not used: the log is folded instead. Thread word: thread-compatible.

#include "ledger/store/store.hpp"
#include "ledger/verify/projection_check.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::cli {

/// The states as they were kept. Errors: not_found (none that this key directory vouches for),
/// unsupported (of another build), malformed, tampered_hash, io.
[[nodiscard]] Result<projections::ProgrammeFold> load_snapshot(const std::string& key_directory,
                                                               const store::Store& store);

/// Keeps the states, which are those at the store's head. Errors: io, no_space.
[[nodiscard]] Status save_snapshot(const std::string& key_directory, store::Store& store,
                                   const projections::ProgrammeFold& fold);

/// The digests of the states in a snapshot, for the verifier to hold against its own. None where
/// this build cannot read it.
[[nodiscard]] std::vector<verify::NamedDigest> snapshot_states(const store::Snapshot& snapshot);
[[nodiscard]] std::vector<verify::NamedDigest> named_digests(
    const projections::ProgrammeFold& fold);

}  // namespace assay::cli
