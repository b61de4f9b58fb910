#include "cli/session/trial.hpp"

#include "cli/session/key_access.hpp"
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

}  // namespace

Status try_events(const Run& run, const std::string& key_name,
                  const std::vector<std::string>& events,
                  const std::vector<std::string>& possession) {
  ASSAY_TRY(const auto verifier, keys::load_public_key(run.globals.keys, key_name));
  for (const std::string& name : possession) {
    ASSAY_TRY(const auto introduced, keys::load_public_key(run.globals.keys, name));
  }
  ASSAY_TRY(LedgerSession session, LedgerSession::read(run));
  ASSAY_TRY(verify::StreamHead stream, session.stream_head(verifier->key_id()));
  std::uint64_t index = session.size();
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

}  // namespace assay::cli
