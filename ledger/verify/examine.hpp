#pragma once

/// What can be found out about an entry without its neighbours: its form, its hashes, its
/// signatures. This is nearly all of the work, and entries do not depend on each other here, so
/// threads share it.

#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "ledger/verify/keyring.hpp"
#include "ledger/verify/notables.hpp"

namespace assay::verify {

/// The keys of the log so far: one thread learns, the others look up. Thread word: thread-safe.
class SharedKeyring {
 public:
  explicit SharedKeyring(VerifierFactory factory) : keyring_(std::move(factory)) {}
  /// What it points to lives as long as the keyring.
  [[nodiscard]] const Verifier* find(const Hash& key) const {
    const std::shared_lock lock(mutex_);
    return keyring_.find(key);
  }
  [[nodiscard]] Status add(const Hash& key, std::string_view spki) {
    const std::unique_lock lock(mutex_);
    return keyring_.add(key, spki);
  }
  [[nodiscard]] std::map<Hash, Base64Bytes> known() const {
    const std::shared_lock lock(mutex_);
    return keyring_.known();
  }

 private:
  mutable std::shared_mutex mutex_;
  Keyring keyring_;
};

enum class Signatures : std::uint8_t {
  good,
  bad,
  waiting,  ///< by a key that no earlier entry looked at so far has introduced
};

/// One entry, examined. Objects are used again from entry to entry and keep their capacity.
struct Examined {
  std::uint64_t index = 0;          ///< the place that the source gave it
  bool absent = false;              ///< the source has no such bytes
  std::optional<Error> unreadable;  ///< absent, or not in canonical form
  std::string bytes;                ///< kept only where somebody needs `entry`'s views later
  EntryView entry;                  ///< without its events, unless `bytes` is kept
  std::uint64_t event_count = 0;
  std::size_t size_bytes = 0;
  Hash leaf;        ///< of the bytes, whatever they say
  Hash digest;      ///< of the submission
  std::string log;  ///< submission.log
  std::vector<Notable> notables;
  NamedFiles files;
  std::optional<Error> undecodable;  ///< an event is unknown here, or a notable one does not decode
  Signatures signatures = Signatures::waiting;
  std::optional<Error> signature_error;
  std::string message;  ///< what was signed, where signatures wait
};

/// How much to keep.
enum class Keep : std::uint8_t { values, bytes };

/// Examines `bytes` as the entry at `index`. `scratch` is any string of the calling thread.
void examine(std::uint64_t index, std::string_view bytes, const SharedKeyring& keys, Keep keep,
             std::string& scratch, Examined& out);

/// Marks the entry at `index` as one that could not be had. `error` is evidence (source.hpp).
void examine_absent(std::uint64_t index, Error error, Examined& out);

}  // namespace assay::verify
