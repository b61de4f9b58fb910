#include "projections/coverage/document_status.hpp"

#include <algorithm>

namespace assay::projections {

events::DocumentType document_type_of(events::TestKind kind) noexcept {
  switch (kind) {
    case events::TestKind::mt: return events::DocumentType::dnb_mt;
    case events::TestKind::sit: return events::DocumentType::dnb_sit;
    case events::TestKind::srvt: return events::DocumentType::dnb_srvt;
    case events::TestKind::regression: return events::DocumentType::dnb_regression;
  }
  return events::DocumentType::other;
}

DocumentStatus status_of(const PhaseBoard& board, const Identifier& document,
                         const Identifier& version, const DocumentVersion& state) {
  if (state.superseded) return DocumentStatus::superseded;
  if (!state.published.empty()) return DocumentStatus::published;
  const auto position = board.positions.find({subject_of(Kind::document, document.text), version});
  if (position != board.positions.end() &&
      (position->second.position == events::Position::endorsed ||
       position->second.position == events::Position::endorsed_with_comments)) {
    return DocumentStatus::baselined;
  }
  return state.presented.empty() ? DocumentStatus::draft : DocumentStatus::presented_to_tag;
}

bool covers(const DocumentVersion& state, const PlannedEntry& entry, events::TestKind kind) {
  return std::ranges::any_of(state.covers, [&](const events::Coverage& cell) {
    return cell.category == entry.category && cell.dmc == entry.dmc && cell.kind == kind &&
           cell.smso == entry.smso;
  });
}

std::vector<DocumentRef> documents_for(const PhaseBoard& board, const PlannedEntry& entry,
                                       events::TestKind kind) {
  std::vector<DocumentRef> found;
  for (const auto& [document, versions] : board.documents) {
    for (const auto& [version, state] : versions) {
      if (state.type != document_type_of(kind) || state.superseded) continue;
      if (covers(state, entry, kind)) found.push_back({document, version, &state});
    }
  }
  std::ranges::sort(found, [](const DocumentRef& a, const DocumentRef& b) {
    return b.state->registered.event < a.state->registered.event;
  });
  return found;
}

DocumentRef document_followed(const PhaseBoard& board, const Phase& phase,
                              const PlannedEntry& entry) {
  for (DocumentRef& candidate : documents_for(board, entry, phase.kind)) {
    if (!phase.document || candidate.document == *phase.document) return candidate;
  }
  return {};
}

}  // namespace assay::projections
