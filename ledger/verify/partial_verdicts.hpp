#pragma once

/// From what a look at a bundle kept to what it answers. Thread word: pure functions.

#include "ledger/verify/verdicts.hpp"

namespace assay::verify {

/// Claims that are about each entry which a bundle has.
inline constexpr Claim kOfEachEntry[] = {Claim::canonical_bytes, Claim::tree,
                                         Claim::author_signatures, Claim::time_order,
                                         Claim::evidence_files};

struct PartialFacts {
  RunFacts run;
  std::uint64_t links_checked = 0;
  std::uint64_t size = 0;  ///< of the log, as the checkpoint states it
};

[[nodiscard]] std::array<ClaimReport, kClaims> conclude_partial(const ClaimBook& book,
                                                                const PartialFacts& facts);

}  // namespace assay::verify
