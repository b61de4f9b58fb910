#include "ledger/events/documents.hpp"

#include "ledger/format/submission.hpp"

namespace assay::events {

void TagPositionRecorded::invariants(Invariants& v) const {
  const std::size_t slash = about.find('/');
  v.require(is_subject(about), "about is a subject, like phase/MOC-MDS-SIT-01");
  if (!is_subject(about)) return;
  const std::string_view kind = std::string_view(about).substr(0, slash);
  const std::string_view id = std::string_view(about).substr(slash + 1);
  for (std::size_t i = 0; i < std::size(kKindTexts); ++i) {
    if (kKindTexts[i] != kind) continue;
    const bool document = static_cast<Kind>(i) == Kind::document;
    v.require(!document || version.has_value(), "a position on a document names its version");
    if (document && version) {
      v.exists(Kind::document, versioned(id, version->text));
    } else if (!document) {
      v.exists(static_cast<Kind>(i), id);
    }
  }
  for (const Condition& condition : conditions) {
    v.require(!condition.due || is_date(condition.due->text), "due is a date like 2019-11-29");
  }
}

}  // namespace assay::events
