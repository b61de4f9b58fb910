#pragma once

/// Events of a test programme in one line each: what a test is about is given, the rest is filled
/// in.

#include <initializer_list>
#include <string>
#include <vector>

#include "ledger/events/catalogue.hpp"

namespace assay::testing {

using Ids = std::vector<Identifier>;

// What is to be tested.
events::PlannedEntryDeclared planned_entry(const char* id, std::set<events::TestKind> kinds = {
                                                               events::TestKind::sit});
events::PlannedEntryWithdrawn withdrawn(const char* planned_entry);
events::PhasePlanned phase(const char* id, Ids planned_entries,
                           events::TestKind kind = events::TestKind::sit);

// Scope and builds.
events::ScopeItem item(const std::string& id, const std::string& planned_entry);
events::ScopeItemsListed listed(const char* scope, const char* phase,
                                std::vector<events::ScopeItem> items);
/// With the count and root of `items`.
events::ScopeBaselined baselined(const char* scope, const char* phase,
                                 const std::vector<events::ScopeItem>& items);
events::ScopeChanged scope_changed(const char* scope, const char* phase,
                                   std::vector<events::ScopeItem> added, Ids removed);
/// One component, "S1SP", at `build`.
events::EnvironmentBaselined environment(const char* id, Ids phases, const char* build);
events::BuildDeployed deployed(const char* environment, const char* from, const char* to);
events::ExecutionWaived waived(const char* phase, const std::string& planned_entry,
                               const std::string& item);

// Steps of a phase.
events::EntryDecided entry_decided(const char* phase, Ids planned_entries,
                                   events::EntryOutcome outcome = events::EntryOutcome::enter);
events::PhaseStarted phase_started(const char* phase, Ids planned_entries);
events::PhaseCompleted phase_completed(const char* phase, Ids planned_entries);
events::PhaseSuspended phase_suspended(const char* phase);
events::PhaseResumed phase_resumed(const char* phase);
events::PhaseAborted phase_aborted(const char* phase);
events::ExitCutoffDeclared cutoff(const char* phase, Ids planned_entries, std::uint64_t size);
events::ExitDecided exit_decided(const char* phase, Ids planned_entries,
                                 events::ExitOutcome outcome = events::ExitOutcome::exit);

// Runs and imports.
events::RunStarted run_started(const std::string& run, const char* phase,
                               const std::string& planned_entry, const std::string& item,
                               std::vector<std::string> builds = {});
events::RunFinished run_finished(const std::string& run, events::Outcome outcome);
events::RunInvalidated run_invalidated(const std::string& run);
events::ImportStarted import_started(const std::string& import, const char* phase,
                                     const std::string& planned_entry, const std::string& build,
                                     std::uint64_t result_count);
/// `item` may be empty: a result outside the scope.
events::ResultImported result(const std::string& import, std::uint64_t ordinal,
                              const std::string& item, events::Outcome outcome);
/// As received: everything passed, no warnings.
events::ImportFinished import_finished(const std::string& import, std::uint64_t result_count);

// Issues.
events::IssueRaised issue_raised(const char* issue, const char* phase, Ids planned_entries);
events::IssueTriaged issue_triaged(const char* issue, std::uint64_t severity);
events::IssueSeverityChanged severity_changed(const char* issue, std::uint64_t from,
                                              std::uint64_t to);
events::IssueAssigned issue_assigned(const char* issue, const char* owner = "DCC");
events::IssueFixDelivered fix_delivered(const char* issue, const char* build = "B2");
events::RetestRecorded retest(const char* issue, bool passed, const char* run = "R1");
events::IssueClosed issue_closed(const char* issue,
                                 events::ClosureKind closure = events::ClosureKind::retest_passed);
events::IssueReopened issue_reopened(const char* issue);
events::IssueDisputed issue_disputed(const char* issue);
events::DisputeDetermined dispute_determined(const char* issue);
events::IssueRejected issue_rejected(const char* issue);
events::IssueDuplicated issue_duplicated(const char* issue, const char* of);
events::IssueDeferred issue_deferred(const char* issue);
events::IssueWorkaroundAgreed workaround_agreed(const char* issue);

}  // namespace assay::testing
