#include "cli/session/recording.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

/// Left of a submission for everything around its events.
constexpr std::size_t kEventsSizeBytes = 55'000;
constexpr std::size_t kEventsPerBatch = 256;

bool refused_for_good(const Error& error) {
  switch (error.code) {
    case Errc::rejected:
    case Errc::malformed:
    case Errc::limit:
    case Errc::unauthorised:
    case Errc::unsupported:
    case Errc::conflict:
    case Errc::tampered_signature: return true;
    default: return false;
  }
}

/// Nothing was stored, and the same submission could be taken another time: no fault of its own.
bool nothing_was_stored(const Error& error) {
  return error.code == Errc::clock || error.code == Errc::no_space;
}

/// What was signed is not lost and not undone: whoever reads the error must know that it will come.
Error still_waits(Error error, const Author& author, std::uint64_t first, std::uint64_t count) {
  error.message += fmt::format(
      "; submission {} of key {} is signed{} and waits: the next command that records with this "
      "key "
      "hands it in first",
      first, author.name(), count > 1 ? fmt::format(", with {} after it,", count - 1) : "");
  return error;
}

Error said_before(const store::Receipt& receipt) {
  return {Errc::conflict,
          fmt::format("these events were recorded before, in entry {}", receipt.index),
          {},
          std::nullopt};
}

/// Takes the sequence numbers of `envelopes` from the last back to number `from` back, so that the
/// author is not stuck behind a submission that will never be in the log.
Status take_back(LedgerSession& session, Author& author, const std::vector<Envelope>& envelopes,
                 std::size_t from, const Error& reason) {
  for (std::size_t i = envelopes.size(); i > from; --i) {
    const Envelope& refused = envelopes[i - 1];
    ASSAY_TRY(const Envelope refusal, session.refusal(refused.payload, reason));
    ASSAY_CHECK(author.retract(submission_digest(refused.payload), refusal));
  }
  return {};
}

Status check_ready(LedgerSession& session, const std::vector<std::vector<std::string>>& submissions,
                   std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) ASSAY_CHECK(session.check_ready(submissions[i]));
  return {};
}

Error after_others(Error error, std::uint64_t recorded) {
  if (recorded > 0) error.message += fmt::format(" ({} events before it were recorded)", recorded);
  return error;
}

SubmissionDraft draft_of(const Run& run, const LedgerSession& session,
                         std::vector<std::string> events) {
  SubmissionDraft draft;
  draft.events = std::move(events);
  draft.log = session.log_id().hex();
  draft.seen = Seen{session.head().root, session.head().size};
  draft.id = random_uuid(run.context);
  return draft;
}

}  // namespace

Error as_refused_input(Error error) {
  if (error.code == Errc::unsupported) error.code = Errc::rejected;
  return error;
}

std::vector<std::vector<std::string>> into_submissions(const std::vector<std::string>& events) {
  std::vector<std::vector<std::string>> submissions;
  std::size_t size_bytes = 0;
  for (const std::string& event : events) {
    const bool full = submissions.empty() || size_bytes + event.size() > kEventsSizeBytes ||
                      submissions.back().size() == kEventsPerBatch;
    if (full) {
      submissions.emplace_back();
      size_bytes = 0;
    }
    submissions.back().push_back(event);
    size_bytes += event.size() + 1;
  }
  return submissions;
}

Status settle_outbox(const Run& run, LedgerSession& session, Author& author) {
  ASSAY_TRY(const std::vector<Unsettled> waiting, author.unsettled());
  const std::uint64_t signed_count = author.head().count;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    const Unsettled& submission = waiting[i];
    if (submission.sequence >= signed_count) {
      // The record never became durable, so this signature was never used.
      ASSAY_CHECK(author.settle(submission.sequence));
      continue;
    }
    auto receipt = session.append(submission.envelope);
    ASSAY_TRY(const verify::StreamHead ledger, session.stream_head(author.key_id()));
    if (receipt && ledger.count > submission.sequence) {
      run.out.note(fmt::format("handed in what was signed before and had no receipt: entry {}",
                               receipt->index));
      ASSAY_CHECK(author.settle(submission.sequence));
      continue;
    }
    Error error = receipt ? said_before(*receipt) : std::move(receipt).error();
    if (!refused_for_good(error)) {
      return std::unexpected(still_waits(std::move(error), author, submission.sequence,
                                         signed_count - submission.sequence));
    }
    // What was signed after a refused submission cannot enter the log either.
    std::vector<Envelope> later;
    for (std::size_t j = i; j < waiting.size(); ++j) {
      if (waiting[j].sequence < signed_count) later.push_back(waiting[j].envelope);
    }
    ASSAY_CHECK(take_back(session, author, later, 0, error));
    run.out.warn("a submission that was signed before was refused: " + shown(error.message));
    break;
  }
  ASSAY_TRY(const verify::StreamHead ledger, session.stream_head(author.key_id()));
  return author.compare(ledger);
}

Result<RecordedBatch> record_events(const Run& run, LedgerSession& session, Author& author,
                                    const std::vector<std::string>& events,
                                    const RecordingOptions& options) {
  ASSAY_CHECK(settle_outbox(run, session, author));
  RecordedBatch batch;
  std::uint64_t recorded = 0;
  // A few submissions at a time: enough to share a sync, few enough to lose little when one is
  // refused.
  constexpr std::size_t kInFlight = 16;
  const auto submissions = into_submissions(events);
  for (std::size_t at = 0; at < submissions.size(); at += kInFlight) {
    std::vector<SubmissionDraft> drafts;
    for (std::size_t i = at; i < std::min(at + kInFlight, submissions.size()); ++i) {
      drafts.push_back(draft_of(run, session, submissions[i]));
    }
    if (at == 0 && !options.submission_id.empty()) drafts.front().id = options.submission_id;
    if (at == 0) drafts.front().expect = options.expect;
    // A clock or a disk that would refuse the events must not cost a signature.
    if (Status ready = check_ready(session, submissions, at, at + drafts.size()); !ready) {
      return std::unexpected(after_others(std::move(ready).error(), recorded));
    }
    ASSAY_TRY(const std::vector<Envelope> envelopes,
              author.sign_all(std::move(drafts), options.possession));
    LedgerSession::Batch done = session.append_all(envelopes);
    const std::uint64_t first = author.head().count - envelopes.size();
    std::size_t taken = 0;
    for (; taken < done.receipts.size(); ++taken) {
      store::Receipt& receipt = done.receipts[taken];
      batch.event_counts.push_back(submissions[at + taken].size());
      recorded += submissions[at + taken].size();
      const bool duplicate = receipt.duplicate;
      batch.receipts.push_back(std::move(receipt));
      if (duplicate) break;  // the log has these events from before; this signature adds nothing
      ASSAY_CHECK(author.settle(first + taken));
    }
    if (taken < envelopes.size()) {
      const bool duplicate = taken < done.receipts.size();
      Error error = duplicate ? said_before(batch.receipts.back())
                              : as_refused_input(std::move(*done.stopped_by));
      if (refused_for_good(error) || nothing_was_stored(error)) {
        ASSAY_CHECK(take_back(session, author, envelopes, taken, error));
      } else {
        error = still_waits(std::move(error), author, first + taken, envelopes.size() - taken);
      }
      if (duplicate) return batch;
      return std::unexpected(after_others(std::move(error), recorded));
    }
    if (options.progress) options.progress(recorded);
  }
  return batch;
}

void show_receipts(const Run& run, const RecordedBatch& batch,
                   const std::vector<std::string>& events) {
  Json receipts = Json::array();
  std::size_t event = 0;
  for (std::size_t i = 0; i < batch.receipts.size(); ++i) {
    const store::Receipt& receipt = batch.receipts[i];
    receipts.push_back({{"entry", receipt.index},
                        {"events", batch.event_counts[i]},
                        {"leaf_hash", receipt.leaf.hex()},
                        {"recorded_at", receipt.recorded_at.text()},
                        {"duplicate", receipt.duplicate}});
    for (std::size_t position = 0; position < batch.event_counts[i]; ++position, ++event) {
      if (event >= 40 && event + 3 < events.size()) {
        if (event == 40) run.out.line(fmt::format("… {} more", events.size() - event - 3));
        continue;
      }
      EventView view;
      CanonicalReader reader(events[event]);
      if (!read_event(reader, view)) continue;
      run.out.line(fmt::format("{} {}  {}  {}", receipt.duplicate ? "already recorded" : "recorded",
                               run.out.bold(EventId{receipt.index, position}.text()), view.type,
                               shown(view.subject)));
    }
  }
  if (!run.out.is_stream()) {
    run.out.member("receipts") = std::move(receipts);
    return;
  }
  for (Json& receipt : receipts) run.out.record("receipt", std::move(receipt));
}

}  // namespace assay::cli
