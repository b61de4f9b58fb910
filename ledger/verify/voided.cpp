#include "ledger/verify/voided.hpp"

#include <algorithm>

#include "ledger/verify/waves.hpp"

namespace assay::verify {
namespace {

void object(ClaimBook& book, std::uint64_t entry, std::string message) {
  book.object({Claim::author_streams, Error{Errc::tampered_order, std::move(message), {}, entry}});
}

}  // namespace

void VoidedSubmissions::take(std::uint64_t index, const SubmissionView& submission,
                             const Hash& digest, ClaimBook& book) {
  if (const auto voided = known_.find(digest); voided != known_.end()) {
    object(book, index,
           numbered(index) + " holds a submission that " + numbered(voided->second) +
               " voids as refused: " + digest.hex());
  }
  if (!submission.voids) return;
  const auto [at, is_new] = known_.emplace(*submission.voids, index);
  if (is_new) {
    found_.insert(*at);
  } else {
    object(book, index,
           numbered(index) + " voids a submission that " + numbered(at->second) +
               " voids already: " + submission.voids->hex());
  }
}

void VoidedSubmissions::finish(const Source& source, ClaimBook& book) const {
  if (found_.empty()) return;
  const std::uint64_t end = std::ranges::max_element(found_, {}, [](const auto& voided) {
                              return voided.second;
                            })->second;
  EntryView entry;
  std::uint64_t next = 0;
  const auto look = [&](std::uint64_t index, std::string_view bytes) {
    next = index + 1;
    if (!parse_entry(bytes, entry)) return;  // has been objected to
    const Hash digest = submission_digest(entry.submission.bytes);
    const auto voided = found_.find(digest);
    if (voided == found_.end() || voided->second <= index) return;
    object(book, voided->second,
           numbered(voided->second) + " voids as refused a submission that is " + numbered(index) +
               ": " + digest.hex());
  };
  while (next < end) {
    const Status status = source.read(next, end, look);
    if (status) return;
    if (!is_evidence(status.error().code)) {
      return book.leave_open(
          Claim::author_streams,
          "whether a voided submission stands in the log: " + status.error().message, true);
    }
    ++next;  // the entry is missing or damaged, which has been objected to
  }
}

}  // namespace assay::verify
