#include <algorithm>

#include "ledger/base/limits.hpp"
#include "ledger/store/prepare_internal.hpp"
#include "ledger/store/schema_internal.hpp"

namespace assay::store {
namespace {

/// Puts an entry around the submission and reads that, because an entry's limits are what counts in
/// the end: what is accepted here must be readable for ever.
Status read_form(Prepared& prepared) {
  SignedSubmission given = std::move(prepared.given);
  SubmissionView alone;
  if (given.bytes.size() > limits::kSubmissionSizeBytes) {
    return parse_submission(given.bytes, alone);
  }
  if (given.signatures.size() > limits::kSignaturesPerEntry) {
    return fail(Errc::limit, std::to_string(given.signatures.size()) +
                                 " signatures; an entry has at most " +
                                 std::to_string(limits::kSignaturesPerEntry));
  }
  const auto last_index = static_cast<std::uint64_t>(limits::kIntegerMax);
  ASSAY_TRY(std::string text,
            format_entry(last_index, Hash{}, Timestamp{}, given.signatures, given.bytes));
  prepared.text = std::make_shared<const std::string>(std::move(text));
  Status whole = parse_entry(*prepared.text, prepared.entry);
  if (whole && prepared.entry.submission.bytes == given.bytes) return {};
  // The author wants to know the place in the submission, not in our text around it.
  ASSAY_CHECK(parse_submission(given.bytes, alone));
  if (whole) return fail(Errc::malformed, "the submission is followed by other bytes");
  return whole;
}

}  // namespace

Result<bool> SharedKeyring::check(const EntryView& entry) {
  ASSAY_TRY(const auto introduced, verify::Keyring::introduced(entry.submission));
  {
    const std::lock_guard wait_for_learners(turnstile_);
  }
  const std::shared_lock guard(mutex_);
  if (!introduced.empty()) return check_introducing(entry);
  if (keyring_.find(entry.submission.key) == nullptr) return false;
  thread_local std::string scratch;
  ASSAY_CHECK(verify::check_signatures(entry, keyring_, scratch));
  return true;
}

Result<bool> SharedKeyring::check_introducing(const EntryView& entry) {
  // The keys that it brings count for this check alone until the entry is in the log.
  verify::Keyring keys(verifiers_);
  ASSAY_CHECK(keys.learn(entry.submission));
  if (keys.find(entry.submission.key) == nullptr) {
    const Verifier* const author = keyring_.find(entry.submission.key);
    if (author == nullptr) return false;
    ASSAY_CHECK(keys.add(author->key_id(), author->spki()));
  }
  std::string scratch;
  ASSAY_CHECK(verify::check_signatures(entry, keys, scratch));
  return true;
}

Status SharedKeyring::learn(const SubmissionView& submission) {
  ASSAY_TRY(const auto introduced, verify::Keyring::introduced(submission));
  if (introduced.empty()) return {};
  const std::lock_guard first(turnstile_);
  const std::unique_lock guard(mutex_);
  return keyring_.learn(submission);
}

Status prepare(Prepared& prepared, SharedKeyring& keyring) {
  ASSAY_CHECK(read_form(prepared));
  SubmissionView& submission = prepared.entry.submission;
  submission.digest = submission_digest(submission.bytes);
  ASSAY_TRY(prepared.id_key, submission_key(submission.key, submission.id));
  ASSAY_TRY(prepared.signatures_checked, keyring.check(prepared.entry));
  return {};
}

}  // namespace assay::store
