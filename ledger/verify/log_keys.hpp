#pragma once

/// The keys that sign checkpoints: the one in entry 0, and those that replaced it.
///
/// Every log key names the hash of the next one, so only a key that was committed to before can
/// become the log's key. A checkpoint over `n` entries is the log's when it is signed by a log key
/// that the first `n` entries name. From which entry on a new key is the only one, because enough
/// roots had agreed, is for `Rules` to say; where it does, the old key no longer counts from there.
/// Thread word: thread-compatible.

#include <set>
#include <string>
#include <vector>

#include "ledger/events/governance.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::verify {

struct LogKey {
  std::uint64_t entry = 0;  ///< that names it
  Hash key;
  Base64Bytes public_key;  ///< DER SubjectPublicKeyInfo
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(entry), CEREAL_NVP(key), CEREAL_NVP(public_key));
  }
  bool operator==(const LogKey&) const = default;
};

class LogKeys {
 public:
  void begin(const events::LedgerCreated& genesis);
  /// Errors: tampered_signature (nobody committed to this key before).
  [[nodiscard]] Status rotate(std::uint64_t entry, const events::LogKeyRotated& rotation);

  /// Whether a signature by `key` can make a checkpoint of `size` entries the log's own.
  [[nodiscard]] bool accepts(const Hash& key, std::uint64_t size) const noexcept;

  [[nodiscard]] const std::vector<LogKey>& all() const noexcept { return keys_; }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("committed", committed_), cereal::make_nvp("keys", keys_));
  }
  bool operator==(const LogKeys&) const = default;

 private:
  std::set<Hash> committed_;  // ids that some log key named as its successor
  std::vector<LogKey> keys_;  // in the order of the log
};

/// Which log key was in force when, from the beginning of the log: a checkpoint at a size where one
/// key took over may come from the one before, however much later it is looked at.
/// Thread word: thread-compatible.
class LogKeyHistory {
 public:
  /// `key` is the one in force once the log has `size` entries. Sizes ascend.
  void note(std::uint64_t size, const Hash& key);
  [[nodiscard]] bool empty() const noexcept { return spans_.empty(); }
  /// True for the key in force at `size`; at the very size at which one key takes over from
  /// another, for both, since the checkpoint there hands over.
  [[nodiscard]] bool in_force(const Hash& key, std::uint64_t size) const noexcept;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("spans", spans_));
  }
  bool operator==(const LogKeyHistory&) const = default;

 private:
  struct Span {
    Hash key;
    std::uint64_t size = 0;  ///< of the log, from which on the key is in force
    template <class Archive>
    void serialize(Archive& archive) {
      archive(CEREAL_NVP(key), CEREAL_NVP(size));
    }
    bool operator==(const Span&) const = default;
  };
  std::vector<Span> spans_;  // ascending by size
};

}  // namespace assay::verify
