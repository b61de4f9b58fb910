#pragma once

/// The aspects of a look at the log, taken from the views that `assay state …`, `assay findings`
/// and the criteria give, so that a comparison says what those say. Pure functions.

#include "projections/criteria/decision_findings.hpp"
#include "projections/difference/aspect.hpp"

namespace assay::projections {

/// Phases, planned entries, both together, scope items, Testing Issues, and what changes oblige to.
void add_test_aspects(const Facts& facts, Aspects& aspects);

/// Threshold verdicts, and every limit with its count and distance. A limit that several planned
/// entries share (an aggregate) is one aspect.
void add_threshold_aspects(const Facts& facts, Aspects& aspects);

/// Criteria, claims and findings. `assessed` and `findings` are what was computed from the facts.
void add_answer_aspects(const Facts& facts, const std::vector<AssessedEntry>& assessed,
                        const std::vector<Finding>& findings, Aspects& aspects);

/// Decisions with their dissents, work-off items, consultations, policies, clauses, parties, keys
/// and roles.
void add_programme_aspects(const Facts& facts, Aspects& aspects);

}  // namespace assay::projections
