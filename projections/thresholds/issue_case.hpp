#pragma once

/// One issue under examination. Inner header of projections/thresholds. Thread word: borrowed for
/// the length of one look.

#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/thresholds/issue_findings.hpp"
#include "projections/thresholds/retest_check.hpp"

namespace assay::projections {

/// A point of the log up to which everything counts for an exit.
struct CutoffPoint {
  Timestamp at;
  std::optional<EventId> declared;  ///< absent: the end of the states
  std::uint64_t size = 0;
};

void add_issue_finding(Findings& findings, std::string_view rule, const Identifier& id,
                       const Issue& issue, std::string sentence, std::vector<EventId> events);

struct IssueCase {
  const Facts& facts;
  const IssuePolicies& policies;
  Findings& findings;
  const BuildOrder& builds;
  const Identifier& id;
  const Issue& issue;

  void add(std::string_view rule, std::string sentence, std::vector<EventId> events) const {
    add_issue_finding(findings, rule, id, issue, std::move(sentence), std::move(events));
  }
};

/// The cut-offs at which the issue counts: those of its phase, and, where the policy looks beyond
/// the phase, those of any other phase that tests what it affects. In the order of the log.
[[nodiscard]] std::vector<CutoffPoint> cutoffs_of(const IssueCase& at);

/// The state beneath a dispute, if there is one.
[[nodiscard]] IssueState standing_of(const Issue& issue);
/// The last step of this type; null when there was none.
[[nodiscard]] const IssueStep* last_step(const Issue& issue, std::string_view type);

void find_severity_findings(const IssueCase& at);
void find_handling_findings(const IssueCase& at);
void find_ending_findings(const IssueCase& at);
void find_orphan_findings(const Facts& facts, const IssuePolicies& policies, Findings& findings);

}  // namespace assay::projections
