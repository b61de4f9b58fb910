#include "projections/coverage/coverage_matrix.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

CoveringVersion covering(const PhaseBoard& board, const DocumentRef& ref) {
  return {ref.state->digest,
          ref.document,
          !ref.state->presented.empty(),
          !ref.state->published.empty(),
          status_of(board, ref.document, ref.version, *ref.state),
          ref.state->title,
          ref.version};
}

bool covers_cohort(const DocumentVersion& state, const Identifier& smso) {
  return state.type == events::DocumentType::dnb_regression && !state.superseded &&
         std::ranges::any_of(state.covers,
                             [&](const events::Coverage& cell) { return cell.smso == smso; });
}

}  // namespace

CoverageCell coverage_of(const PhaseBoard& board, const Identifier& planned_entry,
                         events::TestKind kind) {
  CoverageCell cell;
  cell.kind = kind;
  cell.planned_entry = planned_entry;
  const auto entry = board.planned_entries.find(planned_entry);
  if (entry == board.planned_entries.end()) return cell;
  for (const DocumentRef& ref : documents_for(board, entry->second, kind)) {
    cell.versions.push_back(covering(board, ref));
  }
  if (!cell.versions.empty()) cell.verdict = events::Verdict::met;
  return cell;
}

std::vector<CoverageCell> coverage_matrix(const PhaseBoard& board) {
  std::vector<CoverageCell> cells;
  for (const auto& [id, entry] : board.planned_entries) {
    if (entry.withdrawn) continue;
    for (const events::TestKind kind : entry.required_kinds) {
      cells.push_back(coverage_of(board, id, kind));
    }
  }
  return cells;
}

std::vector<CohortCoverage> regression_coverage(const PhaseBoard& board) {
  std::set<std::pair<Identifier, Identifier>> cohorts;
  for (const auto& [id, entry] : board.planned_entries) {
    if (!entry.withdrawn) cohorts.insert({entry.release, entry.smso});
  }
  std::vector<CohortCoverage> all;
  for (const auto& [release, smso] : cohorts) {
    CohortCoverage cohort;
    cohort.release = release;
    cohort.smso = smso;
    for (const auto& [document, versions] : board.documents) {
      for (const auto& [version, state] : versions) {
        if (!covers_cohort(state, smso)) continue;
        cohort.versions.push_back(covering(board, {document, version, &state}));
      }
    }
    if (!cohort.versions.empty()) cohort.verdict = events::Verdict::met;
    all.push_back(std::move(cohort));
  }
  return all;
}

}  // namespace assay::projections
