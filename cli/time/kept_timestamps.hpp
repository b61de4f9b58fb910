#pragma once

/// The timestamps that a ledger keeps, each held against the checkpoint that it is over. Pure, but
/// for what the functions that it is given do. Thread word: thread-compatible.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "keys/timestamp.hpp"
#include "ledger/store/store.hpp"
#include "ledger/verify/claims.hpp"

namespace assay::cli {

/// Where timestamps and the checkpoints under them lie.
struct TimestampSource {
  using Visit = std::function<Status(const store::StoredTimestamp&)>;
  std::function<Status(const Visit&)> scan;  ///< in ascending order of size
  /// The note of the checkpoint of a size. Errors: not_found.
  std::function<Result<std::string>(std::uint64_t size)> note;
};
/// Borrows the store.
[[nodiscard]] TimestampSource timestamps_of(const store::Store& store);

struct JudgedTimestamp {
  std::uint64_t size = 0;
  Hash digest;
  verify::Verdict verdict = verify::Verdict::not_checked;  ///< never assumed
  std::string sentence;
  std::optional<keys::VerifiedTimestamp> stamp;  ///< none where it failed or could not be looked at
  std::string contradiction;                     ///< what the log says against its time, or empty
};

/// What RFC 3161 has stamped of a checkpoint: the SHA-256 of its text, without blank line and
/// signatures. Errors: malformed.
[[nodiscard]] Result<Hash> timestamp_imprint(const std::string& note);

/// Judges all timestamps over at most `size` entries. `anchors` may be null: then none is proved;
/// and none is that is of a time to come by `now`. Errors: those of the source.
[[nodiscard]] Result<std::vector<JudgedTimestamp>> judge_timestamps(
    const TimestampSource& source, const keys::TrustAnchors* anchors, std::uint64_t size,
    const Timestamp& now);

/// Certificates in a file that the user names; nothing for an empty path. Errors: those of
/// read_file and TrustAnchors::parse.
[[nodiscard]] Result<std::optional<keys::TrustAnchors>> read_anchors(const std::string& path);

}  // namespace assay::cli
