#pragma once

/// Publishes a ledger as a directory of plain files (docs/format.md annex G), which any web server
/// or file share can serve. Publishing again writes only what is new; the directory must be of this
/// log and not ahead of it. Thread word: thread-compatible.

#include "cli/publish/evidence_choice.hpp"
#include "cli/publish/publish_folder.hpp"
#include "cli/session/ledger_session.hpp"

namespace assay::cli {

struct PublishOptions {
  std::string directory;
  /// Unset: the one that what lies there states, so that nothing more is disclosed than before; or
  /// full.
  std::optional<verify::EvidenceProfile> profile;
  std::string at;  ///< up to the newest checkpoint of this point (at_point.hpp)
  bool dry_run = false;
};

struct Published {
  merkle::TreeHead head;          ///< that of the checkpoint
  std::string vkey;               ///< of the log's key in force there
  std::uint64_t size_before = 0;  ///< that was published before; 0 for nothing
  EvidenceChoice evidence;
  PublishFolder::Counts files;
};

/// Errors: conflict (the directory is another log's or somebody else's, or a file in it has other
/// bytes than it must have; evidence lies there that the profile withholds), forked (what lies
/// there is ahead of this ledger, or another history), invalid_argument, locked, io, no_space,
/// those of the store.
[[nodiscard]] Result<Published> publish_log(const Run& run, const LedgerSession& session,
                                            const PublishOptions& options);

}  // namespace assay::cli
