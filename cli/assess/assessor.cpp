#include "cli/assess/assessor.hpp"

#include "cli/assess/cutoff_times.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/completion/completion_findings.hpp"
#include "projections/coverage/coverage_findings.hpp"
#include "projections/criteria/evaluation_findings.hpp"
#include "projections/criteria/plan_findings.hpp"
#include "projections/criteria/waived.hpp"
#include "projections/regression/regression_findings.hpp"
#include "projections/rulebook/policy_findings.hpp"
#include "projections/selection/selection_findings.hpp"
#include "projections/thresholds/threshold_answers.hpp"

namespace assay::cli {
using projections::AssessedEntry;
using projections::Facts;
using projections::Findings;

Facts Assessor::as_supposed(const Facts& facts) {
  if (supposition_ == nullptr) return facts;
  return supposed_.try_emplace(facts.size, facts, *supposition_).first->second.facts();
}

Result<Facts> Assessor::facts_at(std::uint64_t size) {
  if (size == now_.size) return now_;
  ASSAY_TRY(const projections::ProgrammeFold* const fold, folds_.at(size));
  return as_supposed(fold->facts());
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
  if (assessed_) return *assessed_;
  std::vector<AssessedEntry> all;
  for (const auto& [id, phase] : now_.board.phases) {
    for (const auto& [planned_entry, inside] : phase.entries) {
      ASSAY_TRY(AssessedEntry one, assess(id, planned_entry));
      all.push_back(std::move(one));
    }
  }
  assessed_ = all;
  return all;
}

/// States that cannot be had are an error of this run: a report must not look better for them.
Status Assessor::find_at_cutoffs(Findings& findings) {
  std::map<std::uint64_t, Facts> lent;
  std::optional<Error> failure;
  const auto at = [&](std::uint64_t size) -> const Facts* {
    auto facts = facts_at(size);
    if (facts) return &lent.try_emplace(size, *facts).first->second;
    failure = facts.error();
    return nullptr;
  };
  projections::find_completion_findings(now_, at, findings);
  projections::find_evaluation_findings(now_, at, findings);
  if (failure) return std::unexpected(*failure);
  return {};
}

Result<std::vector<projections::Finding>> Assessor::findings() {
  ASSAY_TRY(const std::vector<AssessedEntry> assessed, assess_all());
  Findings findings;
  projections::find_decision_findings(now_, assessed, findings);
  projections::find_coverage_findings(now_, findings);
  projections::find_plan_findings(now_, findings);
  projections::find_policy_findings(now_, findings);
  projections::find_selection_findings(now_, findings);
  projections::find_regression_findings(now_, findings);
  ASSAY_TRY(const auto times, cutoff_times(folds_, now_.board));
  projections::find_governed_issue_findings(now_, {times, {}, false}, findings);
  ASSAY_CHECK(find_at_cutoffs(findings));
  std::vector<projections::Finding> all = std::move(findings).take();
  projections::apply_waivers(now_, all);
  return all;
}

}  // namespace assay::cli
