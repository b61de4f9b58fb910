#pragma once

/// Which evidence files a log names, and which of them go with it when it is published: all of them
/// (`full`), all but those that the log itself says are confidential (`tag`), or none (`public`).
/// What is left out is said with its reason. Thread word: plain values.

#include <vector>

#include "ledger/store/store.hpp"
#include "ledger/verify/publication.hpp"

namespace assay::cli {

struct EvidenceFile {
  Hash digest;
  std::uint64_t size_bytes = 0;
};

struct EvidenceChoice {
  std::vector<EvidenceFile> published;  ///< in the order in which the log names them
  verify::PublishedEvidence said;       ///< profile, and what is withheld
  std::vector<Hash> erased;             ///< that the log says were erased; not there to publish
  std::vector<Hash> missing;            ///< neither here nor erased: whoever verifies will say so
};

/// Of the first `size` entries. A file is confidential when a `document_registered` that names it
/// has a classification with that word in it. Errors: those of the store; malformed.
[[nodiscard]] Result<EvidenceChoice> choose_evidence(const store::Store& store, std::uint64_t size,
                                                     verify::EvidenceProfile profile);

}  // namespace assay::cli
