#include "cli/session/trial.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/session/author.hpp"
#include "cli/session/key_access.hpp"
#include "cli/session/outbox.hpp"
#include "cli/session/recording.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kNoSignature = "-";

/// The entry that would come next, with a mark where signatures would stand.
Result<std::string> trial_entry(const Run& run, const LedgerSession& session, const Hash& key,
                                std::uint64_t index, const verify::StreamHead& stream,
                                std::vector<std::string> events) {
  SubmissionDraft draft;
  draft.key = key;
  draft.sequence = stream.count;
  draft.previous = stream.last;
  draft.events = std::move(events);
  draft.log = session.log_id().hex();
  draft.seen = Seen{session.head().root, session.head().size};
  draft.id = random_uuid(run.context);
  ASSAY_TRY(const std::string submission, format_submission(draft));
  return format_entry(index, Hash{}, run.context.now(), {{key, std::string(kNoSignature)}},
                      submission);
}

/// The real thing would sign nothing while the key's own record and the ledger disagree.
Status compare_record(const Run& run, const LedgerSession& session, const std::string& key_name) {
  ASSAY_TRY(const auto verifier, keys::load_public_key(run.globals.keys, key_name));
  ASSAY_TRY(const verify::StreamHead own,
            peek_stream(run, key_name, verifier->key_id(), session.log_id()));
  ASSAY_TRY(const verify::StreamHead ledger, session.stream_head(verifier->key_id()));
  return compare_streams(key_name, own, ledger);
}

/// What would come in before the events.
Status tell_waiting(const Run& run, const LedgerSession& session, const std::string& key_name) {
  ASSAY_TRY(const std::uint64_t waiting, count_waiting(run, session, key_name));
  if (waiting == 0) return compare_record(run, session, key_name);
  run.out.line(fmt::format("would first hand in {} submission{} that key {} signed before", waiting,
                           waiting == 1 ? "" : "s", key_name));
  run.out.member("waiting_submissions") = waiting;
  return {};
}

}  // namespace

Result<std::uint64_t> count_waiting(const Run& run, const LedgerSession& session,
                                    const std::string& key_name) {
  const Outbox outbox(run.globals.keys, key_name, session.log_id());
  ASSAY_TRY(const std::vector<Unsettled> waiting, outbox.unsettled());
  ASSAY_TRY(const auto verifier, keys::load_public_key(run.globals.keys, key_name));
  ASSAY_TRY(const verify::StreamHead own,
            peek_stream(run, key_name, verifier->key_id(), session.log_id()));
  // One that the record does not know was never used, and is thrown away.
  return static_cast<std::uint64_t>(
      std::count_if(waiting.begin(), waiting.end(),
                    [&](const Unsettled& submission) { return submission.sequence < own.count; }));
}

Status try_in(const Run& run, LedgerSession& session, const std::string& key_name,
              const std::vector<std::string>& events) {
  ASSAY_TRY(const auto verifier, keys::load_public_key(run.globals.keys, key_name));
  ASSAY_CHECK(session.check_ready(events));
  ASSAY_TRY(verify::StreamHead stream, session.stream_head(verifier->key_id()));
  std::uint64_t index = session.fold().size();
  for (std::vector<std::string>& submission : into_submissions(events)) {
    ASSAY_TRY(const std::string bytes,
              trial_entry(run, session, verifier->key_id(), index, stream, std::move(submission)));
    EntryView view;
    ASSAY_CHECK(parse_entry(bytes, view));
    const auto objections = session.mutable_fold().admit(view, verify::OnObjection::refuse);
    if (!objections.empty()) return std::unexpected(objections.front().error);
    stream = {stream.count + 1, submission_digest(view.submission.bytes), 0};
    ++index;
  }
  return {};
}

Status try_events(const Run& run, const std::string& key_name,
                  const std::vector<std::string>& events,
                  const std::vector<std::string>& possession, const WriteOptions& options) {
  for (const std::string& name : possession) {
    ASSAY_TRY(const auto introduced, keys::load_public_key(run.globals.keys, name));
  }
  ASSAY_TRY(LedgerSession session, LedgerSession::trial(run, options));
  ASSAY_CHECK(tell_waiting(run, session, key_name));
  return try_in(run, session, key_name, events);
}

}  // namespace assay::cli
