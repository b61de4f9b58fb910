#pragma once

/// Submissions that the log is said to have refused. Their numbers were signed a second time, which
/// `author.voids` excuses by naming the first; so a voided submission that stands in the log all
/// the same, or one that is voided twice, is a contradiction (docs/format.md section 9). That the
/// log refused it is not to be seen from the log: the author holds the signed refusal.
/// Thread word: thread-compatible.

#include <map>
#include <optional>

#include "ledger/format/submission.hpp"
#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

class VoidedSubmissions {
 public:
  VoidedSubmissions() = default;
  /// Those that a walk up to some entry has found: digest, and the entry that voids it.
  explicit VoidedSubmissions(std::map<Hash, std::uint64_t> known) : known_(std::move(known)) {}

  /// The submission of entry `index`, whose digest is `digest`. Objects (author_streams) where it
  /// was voided before, or voids one that is voided already.
  void take(std::uint64_t index, const SubmissionView& submission, const Hash& digest,
            ClaimBook& book);
  /// Holds those that this walk has found against all submissions before them, by reading the log
  /// once more up to the last of them. Reads nothing where this walk has found none. A log that
  /// cannot be read leaves the claim open.
  void finish(const Source& source, ClaimBook& book) const;

  [[nodiscard]] const std::map<Hash, std::uint64_t>& known() const noexcept { return known_; }

 private:
  std::map<Hash, std::uint64_t> known_;
  std::map<Hash, std::uint64_t> found_;  // of those, the ones of this walk
};

}  // namespace assay::verify
