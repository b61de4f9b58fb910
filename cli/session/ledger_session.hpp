#pragma once

/// A ledger directory as commands see it: the store, the states folded to its head, and, for
/// writing, the log's key. Everything is wired here: the store knows no keys, the keys no store.
/// Thread word: thread-compatible, but `append` is thread-safe.

#include <memory>

#include "cli/app.hpp"
#include "cli/session/envelope.hpp"
#include "ledger/merkle/tree.hpp"
#include "ledger/store/store.hpp"
#include "ledger/store/writer.hpp"
#include "ledger/verify/streams.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::cli {

class SessionLogKey;

struct WriteOptions {
  std::uint64_t wait_s = 0;                ///< --wait: for another writer to finish
  std::uint64_t max_clock_step_days = 92;  ///< --max-clock-step-days
  /// Where the record of what the log's key released is lost (adoption.hpp): --adopt-head,
  /// --adopt-pin.
  bool adopt_head = false;
  std::string adopt_pin;
};

/// Options of every command that writes: --wait, --max-clock-step-days, --adopt-head, --adopt-pin.
void add_write_options(CLI::App* command, WriteOptions& options);

/// A ledger to read, beside any writer, held against what keys of the key directory released of it.
/// Errors: those of the store; forked (an old copy of the directory, or another log in its place).
[[nodiscard]] Result<store::Store> open_for_reading(const Run& run);

/// The same for writing what the log's key does not sign: files and lines beside the log.
/// `wait_s`: for another writer to finish. Errors: as open_for_reading; locked.
[[nodiscard]] Result<store::Store> open_for_keeping(const Run& run, std::uint64_t wait_s);

class LedgerSession {
 public:
  /// For reading. Errors: those of open_for_reading.
  [[nodiscard]] static Result<LedgerSession> read(const Run& run);
  /// For the first entry of a new ledger, with the log's key at hand.
  [[nodiscard]] static Result<LedgerSession> begin(const Run& run, const Signer& log_key,
                                                   const std::string& log_key_name);
  /// For writing: unlocks the log's key, compares with the checkpoint released last, folds to the
  /// head. Errors: those of the store and of the key; forked (an old copy of the directory).
  [[nodiscard]] static Result<LedgerSession> write(const Run& run, const WriteOptions& options);

  /// For --dry-run: as `write`, but on a reader and without the log's key. What is appended is
  /// checked and placed in memory, and nothing is written or signed. Errors: those of the store.
  [[nodiscard]] static Result<LedgerSession> trial(const Run& run, const WriteOptions& options);

  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] const store::Store& store() const { return *store_; }
  [[nodiscard]] const projections::ProgrammeFold& fold() const { return *fold_; }
  /// For trials in memory; the store is not touched.
  [[nodiscard]] projections::ProgrammeFold& mutable_fold() { return *fold_; }
  [[nodiscard]] std::uint64_t size() const { return store_->size(); }
  [[nodiscard]] merkle::TreeHead head() const { return store_->head(); }
  [[nodiscard]] const std::string& origin() const { return store_->origin(); }
  [[nodiscard]] const Hash& log_id() const;

  /// States folded to exactly `size` entries.
  [[nodiscard]] Result<projections::ProgrammeFold> fold_at(const Run& run,
                                                           std::uint64_t size) const;
  /// The same from entry 0 on, whatever snapshot is kept.
  [[nodiscard]] Result<projections::ProgrammeFold> refold(const Run& run, std::uint64_t size) const;
  [[nodiscard]] Result<verify::StreamHead> stream_head(const Hash& key) const;

  /// What would refuse these events (canonical event objects) before anybody looks at who signed
  /// them; asked before they are signed. Errors: those of store::Writer::check_ready.
  [[nodiscard]] Status check_ready(const std::vector<std::string>& events);

  /// Hands a signed submission in. Errors: those of store::Writer::append.
  [[nodiscard]] Result<store::Receipt> append(const Envelope& envelope);
  /// The same for many of one author, in order and pipelined; stops at the first refusal, whose
  /// index is the number of receipts.
  struct Batch {
    std::vector<store::Receipt> receipts;
    std::optional<Error> stopped_by;
  };
  [[nodiscard]] Batch append_all(const std::vector<Envelope>& envelopes);
  /// A refusal of `submission` signed by the log's key. Errors: crypto.
  [[nodiscard]] Result<Envelope> refusal(std::string_view submission, const Error& reason) const;

  /// `ledger` member of every JSON answer.
  [[nodiscard]] Json summary() const;

  LedgerSession(LedgerSession&&) noexcept;
  LedgerSession& operator=(LedgerSession&&) noexcept;
  ~LedgerSession();

 private:
  struct Writing;
  LedgerSession(const Run& run, store::Store store);
  [[nodiscard]] Status start_writing(const Run& run, std::unique_ptr<store::LogKey> log_key,
                                     const WriteOptions& options, bool dry_run = false);

  Output* answer_;  ///< borrowed; its `ledger` member says where the session left the log
  // The order matters: the writer in `writing_` borrows the store and the fold.
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<projections::ProgrammeFold> fold_;
  std::unique_ptr<Writing> writing_;
};

/// The same for a store without a session. Errors: not_found (no entry yet).
[[nodiscard]] Result<Json> ledger_json(const store::Store& store);

}  // namespace assay::cli
