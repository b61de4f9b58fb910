#pragma once

/// What a witness must never forget: of each log, the checkpoint that it cosigned last. A directory
/// with a RocksDB database of its own, apart from any ledger. It is bound to one key: what one key
/// cosigned must not be forgotten by starting anew under it.
///
///   DIR/witness.json   {"format":1,"key":"<key id>","kind":"assay_witness","name":"<name>"}
///   DIR/db             rows, see witness_store.cpp
///   DIR/lock           one process at a time writes; any number read beside it
///
/// Never restore such a directory from a backup: the witness would cosign what it has contradicted
/// before. A witness that lost its directory begins anew, with a new key and a new name.
///
/// Thread word: thread-safe.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay::store {

/// Who a witness is.
struct WitnessIdentity {
  std::string name;  ///< of its key, in signature lines
  Hash key;          ///< SHA-256 of the DER public key
  bool operator==(const WitnessIdentity&) const = default;
};

/// A log as a witness knows it; notes are verbatim.
struct WitnessedLog {
  std::string origin;
  std::optional<std::string> checkpoint;     ///< the last that was cosigned, with the cosignature
  std::optional<std::string> fork_evidence;  ///< the first that was found
};

class WitnessStore {
 public:
  /// Makes a witness without memory. Errors: conflict (the directory holds something), io,
  /// no_space, invalid_argument (name).
  [[nodiscard]] static Status create(const std::string& directory, const WitnessIdentity& who);
  /// Errors: not_found, unsupported (newer format), locked, tampered_hash (damaged), io, no_space.
  [[nodiscard]] static Result<WitnessStore> open_writable(const std::string& directory);
  /// What was there when it was opened. Errors: as open_writable, but for locked and no_space.
  [[nodiscard]] static Result<WitnessStore> open_reader(const std::string& directory);

  WitnessStore(WitnessStore&&) noexcept;
  WitnessStore& operator=(WitnessStore&&) noexcept;
  ~WitnessStore();

  [[nodiscard]] const WitnessIdentity& identity() const noexcept;

  /// `decide` is handed the checkpoint of `origin` that was cosigned last, and answers the one that
  /// takes its place. It runs under a lock of that origin, and its answer is on the disk before
  /// this returns: so checking and storing are one step. Its errors are handed on, and nothing is
  /// stored then. Errors: outcome_unknown (nothing is stored any more until it is opened anew), io,
  /// invalid_argument (not writable).
  using Decide = std::function<Result<std::string>(const std::optional<std::string>& latest)>;
  [[nodiscard]] Status replace(std::string_view origin, const Decide& decide);

  /// By the origin's SHA-256, which is how the read side is asked. Errors: not_found, io.
  [[nodiscard]] Result<std::string> checkpoint(const Hash& origin_hash) const;

  /// Keeps the first evidence of an origin; later ones say no more. Synced. Errors: as replace.
  [[nodiscard]] Status keep_fork_evidence(std::string_view origin, std::string_view evidence);

  /// Every log of which something is kept, by the hash of its origin. Errors: io, tampered_hash.
  [[nodiscard]] Status scan(const std::function<Status(const WitnessedLog&)>& visit) const;

 private:
  struct Impl;
  explicit WitnessStore(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::store
