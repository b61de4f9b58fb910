#pragma once

/// A checkpoint from elsewhere, held against the log at hand, in a ledger or published: is it of
/// this log, and if not, what shows that to others? Thread word: thread-compatible.

#include <string>
#include <vector>

#include "ledger/format/fork_evidence.hpp"
#include "ledger/store/store.hpp"
#include "ledger/verify/source.hpp"

namespace assay::cli {

/// Every key that the log names as its own, the newest first; looks through all entries. Errors:
/// those of the source and of the events.
[[nodiscard]] Result<std::vector<VKey>> log_vkeys(const verify::Source& log);

/// Whether the ledger, as it is now, has the root that `note` states. False where it is shorter.
/// Errors: malformed (the note), those of the store.
[[nodiscard]] Result<bool> contains_head(const store::Store& store, const std::string& note);

/// What shows anybody that `note` and a checkpoint of this log cannot both be true. Both must be
/// signed by one key. Errors: not_found (no checkpoint here contradicts it, or the larger head is
/// of a log that is not at hand), those of the source and of make_fork_evidence.
[[nodiscard]] Result<ForkEvidence> evidence_against(const verify::Source& log,
                                                    const std::vector<VKey>& log_keys,
                                                    const std::string& note);

/// Writes it and says so; a file that is there already is not replaced. Errors: conflict, io.
[[nodiscard]] Status write_fork_evidence(const std::string& path, const ForkEvidence& evidence);

}  // namespace assay::cli
