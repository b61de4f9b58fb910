#pragma once

/// The checkpoints that a source keeps, held against the entries: who signed them, and whether the
/// tree had their roots. Thread word: thread-compatible.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/format/checkpoint.hpp"
#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/log_keys.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

/// The log's keys as its entries have them. All borrowed.
struct LogKeysFound {
  const std::string& origin;
  const LogKeys& keys;
  const LogKeyHistory* history = nullptr;  ///< null where no rules follow the log's key
};

/// The same, ready to verify notes. Objects to those that cannot (log_signature). Thread word:
/// immutable, const calls from any thread.
class LogKeyVerifiers {
 public:
  LogKeyVerifiers(const LogKeysFound& found, const VerifierFactory& factory, ClaimBook& book);
  [[nodiscard]] bool empty() const noexcept { return keys_.empty(); }
  /// Opens a note as a checkpoint that one of these keys signed while it was the log's key. Witness
  /// lines count where `witnesses` knows their keys.
  /// Errors: as open_checkpoint.
  [[nodiscard]] Result<OpenedCheckpoint> open(
      std::string_view note, const std::vector<const NoteVerifier*>& witnesses = {}) const;

 private:
  struct Key {
    Hash key;
    std::unique_ptr<NoteVerifier> verifier;
  };
  LogKeysFound found_;
  std::vector<Key> keys_;
};

class CheckpointList {
 public:
  struct Kept {
    std::string note;
    Checkpoint stated;         ///< what the text says; to be believed once `good`
    std::optional<Hash> root;  ///< that the entries have at this size, once the walk was there
    bool good = false;         ///< signed by the log's key
  };

  /// Reads the notes, without believing anything. Those below `start_size` belong to the run that
  /// was there and are left out. A note that does not parse is objected to (log_signature).
  CheckpointList(const std::vector<std::string>& notes, std::uint64_t start_size, ClaimBook& book);

  /// The tree has reached `size`. True when a checkpoint of that size states `root`.
  bool reached(std::uint64_t size, const Hash& root);
  /// Size of the largest checkpoint that does not lie beyond `size`; nothing where there is none.
  [[nodiscard]] std::optional<std::uint64_t> largest_up_to(std::uint64_t size) const noexcept;

  /// After the walk: checks every signature.
  void check_signatures(const LogKeyVerifiers& keys, std::size_t threads, ClaimBook& book);
  /// After `check_signatures`: holds the roots of good checkpoints against those of the entries, of
  /// which the source has `log_size`.
  void check_roots(const Source& source, std::uint64_t log_size, ClaimBook& book) const;

  [[nodiscard]] const std::vector<Kept>& all() const noexcept { return kept_; }
  /// The largest good checkpoint whose root the entries have; null where there is none.
  [[nodiscard]] const Kept* sealed() const noexcept;
  [[nodiscard]] std::uint64_t good_count() const noexcept;

 private:
  std::vector<Kept> kept_;  // ascending by size
};

}  // namespace assay::verify
