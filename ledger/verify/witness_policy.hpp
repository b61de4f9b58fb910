#pragma once

/// The claim `witness_quorum` by a policy (C2SP tlog-policy). Thread word: pure functions.

#include <optional>
#include <set>
#include <string>

#include "ledger/format/tlog_policy.hpp"
#include "ledger/verify/checkpoint_list.hpp"
#include "ledger/verify/claim_book.hpp"

namespace assay::verify {

/// What came of it.
struct PolicyAnswer {
  bool met = false;
  std::set<std::string> cosigned;  ///< names in the policy of those whose line verifies
  std::set<std::string> untimely;  ///< the same, where the time is zero or one to come
  std::string asked_for;           ///< in words
};

/// Judges the log's last good checkpoint. A line under a known witness's key that does not verify
/// is objected to; a policy that is about other logs, or about another key of this one, leaves the
/// claim open as what could not be looked at. Nothing then.
[[nodiscard]] std::optional<PolicyAnswer> judge_policy(
    const TlogPolicy& policy, const std::string& note, const LogKeyVerifiers& log_keys,
    const VerifierFactory& factory, const std::optional<Timestamp>& now, ClaimBook& book);

/// "2 witnesses cosigned the last checkpoint (a, b); the policy asks for 2 of 3 (a, b, c)".
[[nodiscard]] std::string sentence_of(const PolicyAnswer& answer);

}  // namespace assay::verify
