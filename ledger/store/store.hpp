#pragma once

/// A ledger directory: the log, its indexes, its evidence files and its projections' snapshots, in
/// RocksDB. docs/adr/0010-column-families.md says why the rows lie as they do.
///
/// One process may have a directory open for writing; any number may read beside it, without
/// permission to write. A reader sees the ledger as it was when it was opened, and for ever
/// consistently; it is opened anew to see more. A writable store sees what its Writer made durable.
///
/// Thread word: const calls and the evidence and snapshot calls are thread-safe. Entries are
/// appended by ledger/store/writer.hpp alone.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/format/values.hpp"
#include "ledger/merkle/tree.hpp"
#include "ledger/store/evidence.hpp"
#include "ledger/verify/streams.hpp"

namespace assay::store {

struct OpenOptions {
  std::uint32_t wait_ms = 0;  ///< how long to wait for another writer
  /// The last checkpoint that the log's key released, where it is known: the ledger must contain
  /// it. It also tells a torn end, which nobody was promised, from damage.
  std::optional<merkle::TreeHead> released;
};

/// A response of RFC 3161 with certificates has some thousand bytes.
inline constexpr std::size_t kTimestampSizeBytes = 262'144;

/// What a reader asks of the end of the log before it reads anything.
enum class EndOfLog : std::uint8_t {
  holds_together,  ///< the last entry, the one before it and the tree agree
  as_it_is,        ///< for whoever verifies all of it: what is wrong there is a finding like others
};

/// A signed note and the size it states.
struct StoredCheckpoint {
  std::uint64_t size = 0;
  std::string note;
};

/// What an authority said of the checkpoint of a size: an RFC 3161 response, as it was sent.
struct StoredTimestamp {
  std::uint64_t size = 0;
  Hash digest;  ///< SHA-256 of the response, under which it lies
  std::string response;
};

/// A projection's state, as the projection wrote it; bound to the log by size and root.
struct Snapshot {
  merkle::TreeHead at;
  std::string state;
};
/// Over all of it. Whoever kept this outside the ledger's directory knows the snapshot again.
[[nodiscard]] Hash snapshot_digest(const Snapshot& snapshot);

/// One entry of a scan; `bytes` live until the callback returns.
using EntryVisitor = std::function<Status(std::uint64_t index, std::string_view bytes)>;

class Store {
 public:
  /// Makes a ledger without entries in `directory`, which is made too if it is absent. A directory
  /// that a creation of the same origin left unfinished, or that holds no entry yet, is taken up.
  /// Errors: conflict (the directory holds something else), those of open_writable.
  [[nodiscard]] static Status create(const std::string& directory, std::string_view origin);

  /// Errors: not_found (no ledger), unsupported (newer format), locked, forked (behind or beside
  /// `released`: an older copy was restored), tampered_hash and tampered_order (the end of the log
  /// does not hold together, or its files are damaged), io, no_space.
  [[nodiscard]] static Result<Store> open_writable(const std::string& directory,
                                                   const OpenOptions& options = {});
  /// With the end `as_it_is`, head() states the right size, and a root of zeros where the tree
  /// cannot be read. Errors: as open_writable, except locked, forked and no_space.
  [[nodiscard]] static Result<Store> open_reader(const std::string& directory,
                                                 EndOfLog end = EndOfLog::holds_together);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  [[nodiscard]] const std::string& origin() const noexcept;
  [[nodiscard]] bool is_writable() const noexcept;
  /// Size and root of what is durable.
  [[nodiscard]] merkle::TreeHead head() const;
  [[nodiscard]] std::uint64_t size() const { return head().size; }
  /// The log's identity: the leaf hash of entry 0. Errors: not_found (no entry yet).
  [[nodiscard]] Result<Hash> log_id() const;

  /// The entry's bytes, as hashed. Errors: not_found (beyond the end), tampered_order (a hole).
  [[nodiscard]] Result<std::string> entry(std::uint64_t index) const;
  /// Visits the entries [from, to) in order; stops at the visitor's first error. Several scans may
  /// run side by side. Errors: those of entry, of the visitor, tampered_hash (a damaged file).
  [[nodiscard]] Status scan(std::uint64_t from, std::uint64_t to, const EntryVisitor& visit) const;

  /// A node of the tree; the reader borrows this store. Errors: not_found, malformed.
  [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index) const;
  [[nodiscard]] merkle::NodeReader nodes() const;

  /// Errors: not_found.
  [[nodiscard]] Result<StoredCheckpoint> latest_checkpoint() const;
  [[nodiscard]] Result<StoredCheckpoint> checkpoint(std::uint64_t size) const;
  /// In ascending order of size, from `from_size`.
  [[nodiscard]] Status scan_checkpoints(
      std::uint64_t from_size, const std::function<Status(const StoredCheckpoint&)>& visit) const;
  /// Replaces the note of its size, as when witnesses cosigned it. Not synced: a witness gives its
  /// line again. Errors: invalid_argument (not writable), io.
  [[nodiscard]] Status save_checkpoint(const StoredCheckpoint& checkpoint);

  /// Timestamps over the checkpoint of this size, in ascending order of digest.
  [[nodiscard]] Result<std::vector<StoredTimestamp>> timestamps(std::uint64_t size) const;
  /// All from this size on, in ascending order of size, then of digest. Whether their bytes are
  /// what they were is for the visitor to say. Errors: those of `visit`, malformed (a row's key).
  [[nodiscard]] Status scan_timestamps(
      std::uint64_t from_size, const std::function<Status(const StoredTimestamp&)>& visit) const;
  /// Keeps a response that the caller has verified; the same bytes again change nothing. Synced: no
  /// authority gives the same time twice. At most kTimestampSizeBytes.
  /// Errors: invalid_argument (not writable), limit, io, no_space.
  [[nodiscard]] Status save_timestamp(std::uint64_t size, std::string_view response);

  [[nodiscard]] Result<verify::AuthorStreams> author_streams() const;
  /// Where the submission with this key and id was recorded, if it was. Errors: malformed (id).
  [[nodiscard]] Result<std::optional<std::uint64_t>> find_submission(const Hash& author,
                                                                     std::string_view id) const;

  /// Addresses of the events about `subject`, oldest first.
  [[nodiscard]] Result<std::vector<EventId>> events_about(std::string_view subject) const;
  /// The log size at which `subject` was last touched (its last entry's index + 1); 0 for never.
  [[nodiscard]] Result<std::uint64_t> last_touched(std::string_view subject) const;

  /// As it lies there, which is not to say that the log leads to this state.
  /// Errors: not_found, malformed, tampered_hash (damaged).
  [[nodiscard]] Result<Snapshot> snapshot(std::string_view projection) const;
  /// Not synced: a lost snapshot is folded again. Errors: invalid_argument (not writable), io.
  [[nodiscard]] Status save_snapshot(std::string_view projection, const Snapshot& snapshot);

  /// Takes in a file. A crash leaves all of it or nothing; the same bytes again change nothing, but
  /// for a copy that has come to harm: that one is replaced.
  /// `expected`, if given, is what the bytes must hash to.
  /// Errors: invalid_argument (not writable), evidence_damaged (not as expected), io, no_space,
  /// those of `source`.
  [[nodiscard]] Result<StoredEvidence> put_evidence(const ByteSource& source,
                                                    const std::optional<Hash>& expected = {});
  /// Errors: not_found.
  [[nodiscard]] Result<EvidenceRecord> evidence(const Hash& digest) const;
  /// Streams the file out and hashes it on the way: what `sink` was given counts only if the answer
  /// is no error. Errors: not_found, evidence_damaged, those of `sink`.
  [[nodiscard]] Status read_evidence(const Hash& digest, const ByteSink& sink) const;
  /// In ascending order of digest.
  [[nodiscard]] Status scan_evidence(
      const std::function<Status(const Hash&, const EvidenceRecord&)>& visit) const;
  /// Removes the file's bytes from the disk, where the law demands it; the event that says so is
  /// the caller's to record first. Errors: not_found, invalid_argument (not writable), io.
  [[nodiscard]] Status erase_evidence(const Hash& digest);

  struct Impl;
  /// For the other files of this folder, and for tests (store_internal.hpp).
  [[nodiscard]] Impl& impl() const noexcept { return *impl_; }
  explicit Store(std::unique_ptr<Impl> impl) noexcept;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::store
