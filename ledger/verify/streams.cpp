#include "ledger/verify/streams.hpp"

namespace assay::verify {

StreamHead AuthorStreams::head(const Hash& key) const {
  const auto found = heads_.find(key);
  return found == heads_.end() ? StreamHead{} : found->second;
}

Status AuthorStreams::check(const SubmissionView& submission, std::uint64_t log_size) const {
  const StreamHead at = head(submission.key);
  const std::string key = "key " + submission.key.hex().substr(0, 16) + "…";
  if (submission.sequence > at.count) {
    return fail(Errc::conflict,
                key + " has made " + std::to_string(at.count) +
                    " submissions here; this one says " + std::to_string(submission.sequence),
                "submit the ones before it first: none may be left out");
  }
  if (submission.sequence < at.count) {
    return fail(
        Errc::forked,
        key + " already used sequence " + std::to_string(submission.sequence) +
            " for other bytes; its next is " + std::to_string(at.count),
        "the signer's record and this log disagree: find out which one was restored from an "
        "old copy before anything else is signed");
  }
  if (submission.previous != at.last) {
    return fail(
        Errc::forked,
        key + " sequence " + std::to_string(submission.sequence) + " follows " +
            submission.previous.hex() + ", but the last submission here is " + at.last.hex(),
        "the signer's record and this log disagree: find out which one was restored from an "
        "old copy before anything else is signed");
  }
  if (at.count > 0 && submission.voids && *submission.voids == submission.previous) {
    return fail(Errc::rejected,
                key + " sequence " + std::to_string(submission.sequence) + " voids " +
                    submission.voids->hex() +
                    " as refused, but that is the last submission here, which it follows",
                "only a submission that the log refused can be voided");
  }
  if (submission.seen && submission.seen->size > log_size) {
    return fail(Errc::rejected, "seen.size " + std::to_string(submission.seen->size) +
                                    " lies beyond the log's " + std::to_string(log_size) +
                                    " entries");
  }
  if (submission.seen && submission.seen->size < at.seen_size) {
    return fail(Errc::rejected, "seen.size " + std::to_string(submission.seen->size) +
                                    " goes back behind " + std::to_string(at.seen_size) +
                                    ", which this author has already seen");
  }
  return {};
}

void AuthorStreams::advance(const SubmissionView& submission, const Hash& digest) {
  StreamHead& at = heads_[submission.key];
  ++at.count;
  at.last = digest;
  if (submission.seen) at.seen_size = submission.seen->size;
}

}  // namespace assay::verify
