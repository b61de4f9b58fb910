// Evaluations, reports, work-off plans, waivers, audits, defects that came to light afterwards.

#include "projections/completion/completion_fold.hpp"
#include "projections/fold/id_set.hpp"

namespace assay::projections {
void CompletionFold::operator()(const events::ExitEvaluated& event) {
  state_.evaluations[event_.id] = {{},
                                   event.engine,
                                   event.inputs,
                                   mark(),
                                   event.phase,
                                   set_of(event.planned_entries),
                                   event.policies,
                                   event.verdicts};
}

void CompletionFold::operator()(const events::ExitEvaluatedV2& event) {
  (*this)(static_cast<const events::ExitEvaluated&>(event));
  state_.evaluations[event_.id].counts = event.counts;
}

void CompletionFold::operator()(const events::CompletionReportIssued& event) {
  if (stage_ == Stage::became_effective) {
    const auto found = state_.reports.find(event.report);
    if (found == state_.reports.end() || found->second.mark.event != event_.id) return unplaced();
    found->second.effective_at = event_.recorded_at;
    return;
  }
  const auto [at, made] = state_.reports.try_emplace(event.report);
  if (!made) return unplaced();
  Report& report = at->second;
  report.document = event.document;
  if (stage_ == Stage::in_effect) report.effective_at = event_.recorded_at;
  report.kind = event.kind;
  report.mark = mark();
  report.outstanding_issues = set_of(event.outstanding_issues);
  report.phases = set_of(event.phases);
  report.planned_entries = set_of(event.planned_entries);
  report.seen_size = event_.seen ? event_.seen->size : 0;
  report.work_off_plan = event.work_off_plan;
}

void CompletionFold::operator()(const events::WorkOffPlanBaselined& event) {
  const auto [at, made] = state_.work_off_plans.try_emplace(event.work_off_plan);
  if (!made) return unplaced();
  at->second.mark = mark();
  at->second.phases = set_of(event.phases);
  for (const events::WorkOffItem& item : event.items) {
    PlannedWorkOff& planned = at->second.items[item.issue];
    planned.first_target = item.target;
    planned.owner = item.owner;
    planned.target = item.target;
    planned.workaround = item.workaround;
  }
}

/// Null, and counted, when no plan has an item for the issue.
PlannedWorkOff* CompletionFold::item_of(const Identifier& plan, const Identifier& issue) {
  const auto found = state_.work_off_plans.find(plan);
  if (found != state_.work_off_plans.end()) {
    const auto item = found->second.items.find(issue);
    if (item != found->second.items.end()) return &item->second;
  }
  unplaced();
  return nullptr;
}

void CompletionFold::operator()(const events::WorkOffItemUpdated& event) {
  PlannedWorkOff* const item = item_of(event.work_off_plan, event.issue);
  if (item == nullptr) return;
  if (event.owner) item->owner = *event.owner;
  if (event.target) item->target = *event.target;
  item->updates.push_back({mark(), event.owner, event.reason, event.target});
}

void CompletionFold::operator()(const events::WorkOffItemCompleted& event) {
  PlannedWorkOff* const item = item_of(event.work_off_plan, event.issue);
  if (item == nullptr) return;
  if (item->completed) return unplaced();
  item->completed = mark();
  item->evidence = event.evidence.size();
}

void CompletionFold::operator()(const events::WaiverGranted& event) {
  const auto [at, made] = state_.waivers.try_emplace(event.waiver);
  if (!made) return unplaced();
  at->second = {
      event.approval, event.expires_on, mark(), event.phase, set_of(event.planned_entries),
      event.reason,   event.rule};
}

void CompletionFold::operator()(const events::ExternalAuditReportRegistered& event) {
  const auto [at, made] = state_.audits.try_emplace(event.report);
  if (!made) return unplaced();
  at->second = {event.auditor, event.document, mark(), event.opinion, set_of(event.phases)};
}

void CompletionFold::operator()(const events::PostExitDefectRecorded& event) {
  const auto [at, made] = state_.defects.try_emplace(event.defect);
  if (!made) return unplaced();
  at->second = {event.environment, event.issue, mark(), event.phase, set_of(event.planned_entries),
                event.severity,    event.title};
}

}  // namespace assay::projections
