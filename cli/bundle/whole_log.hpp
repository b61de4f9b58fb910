#pragma once

/// The whole log as a bundle: a published directory (docs/format.md annex G) in a bag in a zip.
/// It is published into a temporary folder first, which takes as much room again.
/// Thread word: thread-compatible.

#include "cli/bundle/bag_writer.hpp"
#include "cli/publish/publisher.hpp"

namespace assay::cli {

/// What would be in it; nothing is left on the disk. Errors: those of publish_log.
[[nodiscard]] Result<Published> plan_whole_log(const Run& run, const LedgerSession& session,
                                               const PublishOptions& options);

/// `options.directory` is ignored. Errors: those of publish_log and of ZipWriter.
[[nodiscard]] Result<Published> write_whole_log(const Run& run, const LedgerSession& session,
                                                PublishOptions options, const std::string& path,
                                                bool replace);

}  // namespace assay::cli
