#pragma once

/// From events to receipts: split into submissions, sign, hand in, and keep the author's record,
/// the outbox and the log in step whatever happens in between.

#include "cli/session/author.hpp"
#include "cli/session/ledger_session.hpp"

namespace assay::cli {

struct RecordingOptions {
  /// Idempotency key of the only submission; random when empty.
  std::string submission_id;
  /// `expect` of the (first) submission.
  std::vector<std::pair<std::string, std::uint64_t>> expect;
  /// Further keys that sign: proof of possession of the keys that the events introduce.
  std::vector<const Signer*> possession;
  /// Called with the number of events recorded so far.
  std::function<void(std::uint64_t)> progress;
};

struct RecordedBatch {
  std::vector<store::Receipt> receipts;
  std::vector<std::size_t> event_counts;  ///< of each submission
};

/// What an author said earlier and never got a receipt for is handed in first; then the author's
/// record is compared with the log. Errors: forked, and those of append.
[[nodiscard]] Status settle_outbox(const Run& run, LedgerSession& session, Author& author);

/// Records `events` (canonical event objects), in order, in as few submissions as they fit.
/// When the log refuses one for good, its sequence number is taken back with the log's signed
/// refusal, so that the author can go on. Errors: those of append, with what was recorded before in
/// the message.
[[nodiscard]] Result<RecordedBatch> record_events(const Run& run, LedgerSession& session,
                                                  Author& author,
                                                  const std::vector<std::string>& events,
                                                  const RecordingOptions& options);

/// Cuts events into submissions: at most 57,344 bytes with everything around them.
[[nodiscard]] std::vector<std::vector<std::string>> into_submissions(
    const std::vector<std::string>& events);

/// What this program does not know is "not checked" to somebody who reads a log. To somebody who
/// hands it in, it is input that is not taken.
[[nodiscard]] Error as_refused_input(Error error);

/// For people a line an event; for --json the member `receipts`, or, where the answer is a stream,
/// one record a submission.
void show_receipts(const Run& run, const RecordedBatch& batch,
                   const std::vector<std::string>& events);

}  // namespace assay::cli
