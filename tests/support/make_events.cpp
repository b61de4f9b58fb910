#include "tests/support/make_events.hpp"

#include "ledger/format/json_archive.hpp"
#include "ledger/merkle/compact_range.hpp"

namespace assay::testing {

using namespace events;

PlannedEntryDeclared planned_entry(const char* id, std::set<TestKind> kinds) {
  PlannedEntryDeclared event;
  event.dmc = "DMC-MDS-001";
  event.planned_entry = id;
  event.release = "MOC";
  event.required_kinds = std::move(kinds);
  event.smso = "MDS";
  return event;
}

PlannedEntryWithdrawn withdrawn(const char* planned_entry) {
  PlannedEntryWithdrawn event;
  event.explanation = "de-selected";
  event.planned_entry = planned_entry;
  event.reason = WithdrawalReason::deselected;
  return event;
}

PhasePlanned phase(const char* id, Ids planned_entries, TestKind kind) {
  PhasePlanned event;
  event.kind = kind;
  event.name = std::string("Phase ") + id;
  event.phase = id;
  event.planned_entries = IdentifierSet::of(std::move(planned_entries));
  event.stage = std::string(enum_text(kind));
  return event;
}

ScopeItem item(const std::string& id, const std::string& planned_entry) {
  ScopeItem made;
  made.item = id;
  made.planned_entry = planned_entry;
  made.test_case = id;
  return made;
}

ScopeItemsListed listed(const char* scope, const char* phase, std::vector<ScopeItem> items) {
  ScopeItemsListed event;
  event.items = std::move(items);
  event.phase = phase;
  event.scope = scope;
  return event;
}

ScopeBaselined baselined(const char* scope, const char* phase,
                         const std::vector<ScopeItem>& items) {
  merkle::CompactRange range;
  for (const ScopeItem& one : items) range.append(merkle::leaf_hash(to_canonical(one)));
  ScopeBaselined event;
  event.item_count = items.size();
  event.phase = phase;
  event.root = range.root();
  event.scope = scope;
  event.version = "1";
  return event;
}

ScopeChanged scope_changed(const char* scope, const char* phase, std::vector<ScopeItem> added,
                           Ids removed) {
  ScopeChanged event;
  event.added = std::move(added);
  event.phase = phase;
  event.reason = "as agreed";
  event.removed = IdentifierSet::of(std::move(removed));
  event.scope = scope;
  event.version = "2";
  return event;
}

EnvironmentBaselined environment(const char* id, Ids phases, const char* build) {
  EnvironmentBaselined event;
  event.components = {{build, std::nullopt, "S1SP"}};
  event.environment = id;
  event.phases = IdentifierSet::of(std::move(phases));
  return event;
}

BuildDeployed deployed(const char* environment, const char* from, const char* to) {
  BuildDeployed event;
  event.component = "S1SP";
  event.environment = environment;
  event.from_build = from;
  event.to_build = to;
  return event;
}

ExecutionWaived waived(const char* phase, const std::string& planned_entry,
                       const std::string& item) {
  ExecutionWaived event;
  event.item = item;
  event.phase = phase;
  event.planned_entry = planned_entry;
  event.reason = "not applicable to this device";
  return event;
}

EntryDecided entry_decided(const char* phase, Ids planned_entries, EntryOutcome outcome) {
  EntryDecided event;
  event.outcome = outcome;
  event.phase = phase;
  event.planned_entries = IdentifierSet::of(std::move(planned_entries));
  return event;
}

template <class Step>
Step step(const char* phase, Ids planned_entries) {
  Step event;
  event.phase = phase;
  event.planned_entries = IdentifierSet::of(std::move(planned_entries));
  return event;
}
PhaseStarted phase_started(const char* phase, Ids planned_entries) {
  return step<PhaseStarted>(phase, std::move(planned_entries));
}
PhaseCompleted phase_completed(const char* phase, Ids planned_entries) {
  return step<PhaseCompleted>(phase, std::move(planned_entries));
}

template <class Interruption>
Interruption interruption(const char* phase) {
  Interruption event;
  event.phase = phase;
  event.reason = "an outage";
  return event;
}
PhaseSuspended phase_suspended(const char* phase) { return interruption<PhaseSuspended>(phase); }
PhaseResumed phase_resumed(const char* phase) { return interruption<PhaseResumed>(phase); }
PhaseAborted phase_aborted(const char* phase) { return interruption<PhaseAborted>(phase); }

ExitCutoffDeclared cutoff(const char* phase, Ids planned_entries, std::uint64_t size) {
  ExitCutoffDeclared event;
  event.cutoff_size = size;
  event.phase = phase;
  event.planned_entries = IdentifierSet::of(std::move(planned_entries));
  return event;
}

ExitDecided exit_decided(const char* phase, Ids planned_entries, ExitOutcome outcome) {
  ExitDecided event;
  event.outcome = outcome;
  event.phase = phase;
  event.planned_entries = IdentifierSet::of(std::move(planned_entries));
  return event;
}

RunStarted run_started(const std::string& run, const char* phase, const std::string& planned_entry,
                       const std::string& item, std::vector<std::string> builds) {
  RunStarted event;
  event.builds = std::move(builds);
  if (!item.empty()) event.item = Identifier(item);
  event.phase = phase;
  event.planned_entry = planned_entry;
  event.run = run;
  event.test_case = item.empty() ? "AD-HOC" : item;
  return event;
}

RunFinished run_finished(const std::string& run, Outcome outcome) {
  RunFinished event;
  event.outcome = outcome;
  event.run = run;
  return event;
}

RunInvalidated run_invalidated(const std::string& run) {
  RunInvalidated event;
  event.reason = "wrong firmware on the bench";
  event.run = run;
  return event;
}

ImportStarted import_started(const std::string& import, const char* phase,
                             const std::string& planned_entry, const std::string& build,
                             std::uint64_t result_count) {
  ImportStarted event;
  if (!build.empty()) event.build = build;
  event.dialect = "pytest";
  event.file_name = import + ".xml";
  event.format = "junit";
  event.import = import;
  event.kind = TestKind::sit;
  event.mapping = "names";
  event.parser = "assay-junit-1";
  event.phase = phase;
  event.planned_entry = planned_entry;
  event.result_count = result_count;
  return event;
}

ResultImported result(const std::string& import, std::uint64_t ordinal, const std::string& item,
                      Outcome outcome) {
  ResultImported event;
  event.import = import;
  if (!item.empty()) event.item = Identifier(item);
  event.name = "test_" + std::to_string(ordinal);
  event.ordinal = ordinal;
  event.outcome = outcome;
  return event;
}

ImportFinished import_finished(const std::string& import, std::uint64_t result_count) {
  ImportFinished event;
  event.counts = {result_count, 0, 0, result_count, 0};
  event.import = import;
  event.result_count = result_count;
  return event;
}

IssueRaised issue_raised(const char* issue, const char* phase, Ids planned_entries) {
  IssueRaised event;
  event.issue = issue;
  event.phase = phase;
  event.planned_entries = IdentifierSet::of(std::move(planned_entries));
  event.title = std::string("Something about ") + issue;
  return event;
}

IssueTriaged issue_triaged(const char* issue, std::uint64_t severity) {
  IssueTriaged event;
  event.attribution = Attribution::dcc_systems;
  event.issue = issue;
  event.owner = "DCC";
  event.rationale = "as seen on the bench";
  event.severity = severity;
  return event;
}

IssueSeverityChanged severity_changed(const char* issue, std::uint64_t from, std::uint64_t to) {
  IssueSeverityChanged event;
  event.from_severity = from;
  event.issue = issue;
  event.reason = "fewer devices than thought";
  event.to_severity = to;
  return event;
}

IssueAssigned issue_assigned(const char* issue, const char* owner) { return {issue, owner}; }
IssueFixDelivered fix_delivered(const char* issue, const char* build) { return {build, issue}; }

RetestRecorded retest(const char* issue, bool passed, const char* run) {
  return {issue, passed, std::nullopt, Identifier(run)};
}

IssueClosed issue_closed(const char* issue, ClosureKind closure) {
  return {closure, issue, std::nullopt, {}};
}

IssueReopened issue_reopened(const char* issue) { return {issue, "seen again"}; }
IssueDisputed issue_disputed(const char* issue) { return {issue, "we see it otherwise"}; }
DisputeDetermined dispute_determined(const char* issue) {
  return {Forum::panel, "it stands as it was", issue};
}
IssueRejected issue_rejected(const char* issue) { return {issue, "works as specified"}; }
IssueDuplicated issue_duplicated(const char* issue, const char* of) { return {issue, of}; }
IssueDeferred issue_deferred(const char* issue) {
  return {std::nullopt, issue, "after the release", std::nullopt, std::nullopt};
}
IssueWorkaroundAgreed workaround_agreed(const char* issue) {
  return {"SMSO-MDS", "restart the hub", issue};
}

}  // namespace assay::testing
