#pragma once

/// The part of an append that needs nothing but the submission and the known keys, so that callers'
/// threads do it side by side: form, digest, signatures.

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "ledger/store/writer.hpp"

namespace assay::store {

/// The keyring between the threads that check signatures and the one that appends. A checking
/// thread holds it for the time of a signature check, so one that waits to learn a key goes first:
/// a stream of checks would otherwise keep it out for ever. Thread word: thread-safe.
class SharedKeyring {
 public:
  SharedKeyring(verify::Keyring& keyring, VerifierFactory verifiers)
      : keyring_(keyring), verifiers_(std::move(verifiers)) {}

  /// Checks who signed. False when the author's key is not known yet: a submission that stands
  /// before this one in the queue may introduce it.
  /// Errors: tampered_signature; malformed and rejected (a key that it introduces).
  [[nodiscard]] Result<bool> check(const EntryView& entry);
  /// Takes in the keys of an entry that was placed.
  [[nodiscard]] Status learn(const SubmissionView& submission);

 private:
  [[nodiscard]] Result<bool> check_introducing(const EntryView& entry);

  verify::Keyring& keyring_;
  VerifierFactory verifiers_;
  std::mutex turnstile_;
  std::shared_mutex mutex_;
};

/// A submission that is in form. `entry` holds views into `text`, so this stays where it is.
struct Prepared {
  Prepared() = default;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  SignedSubmission given;                   ///< emptied by prepare()
  std::shared_ptr<const std::string> text;  ///< an entry around the submission, of no place yet
  EntryView entry;     ///< of `text`: submission and signatures are final, the rest is not
  std::string id_key;  ///< the row of Family::submissions
  bool signatures_checked = false;
};

/// Errors: as Writer::append, up to tampered_signature.
[[nodiscard]] Status prepare(Prepared& prepared, SharedKeyring& keyring);

}  // namespace assay::store
