#pragma once

/// What somebody outside the log knows of it, held against what was found: which log it must be,
/// and whose cosignatures count. Thread word: pure functions.

#include <optional>

#include "ledger/verify/checkpoint_list.hpp"
#include "ledger/verify/verify.hpp"

namespace assay::verify {

/// The claim `identity`: `log_id` is entry 0's leaf hash, where there is an entry 0.
void check_identity(const std::optional<Hash>& log_id, const Options& options, ClaimBook& book);

/// The claim `witness_quorum`: how many of the witnesses that were named have cosigned `note`.
[[nodiscard]] std::size_t count_witnesses(const LogKeyVerifiers& log_keys, std::string_view note,
                                          const Options& options, const VerifierFactory& factory,
                                          ClaimBook& book);

}  // namespace assay::verify
