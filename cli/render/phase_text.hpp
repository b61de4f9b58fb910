#pragma once

/// The phase board for people.

#include "cli/app.hpp"
#include "projections/board/matrix_view.hpp"
#include "projections/board/phase_view.hpp"

namespace assay::cli {

void print_board(const Run& run, const std::vector<projections::PhaseLine>& phases,
                 const std::vector<projections::MatrixRow>& matrix);
void print_phase(const Run& run, const projections::PhaseView& phase);

}  // namespace assay::cli
