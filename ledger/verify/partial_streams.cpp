#include "ledger/verify/partial_streams.hpp"

#include <algorithm>

namespace assay::verify {

PartialStreams::PartialStreams(ClaimBook& book) : book_(book) {
  know_head(0, merkle::kEmptyRoot, 0);
}

void PartialStreams::know_head(std::uint64_t size, const Hash& root, std::uint64_t entry) {
  heads_.try_emplace(size, Head{root, entry});
}

void PartialStreams::object(Errc code, std::uint64_t index, std::string message,
                            std::string expected, std::string actual) {
  book_.object(disagreement(Claim::author_streams, code, index, std::move(message),
                            std::move(expected), std::move(actual)));
}

void PartialStreams::take(std::uint64_t index, const Examined& examined) {
  const SubmissionView& submission = examined.entry.submission;
  take_retirements(index, examined.notables);
  const auto last = last_.find(submission.key);
  if (last != last_.end()) {
    compare(index, submission, last->second);
  } else if (submission.sequence == 0 && !submission.previous.is_zero()) {
    object(Errc::forked, index, numbered(index) + " is its author's first and follows another",
           Hash{}.hex(), submission.previous.hex());
  }
  voided_.take(index, submission, examined.digest, book_);
  if (submission.voids) {
    if (const auto held = digests_.find(*submission.voids); held != digests_.end()) {
      object(Errc::tampered_order, index,
             numbered(index) + " voids as refused a submission that is " + numbered(held->second),
             "a submission that is not in the log", submission.voids->hex());
    }
  }
  digests_.emplace(examined.digest, index);
  if (submission.seen) take_seen(index, *submission.seen);
  Last& next = last_[submission.key];
  next.entry = index;
  next.sequence = submission.sequence;
  next.digest = examined.digest;
  if (submission.seen) next.seen_size = std::max(next.seen_size, submission.seen->size);
}

void PartialStreams::compare(std::uint64_t index, const SubmissionView& submission,
                             const Last& last) {
  const std::string both = numbered(index) + " and " + numbered(last.entry) + " of one author";
  if (submission.sequence <= last.sequence) {
    object(Errc::forked, index, both + " cannot both stand where they do",
           "a number above " + std::to_string(last.sequence), std::to_string(submission.sequence));
  } else if (submission.sequence - last.sequence > index - last.entry) {
    object(Errc::tampered_order, index, both + " have more submissions between them than entries",
           "at most number " + std::to_string(last.sequence + (index - last.entry)),
           std::to_string(submission.sequence));
  } else if (submission.sequence == last.sequence + 1 && submission.previous != last.digest) {
    object(Errc::forked, index, both + " follow each other, and the later names another",
           last.digest.hex(), submission.previous.hex());
  }
  if (submission.seen && submission.seen->size < last.seen_size) {
    object(Errc::tampered_order, index, both + ": the later had seen less of the log",
           "at least " + std::to_string(last.seen_size) + " entries",
           std::to_string(submission.seen->size) + " entries");
  }
}

void PartialStreams::take_seen(std::uint64_t index, const Seen& seen) {
  if (seen.size > index) {
    return object(Errc::tampered_order, index,
                  "the author of " + numbered(index) + " had seen what came after it",
                  "at most " + std::to_string(index) + " entries",
                  std::to_string(seen.size) + " entries");
  }
  const auto [known, is_new] = heads_.try_emplace(seen.size, Head{seen.root, index});
  if (is_new || known->second.root == seen.root) return;
  object(Errc::forked, index,
         "the authors of " + numbered(index) + " and of " + numbered(known->second.entry) +
             " had seen two logs of size " + std::to_string(seen.size),
         known->second.root.hex(), seen.root.hex());
}

/// A retirement states where its key's stream ended.
void PartialStreams::take_retirements(std::uint64_t index, const std::vector<Notable>& notables) {
  for (const Notable& notable : notables) {
    const auto* const retired = event_if<events::KeyRetired>(&notable.data);
    if (retired == nullptr) continue;
    const auto last = last_.find(retired->key);
    if (last == last_.end()) continue;
    const std::uint64_t stated = retired->last_hash.is_zero() ? 0 : retired->last_sequence + 1;
    const std::uint64_t made = last->second.sequence + 1;
    if (made < stated || (made == stated && retired->last_hash == last->second.digest)) continue;
    object(Errc::tampered_order, index,
           numbered(index) + " retires a key after other submissions than " +
               numbered(last->second.entry) + " shows",
           std::to_string(made) + " submissions or more",
           std::to_string(stated) + " submissions, the last " + retired->last_hash.hex());
  }
}

}  // namespace assay::verify
