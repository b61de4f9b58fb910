#pragma once

/// Some of the entries of a log, of which two may contradict each other although the entries
/// between are not at hand: two submissions of one key with one number, another predecessor than
/// the one that is there, two heads of one size (docs/format.md section 11, step 7, and annex G).
/// That nothing is missing cannot be seen from them. Thread word: thread-compatible.

#include <map>

#include "ledger/merkle/tree.hpp"
#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/examine.hpp"
#include "ledger/verify/voided.hpp"

namespace assay::verify {

class PartialStreams {
 public:
  explicit PartialStreams(ClaimBook& book);

  /// The head of the log at `size`, as an entry shows it: its root cannot be another one.
  void know_head(std::uint64_t size, const Hash& root, std::uint64_t entry);
  /// Entries come in ascending order.
  void take(std::uint64_t index, const Examined& examined);

 private:
  struct Last {
    std::uint64_t entry = 0;
    std::uint64_t sequence = 0;
    Hash digest;
    std::uint64_t seen_size = 0;
  };
  struct Head {
    Hash root;
    std::uint64_t entry = 0;
  };
  void compare(std::uint64_t index, const SubmissionView& submission, const Last& last);
  void take_seen(std::uint64_t index, const Seen& seen);
  void take_retirements(std::uint64_t index, const std::vector<Notable>& notables);
  void object(Errc code, std::uint64_t index, std::string message, std::string expected,
              std::string actual);

  ClaimBook& book_;
  std::map<Hash, Last> last_;              // by key
  std::map<Hash, std::uint64_t> digests_;  // of submissions, and the entries that hold them
  std::map<std::uint64_t, Head> heads_;    // by size
  VoidedSubmissions voided_;
};

}  // namespace assay::verify
