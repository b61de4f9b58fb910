#pragma once

/// From what a run kept to what it answers: a verdict and a sentence for every claim.

#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/report.hpp"
#include "ledger/verify/witness_policy.hpp"

namespace assay::verify {

/// What a run did, as far as the sentences need it.
struct RunFacts {
  std::uint64_t start_size = 0;
  Counts checked;
  std::uint64_t covered_size = 0;  ///< of the largest checkpoint that is proved
  std::size_t log_key_count = 0;
  bool log_key_history = false;  ///< rules said which log key was in force when
  bool refolded = false;
  std::size_t digests_compared = 0;
  bool evidence_asked = true;
  bool indexes_asked = true;
  bool has_indexes = false;
  std::optional<std::uint64_t> pin_size;
  std::optional<std::uint64_t> pin_words_size;  ///< of the head that has the words given
  std::size_t identity_bytes = 0;  ///< how many of the log id's 32 were given; all, with a pin
  std::string words;               ///< of the log id
  std::size_t witnesses_found = 0;
  std::size_t witness_quorum = 0;  ///< 0 where no number was given
  std::optional<PolicyAnswer> policy_answer;
};

/// What there is to say of one claim, depending on how it ends.
struct ClaimWords {
  std::string proved;    ///< empty where nothing was looked at
  std::string missing;   ///< why nothing was
  std::string assumed;   ///< what a good answer still rests on; empty where on nothing
  bool in_part = false;  ///< what is open of it stands beside something that was checked
};
[[nodiscard]] ClaimWords words_for(Claim claim, const RunFacts& facts);
[[nodiscard]] ClaimReport conclude_claim(Claim claim, const ClaimBook& book,
                                         const ClaimWords& words);

[[nodiscard]] std::array<ClaimReport, kClaims> conclude(const ClaimBook& book,
                                                        const RunFacts& facts);

}  // namespace assay::verify
