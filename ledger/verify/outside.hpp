#pragma once

/// What somebody outside the log knows of it, held against what was found: which log it must be,
/// and whose cosignatures count. Thread word: pure functions.

#include <map>
#include <optional>
#include <string>

#include "ledger/verify/checkpoint_list.hpp"
#include "ledger/verify/verify.hpp"
#include "ledger/verify/witness_policy.hpp"

namespace assay::verify {

/// The claim `identity`: `log_id` is entry 0's leaf hash, where there is an entry 0.
void check_identity(const std::optional<Hash>& log_id, const Options& options, ClaimBook& book);

/// Two good clocks differ by less.
inline constexpr std::int64_t kClockAheadUs = 300'000'000;

/// Whether a cosignature has no time (C2SP tlog-cosignature: it must not be zero), or one to come
/// by the reader's clock, where there is one.
[[nodiscard]] bool has_impossible_time(const Witnessed& line, const std::optional<Timestamp>& now);

/// What came of the claim `witness_quorum`; nothing where nobody was named.
struct QuorumFound {
  std::size_t witnesses = 0;           ///< of those named one by one
  std::optional<PolicyAnswer> policy;  ///< where a policy names them
};

/// Whether those who were named have cosigned `note`. A witness whose key the log itself introduced
/// (`introduced`: key id → SubjectPublicKeyInfo) leaves the claim open: one key has one purpose,
/// and nobody is a witness of what he signs.
[[nodiscard]] QuorumFound check_quorum(const std::string& note, const LogKeyVerifiers& log_keys,
                                       const std::map<Hash, Base64Bytes>& introduced,
                                       const Options& options, const VerifierFactory& factory,
                                       ClaimBook& book);

}  // namespace assay::verify
