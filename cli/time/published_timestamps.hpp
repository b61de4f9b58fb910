#pragma once

/// Timestamps as they are published with a log (docs/format.md annex G):
/// `timestamps/<size>/<hash>.tsr`. Thread word: pure functions over what they are given.

#include "cli/time/kept_timestamps.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::cli {

/// The name of a timestamp over the checkpoint of `size`; `digest` is the SHA-256 of its bytes.
[[nodiscard]] std::string timestamp_name(std::uint64_t size, const Hash& digest);

/// Those of a published log; borrows its files. Where files cannot be listed, as on the web,
/// they are those that publication.json names. Errors of a scan: rejected (a name that no timestamp
/// has), limit, of the run.
[[nodiscard]] TimestampSource timestamps_in(const verify::FileTree& files);

}  // namespace assay::cli
