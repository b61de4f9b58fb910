#pragma once

/// Thresholds as the rulebook has them: every planned entry of every phase, under the policy that
/// is in force for it when the states end. Pure functions.

#include "projections/thresholds/counterfactuals.hpp"
#include "projections/thresholds/issue_findings.hpp"

namespace assay::projections {

/// The policy that an answer rests on.
struct PolicyInForce {
  EventId activated;
  Timestamp effective_from;
  Identifier policy;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(activated), CEREAL_NVP(effective_from), CEREAL_NVP(policy),
            CEREAL_NVP(version));
  }
};

struct ThresholdAnswer {
  std::optional<ThresholdCounterfactuals> counterfactuals;  ///< absent without a policy
  std::optional<PolicyInForce> policy;                      ///< absent: none is in force
  ThresholdView view;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counterfactuals), CEREAL_NVP(policy), CEREAL_NVP(view));
  }
};

/// Empty sets let everything through.
struct ThresholdFilter {
  std::set<Identifier> phases;
  std::set<Identifier> planned_entries;
};

/// In the order of phases and planned entries. Where no policy is in force the view says so, and is
/// undetermined.
[[nodiscard]] std::vector<ThresholdAnswer> threshold_answers(const Facts& facts,
                                                             const ThresholdFilter& filter = {});

/// What findings on issues need beside the states and the rulebook; see IssuePolicies.
struct IssueVantage {
  std::map<std::uint64_t, Timestamp> cutoff_times;
  std::set<Identifier> phases;  ///< empty: all
  bool present_is_cutoff = false;
};

/// Findings on the issues of phases, each phase under the policies that are in force for its first
/// planned entry when the states end.
void find_governed_issue_findings(const Facts& facts, const IssueVantage& vantage,
                                  Findings& findings);

}  // namespace assay::projections
