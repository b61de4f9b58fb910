#include "cli/publish/standing.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/sources/directory_tree.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/format/note.hpp"
#include "ledger/verify/publication.hpp"

namespace assay::cli {
namespace {

/// What an interrupted first publication may have left.
constexpr std::array kOwnNames = {".new",     "checkpoints", "evidence",    "index.html",
                                  "log.vkey", "rulebooks",   "states",      "publication.json",
                                  "tile",     "timestamps",  "verify.html", "verify.sh"};

/// Without `checkpoint` nothing was published; then nothing else may lie there either.
Status check_unpublished(const PublishFolder& folder) {
  if (folder.absent()) return {};
  ASSAY_TRY(const DirectoryTree tree, DirectoryTree::open(folder.path()));
  ASSAY_TRY(const auto names, tree.list(""));
  // Tiles are written first: without them what else lies there is somebody's own.
  const bool interrupted = std::ranges::find(*names, "tile") != names->end();
  for (const std::string& name : *names) {
    const bool own = std::ranges::find(kOwnNames, name) != kOwnNames.end();
    if (own && (interrupted || name == ".new")) continue;
    return fail(Errc::conflict, folder.path() + " holds \"" + name + "\" and no published log",
                "publish to a new or empty directory");
  }
  return {};
}

Status check_same_log(const PublishFolder& folder, const LedgerSession& session) {
  const auto text = folder.read("publication.json", verify::kPublicationSizeBytes);
  const auto there = text ? verify::parse_publication(*text)
                          : Result<verify::Publication>(std::unexpected(text.error()));
  if (!there) {
    return fail(Errc::conflict,
                folder.path() + "/publication.json cannot be read: " + there.error().message,
                "publish to another directory");
  }
  if (there->log == session.log_id()) return {};
  return fail(
      Errc::conflict,
      folder.path() + " is of another log: " + there->origin + " with the id " + there->log.hex(),
      "publish to another directory");
}

}  // namespace

verify::EvidenceProfile profile_stated_in(const PublishFolder& folder) {
  if (folder.absent()) return verify::EvidenceProfile::full;
  const auto text = folder.read("publication.json", verify::kPublicationSizeBytes);
  const auto stated = text ? verify::parse_publication(*text)
                           : Result<verify::Publication>(std::unexpected(text.error()));
  return stated ? stated->evidence.profile : verify::EvidenceProfile::full;
}

Result<Checkpoint> checkpoint_of(std::string_view note) {
  ASSAY_TRY(const Note parsed, parse_note(note));
  return parse_checkpoint(parsed.text);
}

Result<std::uint64_t> check_standing(const PublishFolder& folder, const LedgerSession& session,
                                     std::uint64_t size) {
  const auto note = folder.read("checkpoint", limits::kNoteSizeBytes);
  if (!note && note.error().code == Errc::not_found) {
    ASSAY_CHECK(check_unpublished(folder));
    if (folder.has("publication.json")) ASSAY_CHECK(check_same_log(folder, session));
    return 0;
  }
  const auto there = note ? checkpoint_of(*note) : std::unexpected(note.error());
  if (!there) {
    return fail(Errc::conflict,
                folder.path() + "/checkpoint cannot be read: " + there.error().message,
                "publish to another directory");
  }
  ASSAY_CHECK(check_same_log(folder, session));
  const std::string published =
      fmt::format("{} holds {} entries of this log", folder.path(), there->size);
  if (there->size > session.size()) {
    return fail(Errc::forked, published + fmt::format(", this ledger {}", session.size()),
                "this ledger is an old copy: restore the newest one");
  }
  ASSAY_TRY(const Hash root, merkle::root_at(there->size, session.store().nodes()));
  if (root != there->root) {
    return fail(Errc::forked,
                published + " with the root " + there->root.hex() + "; this ledger had " +
                    root.hex() + " then",
                "one of the two is another history; keep both, and compare them with a pin");
  }
  if (there->size > size) {
    return fail(Errc::invalid_argument, published + fmt::format(", more than {}", size),
                "what was published is not taken back");
  }
  return there->size;
}

}  // namespace assay::cli
