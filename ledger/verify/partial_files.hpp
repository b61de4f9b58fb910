#pragma once

/// Which files a bundle may have that is not a whole log (docs/format.md annex G). What is there
/// and does not belong is objected to, so that nobody takes it for something that was proved.
/// Thread word: pure functions.

#include <vector>

#include "ledger/verify/bag.hpp"
#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/evidence_list.hpp"

namespace assay::verify {

/// The indexes of the entries that have a file, ascending.
[[nodiscard]] std::vector<std::uint64_t> entries_by_name(const std::vector<BagFile>& files);

/// Objects (tree) to entries and proofs that are not of `indexes`, and to payload that a bundle
/// does not have. `indexes` ascend.
void check_names(const std::vector<BagFile>& files, const std::vector<std::uint64_t>& indexes,
                 ClaimBook& book);

/// Objects (evidence_files) to evidence files that no entry names.
void check_unnamed(const std::vector<BagFile>& files, const std::vector<EvidenceItem>& named,
                   ClaimBook& book);

}  // namespace assay::verify
