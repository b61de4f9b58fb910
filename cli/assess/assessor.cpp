#include "cli/assess/assessor.hpp"

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion_findings.hpp"
#include "projections/coverage/coverage_findings.hpp"
#include "projections/criteria/waived.hpp"
#include "projections/regression/regression_findings.hpp"
#include "projections/rulebook/policy_findings.hpp"
#include "projections/selection/selection_findings.hpp"
#include "projections/thresholds/issue_findings.hpp"

namespace assay::cli {
namespace {

using projections::AssessedEntry;
using projections::Facts;
using projections::Findings;

/// Issues are judged phase by phase, by the policies in force for each at its last cut-off.
void find_issues(const Facts& now, std::map<std::uint64_t, Timestamp> cutoff_times,
                 Findings& findings) {
  for (const auto& [id, phase] : now.board.phases) {
    const Identifier first = phase.entries.empty() ? Identifier() : phase.entries.begin()->first;
    const projections::GoverningPolicies policies = projections::governing(
        now.rulebook, projections::target_of(now.board, phase.kind, first), now.recorded_at);
    projections::IssuePolicies chosen;
    chosen.approval = projections::body_of(policies.approval, &events::PolicyBody::approval);
    chosen.cutoff_times = cutoff_times;
    chosen.lateness = projections::body_of(policies.lateness, &events::PolicyBody::lateness);
    chosen.phases = {id};
    chosen.taxonomy =
        projections::body_of(policies.severity_taxonomy, &events::PolicyBody::severity_taxonomy);
    chosen.threshold = projections::body_of(policies.threshold, &events::PolicyBody::threshold);
    projections::find_issue_findings(now, chosen, findings);
  }
}

}  // namespace

Result<Facts> Assessor::facts_at(std::uint64_t size) {
  if (size == now_.size) return now_;
  auto found = folds_.find(size);
  if (found == folds_.end()) {
    ASSAY_TRY(projections::ProgrammeFold fold, session_.fold_at(run_, size));
    found = folds_.emplace(size, std::move(fold)).first;
  }
  return found->second.facts();
}

Result<AssessedEntry> Assessor::assess(const Identifier& phase, const Identifier& planned_entry) {
  const projections::PhaseEntry& inside = now_.board.phases.at(phase).entries.at(planned_entry);
  const projections::JudgedAt entered = projections::entry_judged_at(now_, inside);
  const projections::JudgedAt left = projections::exit_judged_at(now_, inside);
  ASSAY_TRY(const Facts before, facts_at(entered.size));
  ASSAY_TRY(const Facts cutoff, facts_at(left.size));
  return AssessedEntry{projections::assess_entry(before, entered, phase, planned_entry),
                       projections::assess_exit({cutoff, now_}, left, phase, planned_entry)};
}

Result<std::vector<AssessedEntry>> Assessor::assess_all() {
  std::vector<AssessedEntry> all;
  for (const auto& [id, phase] : now_.board.phases) {
    for (const auto& [planned_entry, inside] : phase.entries) {
      ASSAY_TRY(AssessedEntry one, assess(id, planned_entry));
      all.push_back(std::move(one));
    }
  }
  return all;
}

Result<std::vector<projections::Finding>> Assessor::findings() {
  ASSAY_TRY(const std::vector<AssessedEntry> assessed, assess_all());
  Findings findings;
  projections::find_decision_findings(now_, assessed, findings);
  projections::find_coverage_findings(now_, findings);
  projections::find_policy_findings(now_, findings);
  projections::find_selection_findings(now_, findings);
  projections::find_regression_findings(now_, findings);
  std::map<std::uint64_t, Timestamp> cutoff_times;
  for (const AssessedEntry& one : assessed) {
    ASSAY_TRY(const Facts cutoff, facts_at(one.exit.at.size));
    cutoff_times[one.exit.at.size] = cutoff.recorded_at;
  }
  find_issues(now_, std::move(cutoff_times), findings);
  std::map<std::uint64_t, Facts> lent;
  projections::find_completion_findings(
      now_,
      [&](std::uint64_t size) -> const Facts* {
        const auto facts = facts_at(size);
        return facts ? &lent.try_emplace(size, *facts).first->second : nullptr;
      },
      findings);
  std::vector<projections::Finding> all = std::move(findings).take();
  projections::apply_waivers(now_, all);
  return all;
}

}  // namespace assay::cli
