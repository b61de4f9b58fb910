#pragma once

/// The append path: from signed submissions to durable entries with receipts.
///
/// In this order: size and canonical form → signatures → already recorded? the first receipt → the
/// log's identity → the author's stream → `seen` → the rules → a place in the log → one synced
/// batch → checkpoint signed and released → receipts. Submissions that arrive while a batch is
/// being synced share the next one (group commit); the threads that call do all the work.
///
/// An append is done, not done, or unknown. After an unknown one, and after every failure of what
/// follows it, the writer refuses everything: the ordinary start looks what became of it.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/signer.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/store/log_key.hpp"
#include "ledger/store/store.hpp"
#include "ledger/verify/keyring.hpp"
#include "ledger/verify/rules.hpp"

namespace assay::store {

/// What an author hands in.
struct SignedSubmission {
  std::string bytes;                       ///< exactly as signed
  std::vector<EntrySignature> signatures;  ///< in any order
};

/// What the log promises in return: the entry stands at `index`, under `checkpoint`.
struct Receipt {
  std::uint64_t index = 0;
  Hash leaf;
  Timestamp recorded_at;
  bool duplicate = false;  ///< the same events were recorded before; this is that entry
  std::uint64_t checkpoint_size = 0;
  std::string checkpoint;  ///< signed note of a size that contains the entry
};

struct WriterOptions {
  /// An append is refused while the clock is further ahead of the last entry: 92 days.
  std::int64_t clock_ahead_max_ms = 92LL * 24 * 60 * 60 * 1000;
  /// Check and place, but write, sign and release nothing. Receipts then have no checkpoint.
  bool dry_run = false;
};

/// What a writer works with; everything is borrowed for the writer's life.
struct WriterParts {
  Store& store;              ///< writable (or, for a dry run, a reader)
  verify::Rules& rules;      ///< has folded exactly the entries of `store`
  verify::Keyring& keyring;  ///< has learnt exactly the entries of `store`
  VerifierFactory verifiers;
  LogKey& log_key;
  std::function<Timestamp()> now;
};

class Writer;
struct WaitingSubmission;  // writer_internal.hpp

/// A submission's place in the queue. Giving the ticket up gives the place up.
/// Thread word: thread-compatible; finish it, or drop it, before its writer goes.
class Ticket {
 public:
  Ticket(Ticket&&) noexcept;
  Ticket& operator=(Ticket&&) noexcept;
  ~Ticket();

 private:
  friend class Writer;
  struct GiveUp {
    void operator()(WaitingSubmission* waiting) const noexcept;
  };
  using Owned = std::unique_ptr<WaitingSubmission, GiveUp>;
  explicit Ticket(Owned waiting) noexcept;
  Owned waiting_;
};

/// Thread word: thread-safe. It starts no thread.
class Writer {
 public:
  /// Holds the store against what the key released, and releases what was stored and not released
  /// before a kill. Errors: forked, invalid_argument (not writable), those of `log_key`, io.
  [[nodiscard]] static Result<Writer> open(const WriterParts& parts,
                                           const WriterOptions& options = {});

  /// Blocks until the submission is durable and released, or refused. Errors:
  ///   malformed, limit           fix the submission
  ///   tampered_signature         a signature is missing, wrong or too many
  ///   conflict                   its id was used for other events; its stream is elsewhere
  ///   rejected                   signed for another log, or breaks an invariant
  ///   forked                     its stream or what it saw is not of this log
  ///   unauthorised and others    as the rules say
  ///   clock                      the machine's clock is behind the log or far ahead of it
  ///   no_space, io               nothing was stored
  ///   outcome_unknown            open the ledger anew, and look
  [[nodiscard]] Result<Receipt> append(SignedSubmission submission);

  /// What would refuse these events now whoever had signed them: the clock, the room on the disk, a
  /// writer that stopped. An author asks before a sequence number is signed for nothing. Not beside
  /// appends that are under way. Of `submission` only the events are looked at. Errors: clock,
  /// no_space, outcome_unknown.
  [[nodiscard]] Status check_ready(const SubmissionView& submission);

  /// The same in two steps, for an author who keeps many in flight: entries come in the order of
  /// enqueue, which is cheap; finish does the work and may run on any thread, and side by side.
  /// finish waits for the submissions that were enqueued before it, so these must be finished, or
  /// given up, before it or on other threads.
  [[nodiscard]] Ticket enqueue(SignedSubmission submission);
  [[nodiscard]] Result<Receipt> finish(Ticket ticket);
  /// Finishes many on one thread, as one group where that is possible. Answers in their order.
  [[nodiscard]] std::vector<Result<Receipt>> finish_all(std::vector<Ticket> tickets);

  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  /// Nobody may be waiting any more.
  ~Writer();

  struct Impl;

 private:
  explicit Writer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::store
