#pragma once

/// Counting one scope of one part. Inner header of projections/thresholds. Thread word: borrowed
/// for the length of one evaluation.

#include "projections/thresholds/counted_severity.hpp"
#include "projections/thresholds/part_scope.hpp"
#include "projections/thresholds/threshold.hpp"

namespace assay::projections {

/// What is the same for all parts of one evaluation.
struct Evaluation {
  const Facts& facts;
  const events::ThresholdPolicy& policy;
  const std::set<Identifier>& deselected;
  bool deselected_count = true;
  SeverityQuestion question;
  std::vector<IssueReach> reaches;
  ThresholdSubject subject;
};

[[nodiscard]] ThresholdScopeView count_scope(const Evaluation& all,
                                             const events::ThresholdPart& part,
                                             std::vector<ScopeValue> scope);

}  // namespace assay::projections
