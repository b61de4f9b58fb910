#pragma once

/// Consultations as text for people: times in London's, lengths in working days.

#include "cli/app.hpp"
#include "projections/selection/consultation_view.hpp"

namespace assay::cli {

void print_consultations(const Run& run, const std::vector<projections::ConsultationView>& views);

}  // namespace assay::cli
