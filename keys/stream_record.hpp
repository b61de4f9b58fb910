#pragma once

/// The signer's own record of what its key signed in one log, durable before a signature leaves.
///
/// DIR/NAME.streams/<log id>, append-only lines (stream_format.hpp), mode 0600. It is what keeps a
/// key from signing two submissions for one sequence, even if the ledger is rolled back or lies:
/// the ledger's view is only ever compared with it. So a record that is absent while the log holds
/// submissions of the key is the caller's to report (Errc::forked), and a damaged one is an error,
/// never a fresh start.
///
/// A signer calls advance() for each submission, then sync(), then lets the signatures out. A bulk
/// import advances many times and syncs once a batch. sync() is one write and one fdatasync: 0.2 ms
/// on an ext4 disk, against 0.5 ms for a temporary file, rename and two syncs, and it cannot lose
/// what was there before; preallocating the file gained a tenth more and was left out. Opening
/// reads the whole file: 0.4 to 0.7 s for a million submissions (tests/bench/bench_keys).
///
/// The file is locked (flock) while a StreamRecord is open, so two processes never sign the same
/// sequence. Thread word: thread-compatible.

#include <cstdint>
#include <optional>
#include <string>

#include "keys/posix_file.hpp"
#include "keys/stream_format.hpp"

namespace assay::keys {

class StreamRecord {
 public:
  struct Place {
    std::string directory;  ///< of the keys; must exist
    std::string key_name;
    StreamIdentity identity;    ///< what the record must be of
    std::uint32_t wait_ms = 0;  ///< how long to wait for another process that has it open
  };

  /// Opens the record, making an empty one where there is none. Errors: invalid_argument (name),
  /// locked, malformed (the end is torn: recover_torn_end; or no such record), tampered_hash
  /// (damaged), conflict (of another key or log), unsupported, no_space, key_unavailable
  /// (permission), io, outcome_unknown.
  [[nodiscard]] static Result<StreamRecord> open(const Place& place);

  /// What open(place)->last() would give, without lock or making anything; none if there is no
  /// record. Errors: as open. Meant for dry runs: the next moment it may be old.
  [[nodiscard]] static Result<std::optional<StreamPosition>> peek(const Place& place);

  /// After a power failure in the midst of sync(): takes off an incomplete end, whose signatures
  /// never left, and keeps it beside the record as <log id>.torn-<offset>. `ledger_head` is the
  /// last submission of this key that the log holds; it must stand in the undamaged lines, or the
  /// lost end did leave. A record that is whole is left as it is. Errors: forked (see above),
  /// tampered_hash (damage of another kind), and those of open.
  [[nodiscard]] static Status recover_torn_end(const Place& place,
                                               const std::optional<StreamPosition>& ledger_head);

  /// The last submission that stands, including what is not synced yet.
  [[nodiscard]] std::optional<StreamPosition> last() const { return history_.last(); }

  /// Adds one submission; durable after the next sync(). The pair that is the last already is let
  /// through: signing the same bytes again harms nobody. Errors: forked (another submission has
  /// this sequence), invalid_argument (a gap), outcome_unknown (an earlier sync failed: open anew).
  [[nodiscard]] Status advance(std::uint64_t sequence, const Hash& hash);

  /// Takes back the last submission, which the log refused (the caller has checked the signed
  /// refusal of `refused`), so that its sequence may be signed again. `previous` is the one before
  /// it. Durable after the next sync(); both lines stay in the file. Errors: conflict (not the last
  /// one), forked (another one came before), outcome_unknown.
  [[nodiscard]] Status retreat(const Hash& refused, const std::optional<StreamPosition>& previous);

  /// Makes everything so far durable; only then may the signatures leave. Errors: no_space and io
  /// (nothing was stored, may be called again), outcome_unknown (open anew).
  [[nodiscard]] Status sync();

 private:
  StreamRecord(FileDescriptor file, std::string path, StreamScan scan);
  [[nodiscard]] Status check_usable() const;

  FileDescriptor file_;
  std::string path_;
  StreamHistory history_;
  std::uint64_t size_bytes_;  // of the synced lines
  std::string pending_;       // lines that are not synced yet
  bool is_poisoned_ = false;
};

}  // namespace assay::keys
