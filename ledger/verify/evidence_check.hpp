#pragma once

/// Reads the evidence files that a log names, and hashes them as they stream by.

#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/evidence_list.hpp"
#include "ledger/verify/report.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

/// Checks `items` on up to `threads` threads: SHA-256, and SHA-512 and size where the log states
/// them. A file that was erased leaves the claim open, if it is not there; one that was declared
/// unavailable fails like any other, and the sentence says so.
/// Memory: a chunk a thread.
void check_evidence(const Source& source, const std::vector<EvidenceItem>& items,
                    std::size_t threads, ClaimBook& book, Counts& counts);

}  // namespace assay::verify
