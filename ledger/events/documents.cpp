#include "ledger/events/documents.hpp"

#include "ledger/format/submission.hpp"

namespace assay::events {

void check_about(Invariants& v, const std::string& about,
                 const std::vector<Condition>& conditions) {
  v.require(is_subject(about), "about is a subject, like phase/MOC-MDS-SIT-01");
  for (const Condition& condition : conditions) {
    v.require(!condition.due || is_date(condition.due->text), "due is a date like 2019-11-29");
  }
  if (!is_subject(about)) return;
  const std::size_t slash = about.find('/');
  const std::string_view kind = std::string_view(about).substr(0, slash);
  for (std::size_t i = 0; i < std::size(kKindTexts); ++i) {
    // Documents exist by version; whoever can name one asks for it.
    if (kKindTexts[i] != kind || static_cast<Kind>(i) == Kind::document) continue;
    v.exists(static_cast<Kind>(i), std::string_view(about).substr(slash + 1));
  }
}

void TagPositionRecorded::invariants(Invariants& v) const {
  check_about(v, about, conditions);
  const std::string document(subject_of(Kind::document, ""));
  if (!about.starts_with(document)) return;
  v.require(version.has_value(), "a position on a document names its version");
  if (version) v.exists(Kind::document, versioned(about.substr(document.size()), version->text));
}

}  // namespace assay::events
