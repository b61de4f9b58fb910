#pragma once

/// The last checkpoint that a log's key released, kept beside the key and outside the ledger's
/// directory: an old copy of the ledger that somebody restores meets it and stops, instead of
/// signing a second history.
///
/// DIR/NAME.released (released_format.hpp), mode 0600. save() comes before receipts and checkpoints
/// leave, once a group of commits, so it was measured (ext4, medians of 300,
/// tests/bench/bench_keys):
///
///                                                              disk idle       disk busy
///   temporary file + fsync + rename + fsync of the directory   0.53 to 0.64    8 to 12 ms
///   append + fdatasync                                         0.19 to 0.25    4 ms
///   two slots written in turn + fdatasync                      0.12 to 0.13    2.6 to 4 ms
///
/// The slots are cheapest because the file's size never changes, and they survive a torn write: the
/// other slot holds the save before, and what the torn one announced was not released yet.
///
/// The file is locked (flock) while a ReleasedRecord is open, so two copies of one ledger cannot
/// both release. Thread word: thread-compatible.

#include <cstdint>
#include <optional>
#include <string>

#include "keys/posix_file.hpp"
#include "keys/released_format.hpp"

namespace assay::keys {

struct Released {
  std::uint64_t size = 0;  ///< entries in the tree
  Hash root;
  bool operator==(const Released&) const = default;
};

class ReleasedRecord {
 public:
  struct Place {
    std::string directory;  ///< of the keys; must exist
    std::string key_name;   ///< of the log's key
    Hash log;               ///< leaf hash of entry 0
    std::uint32_t wait_ms = 0;
  };

  /// Opens the record, making an empty one where there is none. Errors: invalid_argument (name),
  /// locked, forked (the key released checkpoints of another log), malformed, tampered_hash
  /// (damaged), unsupported, no_space, key_unavailable (permission), io, outcome_unknown.
  [[nodiscard]] static Result<ReleasedRecord> open(const Place& place);

  /// What is on disk, without lock or making anything; none if there is no record, or nothing was
  /// released. Errors: as open, except locked and forked.
  [[nodiscard]] static Result<std::optional<ReleasedSlot>> peek(const std::string& directory,
                                                                const std::string& key_name);

  /// The last saved checkpoint; none if there was none.
  [[nodiscard]] std::optional<Released> last() const;
  /// An interrupted save was found at open(); what it announced never left.
  [[nodiscard]] bool was_interrupted() const noexcept { return was_interrupted_; }

  /// Durable when it returns; the checkpoint may then leave. The pair that is the last already is
  /// not written again. Errors: forked (smaller than the last, or another root at its size), io and
  /// no_space (not stored; the last one stands), outcome_unknown (open anew).
  [[nodiscard]] Status save(std::uint64_t size, const Hash& root);

 private:
  ReleasedRecord(FileDescriptor file, std::string path, const ReleasedScan& scan);

  FileDescriptor file_;
  std::string path_;
  ReleasedSlot last_;  // save == 0: nothing yet
  bool was_interrupted_ = false;
  bool is_poisoned_ = false;
};

}  // namespace assay::keys
