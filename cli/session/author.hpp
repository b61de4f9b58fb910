#pragma once

/// An author at work: a key, its own record of what it signed in one log, and its outbox. A
/// signature leaves only after the record is durable; the ledger's view is compared with the record
/// and never believed over it. Thread word: thread-compatible.

#include <optional>

#include "cli/session/key_access.hpp"
#include "cli/session/outbox.hpp"
#include "keys/stream_record.hpp"
#include "ledger/verify/streams.hpp"

namespace assay::cli {

class Author {
 public:
  /// Unlocks the key and opens its record for the log; `log` is the log id, or the origin's hash
  /// while there is no log yet. Errors: those of the key and of its record.
  [[nodiscard]] static Result<Author> open(const Run& run, const std::string& key_name,
                                           const std::string& passphrase_from, const Hash& log);

  [[nodiscard]] const Hash& key_id() const { return key_->verifier().key_id(); }
  [[nodiscard]] const Signer& signer() const { return *key_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Where the key's stream stands by its own record.
  [[nodiscard]] verify::StreamHead head() const;
  /// Compares the record with the ledger's view of this key. Errors: forked, with both values.
  [[nodiscard]] Status compare(const verify::StreamHead& ledger) const;

  /// Fills in key, sequence and previous, writes the record and the outbox, and signs.
  /// Errors: limit, those of the record and the disk.
  [[nodiscard]] Result<Envelope> sign(SubmissionDraft draft);
  /// As `sign`, for many: the record is made durable once, before any signature leaves. `also` are
  /// keys that the events introduce; each signs the submission that does so, to prove possession.
  [[nodiscard]] Result<std::vector<Envelope>> sign_all(std::vector<SubmissionDraft> drafts,
                                                       const std::vector<const Signer*>& also = {});
  /// Signs a submission that was drafted elsewhere, if it is the next of this key's stream.
  /// Errors: malformed, forked (the record says otherwise), conflict (a gap).
  [[nodiscard]] Result<EntrySignature> sign_drafted(std::string_view submission);

  /// The log took `sequence` in; its envelope is no longer needed.
  Status settle(std::uint64_t sequence) { return outbox_.settle(sequence); }
  [[nodiscard]] Result<std::vector<Unsettled>> unsettled() const { return outbox_.unsettled(); }
  /// The log refused the last submission for good: its sequence number is free again, `refusal` is
  /// kept, and the next submission under that number names `refused` in `author.voids`.
  Status retract(const Hash& refused, const Envelope& refusal);

  /// Adopts the genesis submission, which was signed under the origin, as number 0 of the log.
  Status adopt_genesis(const Hash& digest);

 private:
  Author(std::string name, std::unique_ptr<keys::PrivateKey> key, keys::StreamRecord record,
         Outbox outbox)
      : name_(std::move(name)),
        key_(std::move(key)),
        record_(std::move(record)),
        outbox_(std::move(outbox)) {}
  [[nodiscard]] Result<EntrySignature> signature_of(std::string_view submission) const;

  std::string name_;
  std::unique_ptr<keys::PrivateKey> key_;
  keys::StreamRecord record_;
  Outbox outbox_;
};

/// Whether a submission that was drafted elsewhere is the next one, or the last one again, of the
/// key `key` that stands at `own`. A submission of another author is no matter of this key's
/// stream. Errors: malformed, forked (the record says otherwise).
[[nodiscard]] Status check_drafted(std::string_view submission, const Hash& key,
                                   const verify::StreamHead& own);

/// Holds a key's own record against the ledger's view of its stream. Errors: forked, with both.
[[nodiscard]] Status compare_streams(const std::string& key_name, const verify::StreamHead& own,
                                     const verify::StreamHead& ledger);

/// The stream of a key by its own record, without unlocking or locking anything: for trials.
/// Errors: those of the record.
[[nodiscard]] Result<verify::StreamHead> peek_stream(const Run& run, const std::string& key_name,
                                                     const Hash& key, const Hash& log);

}  // namespace assay::cli
