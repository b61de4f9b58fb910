#pragma once

/// What a directory holds before a log is published to it: nothing, an earlier state of this log,
/// or something that must not be touched. Thread word: thread-compatible.

#include <string_view>

#include "cli/publish/publish_folder.hpp"
#include "cli/session/ledger_session.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/verify/publication.hpp"

namespace assay::cli {

/// What a note states, unverified. Errors: malformed, limit.
[[nodiscard]] Result<Checkpoint> checkpoint_of(std::string_view note);

/// The profile that what was published before states; full where nothing was.
[[nodiscard]] verify::EvidenceProfile profile_stated_in(const PublishFolder& folder);

/// The size that was published before, 0 for nothing. `size` is what is to be published.
/// Errors: conflict (another log, or something else), forked (a larger size, or another root than
/// this ledger has), invalid_argument (`size` goes back), io.
[[nodiscard]] Result<std::uint64_t> check_standing(const PublishFolder& folder,
                                                   const LedgerSession& session,
                                                   std::uint64_t size);

}  // namespace assay::cli
