#include "projections/completion/exit_answers.hpp"

#include <algorithm>
#include <iterator>

#include "projections/issues/issue_view.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/obligations.hpp"
#include "projections/rules/policy_target.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

Answer answer(const char* criterion, Verdict verdict, std::string text,
              std::vector<EventId> events = {}) {
  return {criterion, std::move(events), std::move(text), verdict};
}

std::uint64_t counted_severity(const Issue& issue, const events::ThresholdPolicy& policy) {
  if (bucket_of(issue) == SeverityBucket::untriaged) return policy.untriaged_counts_as;
  return issue.severity().value_or(policy.untriaged_counts_as);
}

/// A plan for the phase that has an item for the issue; null when there is none.
const WorkOffPlan* plan_with(const Completion& state, const Identifier& phase,
                             const Identifier& issue) {
  for (const auto& [id, plan] : state.work_off_plans) {
    if (plan.phases.contains(phase) && plan.items.contains(issue)) return &plan;
  }
  return nullptr;
}

bool is_of(const Issue& issue, const Place& place) {
  return issue.phase == place.phase &&
         (issue.planned_entries.empty() || issue.planned_entries.contains(place.planned_entry));
}

Answer answer_external(const Facts& now, const Place& place) {
  for (const auto& [id, audit] : now.completion.audits) {
    if (!audit.phases.contains(place.phase)) continue;
    const bool bears = audit.opinion == events::AuditOpinion::unqualified ||
                       audit.opinion == events::AuditOpinion::qualified;
    return answer("V7", bears ? Verdict::met : Verdict::not_met,
                  say("the external auditor's report ", id, " gives the opinion ", audit.opinion),
                  {audit.mark.event});
  }
  return answer("V7", Verdict::not_met,
                "the regime in force asks for an external audit, and no report is registered");
}

/// Whoever verifies must not be DCC, and must have seen the log up to the cut-off.
Answer answer_verified(const Vantage& vantage) {
  const auto& parties = vantage.now.programme.state().parties;
  for (const Verification& verification : vantage.now.completion.verifications) {
    const auto party = parties.find(verification.mark.party);
    const bool outside = party != parties.end() && party->second.class_ != events::PartyClass::dcc;
    if (!outside || verification.head.size < vantage.cutoff.size) continue;
    if (verification.result != events::VerificationResult::nothing_failed) continue;
    return answer("V7", Verdict::met,
                  say(verification.mark.party, " verified the first ", verification.head.size,
                      " entries, and nothing failed"),
                  {verification.mark.event});
  }
  return answer("V7", Verdict::not_met,
                "the regime in force asks for a verification by somebody outside DCC, of the log "
                "up to the cut-off, and none is recorded");
}

}  // namespace

const std::pair<const Identifier, Report>* report_on(const Facts& now, const Place& place) {
  const std::pair<const Identifier, Report>* last = nullptr;
  for (const auto& row : now.completion.reports) {
    const Report& report = row.second;
    if (!report.effective_at || !report.phases.contains(place.phase) ||
        !report.planned_entries.contains(place.planned_entry)) {
      continue;
    }
    if (last == nullptr || last->second.mark.event < report.mark.event) last = &row;
  }
  return last;
}

const Cutoff* last_cutoff(const Facts& now, const Place& place) {
  const auto phase = now.board.phases.find(place.phase);
  if (phase == now.board.phases.end()) return nullptr;
  const auto entry = phase->second.entries.find(place.planned_entry);
  return entry == phase->second.entries.end() ? nullptr
                                              : cutoff_before(entry->second, Until{}.event);
}

PolicyTarget target_of(const Facts& facts, const Place& place) {
  const auto phase = facts.board.phases.find(place.phase);
  const auto kind =
      phase == facts.board.phases.end() ? std::nullopt : std::optional(phase->second.kind);
  return target_of(facts.board, kind, place.planned_entry);
}

Answer answer_work_off(const Vantage& vantage, const Place& place) {
  const Facts& cutoff = vantage.cutoff;
  const auto policy = policy_in_force(cutoff.rulebook, events::PolicyKind::threshold,
                                      target_of(cutoff, place), cutoff.recorded_at);
  if (!policy) {
    return answer("V3", Verdict::undetermined,
                  "no threshold policy is in force, which would say what needs a work-off item");
  }
  const events::ThresholdPolicy& threshold = *policy->body->threshold;
  std::set<Identifier> missing;
  std::vector<EventId> events{policy->activated};
  for (const Identifier& id : outstanding_issues(cutoff, place.phase, place.planned_entry)) {
    const std::uint64_t severity = counted_severity(cutoff.issues.issues.at(id), threshold);
    if (std::ranges::find(threshold.work_off_severities, severity) ==
        threshold.work_off_severities.end()) {
      continue;
    }
    const WorkOffPlan* const plan = plan_with(vantage.now.completion, place.phase, id);
    plan == nullptr ? static_cast<void>(missing.insert(id)) : events.push_back(plan->mark.event);
  }
  if (!missing.empty()) {
    return answer("V3", Verdict::not_met, say("no work-off item for ", missing), std::move(events));
  }
  return answer("V3", Verdict::met, "every open issue that needs a work-off item has one",
                std::move(events));
}

Answer answer_regression(const Vantage& vantage, const Place& place) {
  std::vector<EventId> open;
  for (const Obligation& obligation : open_obligations(vantage.cutoff)) {
    if (obligation.planned_entry != place.planned_entry) continue;
    if (std::ranges::find(obligation.phases, place.phase) == obligation.phases.end()) continue;
    open.push_back(obligation.change);
  }
  if (open.empty()) return answer("V4", Verdict::met, "no obligation to regress is open");
  const std::size_t count = open.size();
  return answer("V4", Verdict::not_met,
                say(count, " changes are not assessed by both sides, or not regressed"),
                std::move(open));
}

Answer answer_report(const Vantage& vantage, const Place& place) {
  const auto* const found = report_on(vantage.now, place);
  if (found == nullptr) {
    return answer("V5", Verdict::not_met, "no completion report in effect covers it");
  }
  const Report& report = found->second;
  const Cutoff* const cutoff = last_cutoff(vantage.now, place);
  if (cutoff == nullptr || report.mark.event < cutoff->mark.event) {
    return answer("V5", Verdict::not_met,
                  say("report ", found->first, " was not issued after the cut-off"),
                  {report.mark.event});
  }
  const auto open = outstanding_issues(vantage.cutoff, place.phase, place.planned_entry);
  std::set<Identifier> different;
  for (const Identifier& id : open) {
    if (!report.outstanding_issues.contains(id)) different.insert(id);
  }
  for (const Identifier& id : report.outstanding_issues) {
    const auto issue = vantage.now.issues.issues.find(id);
    if (issue == vantage.now.issues.issues.end() || !is_of(issue->second, place)) continue;
    if (!open.contains(id)) different.insert(id);
  }
  if (!different.empty()) {
    return answer("V5", Verdict::not_met,
                  say("report ", found->first,
                      " and the log disagree on whether these were open: ", different),
                  {report.mark.event, cutoff->mark.event});
  }
  return answer("V5", Verdict::met,
                say("report ", found->first, " lists the ", open.size(), " issues that were open"),
                {report.mark.event, cutoff->mark.event});
}

Answer answer_audit(const Vantage& vantage, const Place& place) {
  const Facts& now = vantage.now;
  const auto policy = policy_in_force(now.rulebook, events::PolicyKind::audit_regime,
                                      target_of(now, place), vantage.cutoff.recorded_at);
  if (!policy) {
    return answer("V7", Verdict::undetermined, "no policy says which audit regime is in force");
  }
  Answer said;
  switch (policy->body->audit_regime->regime) {
    case events::AuditRegime::audit_required: said = answer_external(now, place); break;
    case events::AuditRegime::ledger_verification: said = answer_verified(vantage); break;
    case events::AuditRegime::not_required:
      said = answer("V7", Verdict::not_applicable,
                    "the regime in force asks for no audit; a verification by somebody outside "
                    "DCC is recommended");
      break;
  }
  said.events.push_back(policy->activated);
  return said;
}

}  // namespace assay::projections
