#include "projections/thresholds/result_source.hpp"

namespace assay::projections {

const Import* import_of_result(const PhaseBoard& board, const Identifier& phase,
                               const EventId& result) {
  const auto at = board.phases.find(phase);
  if (at == board.phases.end()) return nullptr;
  const Import* source = nullptr;
  for (const Identifier& id : at->second.imports) {
    const auto found = board.imports.find(id);
    if (found == board.imports.end()) continue;
    const Import& import = found->second;
    if (result <= import.started || (import.finished && *import.finished <= result)) continue;
    if (source != nullptr) return nullptr;
    source = &import;
  }
  return source;
}

}  // namespace assay::projections
