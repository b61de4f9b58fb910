#pragma once

/// Findings on Testing Issues: severities lowered in time for a cut-off, entries taken away from an
/// issue, issues rejected, deferred, duplicated or closed in ways that the programme does not
/// foresee, failures that no issue names. Rules are in catalogue/threshold_rules.hpp.
/// Thread word: pure functions; everything in `IssuePolicies` is borrowed.

#include "ledger/events/policies/body.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// What the findings are measured by. The caller chooses what is in force for the phases that it
/// asks about; where a policy is absent, the findings that need it are not raised.
struct IssuePolicies {
  const events::ApprovalPolicy* approval = nullptr;
  /// When the last entry of a cut-off was recorded, by the cut-off's log size. A cut-off that is
  /// not here is dated by its declaration, which may be much later: whoever can, fills this in.
  std::map<std::uint64_t, Timestamp> cutoff_times;
  const events::LatenessPolicy* lateness = nullptr;
  std::set<Identifier> phases;     ///< only issues and runs of these; empty: of all
  bool present_is_cutoff = false;  ///< the states end at a cut-off, declared or not
  const events::SeverityTaxonomy* taxonomy = nullptr;
  const events::ThresholdPolicy* threshold = nullptr;
};

void find_issue_findings(const Facts& facts, const IssuePolicies& policies, Findings& findings);

}  // namespace assay::projections
