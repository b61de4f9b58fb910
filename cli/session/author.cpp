#include "cli/session/author.hpp"

#include <algorithm>

#include "ledger/format/dsse.hpp"
#include "ledger/verify/keyring.hpp"

namespace assay::cli {
namespace {

constexpr std::uint32_t kRecordWaitMs = 10'000;

/// A submission carries the signatures of the keys that its own events introduce, and no others.
Status prove_possession(Envelope& envelope, const std::vector<const Signer*>& keys) {
  if (keys.empty()) return {};
  SubmissionView submission;
  ASSAY_CHECK(parse_submission(envelope.payload, submission));
  ASSAY_TRY(const auto introduced, verify::Keyring::introduced(submission));
  std::string message;
  append_pae(message, kSubmissionPayloadType, envelope.payload);
  for (const Signer* const key : keys) {
    const Hash& id = key->verifier().key_id();
    if (std::ranges::none_of(introduced, [&](const auto& by) { return by.first == id; })) continue;
    ASSAY_TRY(std::string possession, key->sign(message));
    envelope.signatures.push_back({id, std::move(possession)});
  }
  return {};
}

std::string stands_at(const verify::StreamHead& head) {
  return head.count == 0 ? "nothing"
                         : std::to_string(head.count) + " submissions, the last " + head.last.hex();
}

}  // namespace

Result<Author> Author::open(const Run& run, const std::string& key_name,
                            const std::string& passphrase_from, const Hash& log) {
  if (key_name.empty()) {
    return fail(Errc::invalid_argument, "no key was named",
                "say --key NAME; `assay key list` lists them");
  }
  ASSAY_TRY(std::unique_ptr<keys::PrivateKey> key, unlock(run, key_name, passphrase_from));
  ASSAY_TRY(keys::StreamRecord record,
            keys::StreamRecord::open(
                {run.globals.keys, key_name, {log, key->verifier().key_id()}, kRecordWaitMs}));
  return Author(key_name, std::move(key), std::move(record),
                Outbox(run.globals.keys, key_name, log));
}

verify::StreamHead Author::head() const {
  const auto last = record_.last();
  return last ? verify::StreamHead{last->sequence + 1, last->hash, 0} : verify::StreamHead{};
}

Status Author::compare(const verify::StreamHead& ledger) const {
  return compare_streams(name_, head(), ledger);
}

Status compare_streams(const std::string& key_name, const verify::StreamHead& own,
                       const verify::StreamHead& ledger) {
  if (own.count == ledger.count && own.last == ledger.last) return {};
  return fail(
      Errc::forked,
      "the record of key " + key_name + " and the ledger disagree: the key signed " +
          stands_at(own) + "; the ledger holds " + stands_at(ledger),
      own.count > ledger.count
          ? "the ledger may have been restored from an old copy: compare its checkpoint with "
            "one that somebody kept (assay verify --pin)"
          : "this key may be in use in a second place, or its record is an old copy; nothing "
            "was signed");
}

Result<EntrySignature> Author::signature_of(std::string_view submission) const {
  std::string message;
  append_pae(message, kSubmissionPayloadType, submission);
  ASSAY_TRY(std::string signature, key_->sign(message));
  return EntrySignature{key_id(), std::move(signature)};
}

Result<Envelope> Author::sign(SubmissionDraft draft) {
  std::vector<SubmissionDraft> one;
  one.push_back(std::move(draft));
  ASSAY_TRY(std::vector<Envelope> envelopes, sign_all(std::move(one)));
  return std::move(envelopes.front());
}

Result<std::vector<Envelope>> Author::sign_all(std::vector<SubmissionDraft> drafts,
                                               const std::vector<const Signer*>& also) {
  std::vector<Envelope> envelopes;
  verify::StreamHead at = head();
  const std::uint64_t first = at.count;
  for (SubmissionDraft& draft : drafts) {
    draft.key = key_id();
    draft.sequence = at.count;
    draft.previous = at.last;
    ASSAY_TRY(draft.voids, outbox_.refused(at.count));
    ASSAY_TRY(std::string bytes, format_submission(draft));
    // What the log could not read must not take a sequence number.
    SubmissionView readable;
    ASSAY_CHECK(parse_submission(bytes, readable));
    ASSAY_TRY(EntrySignature signature, signature_of(bytes));
    at = {at.count + 1, submission_digest(bytes), 0};
    Envelope& envelope = envelopes.emplace_back(
        Envelope{std::string(kSubmissionPayloadType), std::move(bytes), {signature}});
    ASSAY_CHECK(prove_possession(envelope, also));
  }
  // The outbox comes before the record: a sequence number that the record knows can then always be
  // handed in, and an envelope whose number the record does not know was never used.
  for (std::size_t i = 0; i < envelopes.size(); ++i) {
    ASSAY_CHECK(outbox_.settle(first + i));
    ASSAY_CHECK(outbox_.put(first + i, envelopes[i]));
    ASSAY_CHECK(record_.advance(first + i, submission_digest(envelopes[i].payload)));
  }
  ASSAY_CHECK(record_.sync());
  return envelopes;
}

Result<EntrySignature> Author::sign_drafted(std::string_view submission) {
  ASSAY_CHECK(check_drafted(submission, key_id(), head()));
  SubmissionView view;
  ASSAY_CHECK(parse_submission(submission, view));
  if (view.key == key_id()) {
    ASSAY_CHECK(record_.advance(view.sequence, submission_digest(submission)));
    ASSAY_CHECK(record_.sync());
  }
  return signature_of(submission);
}

Status Author::retract(const Hash& refused, const Envelope& refusal) {
  const auto last = record_.last();
  if (!last || last->hash != refused) {
    return fail(Errc::conflict, "the refused submission is not the last that this key signed");
  }
  SubmissionView view;
  ASSAY_TRY(const std::vector<Unsettled> waiting, unsettled());
  std::optional<keys::StreamPosition> previous;
  for (const Unsettled& submission : waiting) {
    if (submission.sequence != last->sequence) continue;
    ASSAY_CHECK(parse_submission(submission.envelope.payload, view));
    if (view.sequence > 0) previous = keys::StreamPosition{view.sequence - 1, view.previous};
  }
  if (last->sequence > 0 && !previous) {
    return fail(Errc::conflict, "the refused submission is no longer in the outbox");
  }
  ASSAY_CHECK(outbox_.put_refusal(last->sequence, refusal));
  ASSAY_CHECK(record_.retreat(refused, previous));
  ASSAY_CHECK(record_.sync());
  return outbox_.settle(last->sequence);
}

Status Author::adopt_genesis(const Hash& digest) {
  ASSAY_CHECK(record_.advance(0, digest));
  return record_.sync();
}

Status check_drafted(std::string_view submission, const Hash& key, const verify::StreamHead& own) {
  SubmissionView view;
  ASSAY_CHECK(parse_submission(submission, view));
  if (view.key != key) return {};
  const bool again =
      own.count > 0 && view.sequence + 1 == own.count && submission_digest(submission) == own.last;
  if (again || (view.sequence == own.count && view.previous == own.last)) return {};
  return fail(Errc::forked,
              "the draft says sequence " + std::to_string(view.sequence) + " after " +
                  view.previous.hex() + "; this key's own record says " + stands_at(own),
              "the draft is old, or the ledger it was made on is not the one this key signed for");
}

Result<verify::StreamHead> peek_stream(const Run& run, const std::string& key_name, const Hash& key,
                                       const Hash& log) {
  ASSAY_TRY(const auto last, keys::StreamRecord::peek({run.globals.keys, key_name, {log, key}, 0}));
  return last ? verify::StreamHead{last->sequence + 1, last->hash, 0} : verify::StreamHead{};
}

}  // namespace assay::cli
