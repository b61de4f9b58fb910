#include "ledger/events/evidence.hpp"

#include "ledger/events/documents.hpp"
#include "ledger/format/submission.hpp"

namespace assay::events {

void EvidenceAttached::invariants(Invariants& v) const { check_about(v, about, {}); }

void EvidenceUnavailable::invariants(Invariants& v) const {
  v.require(is_subject(about), "about is a subject, like run/R-0007");
  v.require(!reason.empty(), "say why the evidence is not there");
}

}  // namespace assay::events
