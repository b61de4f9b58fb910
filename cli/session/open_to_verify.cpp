#include "cli/session/open_to_verify.hpp"

#include "cli/sources/directory_tree.hpp"
#include "cli/sources/web_tree.hpp"

namespace assay::cli {
namespace {

/// What was published may have come from anybody: a file that is refused unread was not checked.
Result<OpenedLog> open_published(const Run& run, std::unique_ptr<const verify::FileTree> files) {
  auto log = open_published_to_verify(*files);
  if (!log && (log.error().code == Errc::rejected || log.error().code == Errc::limit)) {
    log.error().code = Errc::incomplete;
  }
  if (!log) return std::unexpected(std::move(log).error().in(run.globals.ledger));
  return OpenedLog{std::move(files), *std::move(log)};
}

}  // namespace

Result<OpenedLog> open_to_verify(const Run& run) {
  const std::string& place = run.globals.ledger;
  if (is_web_address(place)) {
    ASSAY_TRY(auto tree, WebTree::open(place));
    return open_published(run, std::move(tree));
  }
  if (looks_published(place)) {
    ASSAY_TRY(DirectoryTree tree, DirectoryTree::open(place));
    return open_published(run, std::make_unique<DirectoryTree>(std::move(tree)));
  }
  ASSAY_TRY(auto log, open_ledger_to_verify(run));
  return OpenedLog{nullptr, std::move(log)};
}

}  // namespace assay::cli
