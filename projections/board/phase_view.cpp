#include "projections/board/phase_view.hpp"

#include <algorithm>

#include "projections/board/board_fold.hpp"
#include "projections/board/outcome_sum.hpp"

namespace assay::projections {
namespace {

ImportView view_import(const Identifier& id, const Import& import) {
  return {import.finished.has_value(),
          import.file_name,
          id,
          import.not_in_scope,
          import.outcomes,
          import.planned_entry,
          import.result_count,
          import.results,
          import.started,
          import.unlisted};
}

ItemView view_item(const Identifier& id, const Item& item, const ItemStatus& status) {
  return {item.attempts,  status.event,    status.first_pass, status.invalidated, id,
          status.outcome, status.outcomes, item.recent,       item.test_case};
}

/// What the scopes that list items of this entry leave open.
void doubt_scopes(const PhaseBoard& board, const PhaseEntry& entry, PhaseEntryView& view) {
  std::set<Identifier> scopes;
  for (const auto& [id, item] : entry.items) scopes.insert(item.scopes.begin(), item.scopes.end());
  if (scopes.empty()) view.doubts.insert(Doubt::no_scope);
  for (const Identifier& id : scopes) {
    const auto found = board.scopes.find(id);
    if (found == board.scopes.end()) continue;
    const auto& baseline = found->second.baseline;
    if (!baseline || !baseline->effective_at) {
      view.doubts.insert(Doubt::scope_not_committed);
    } else if (!baseline->root_matches) {
      view.doubts.insert(Doubt::scope_differs);
    }
  }
}

void doubt_imports(const PhaseBoard& board, const Phase& phase, PhaseEntryView& view) {
  for (const Identifier& id : phase.imports) {
    const auto found = board.imports.find(id);
    if (found == board.imports.end()) continue;
    const Import& import = found->second;
    if (import.planned_entry != view.planned_entry) continue;
    add(view.unlisted, import.unlisted.outcomes);
    if (!import.finished) view.doubts.insert(Doubt::import_incomplete);
  }
}

RuleVerdict verdict_of(const PhaseEntryView& view) {
  const auto count = [&](ItemOutcome outcome) {
    const auto found = view.counts.by_outcome.find(outcome);
    return found == view.counts.by_outcome.end() ? 0 : found->second;
  };
  if (count(ItemOutcome::passed) + count(ItemOutcome::waived) < view.counts.items) {
    return RuleVerdict::not_met;
  }
  const std::size_t harmless = view.doubts.contains(Doubt::builds_not_baselined) ? 1 : 0;
  return view.doubts.size() > harmless ? RuleVerdict::undetermined : RuleVerdict::met;
}

/// A phase is complete when every entry that has not left it is.
RuleVerdict verdict_of(const std::vector<PhaseEntryView>& entries) {
  RuleVerdict verdict = RuleVerdict::undetermined;
  bool any = false;
  for (const PhaseEntryView& entry : entries) {
    if (entry.state == PhaseState::withdrawn) continue;
    if (entry.verdict == RuleVerdict::not_met) return RuleVerdict::not_met;
    if (!any || entry.verdict == RuleVerdict::undetermined) verdict = entry.verdict;
    any = true;
  }
  return verdict;
}

void view_plan(const PhaseBoard& board, const Phase& phase, PhaseView& view) {
  for (const Identifier& id : phase.scopes) {
    const auto found = board.scopes.find(id);
    if (found == board.scopes.end()) continue;
    view.scopes.push_back({found->second.baseline, found->second.items.size(), id});
  }
  for (const Identifier& id : phase.imports) {
    const auto found = board.imports.find(id);
    if (found != board.imports.end()) view.imports.push_back(view_import(id, found->second));
  }
  for (const auto& [key, tally] : phase.irregularities) {
    view.irregularities.push_back({key.code, key.planned_entry, tally});
  }
  const auto position =
      board.positions.find({subject_of(Kind::phase, view.phase.text), std::nullopt});
  if (position != board.positions.end()) view.position = position->second;
}

}  // namespace

void ScopeCounts::add(const ItemStatus& status) {
  ++items;
  ++by_outcome[status.outcome];
  if (status.outcome == ItemOutcome::blocked) ++blocked;
  if (status.outcome == ItemOutcome::passed) ++passed_effective;
  if (status.executed) ++executed;
  if (status.first_pass) ++first_pass;
}

void ScopeCounts::add(const ScopeCounts& more) {
  blocked += more.blocked;
  for (const auto& [outcome, count] : more.by_outcome) by_outcome[outcome] += count;
  executed += more.executed;
  first_pass += more.first_pass;
  items += more.items;
  passed_effective += more.passed_effective;
}

PhaseState state_of(const Phase& phase) {
  PhaseState least = PhaseState::withdrawn;
  for (const auto& [id, entry] : phase.entries) least = std::min(least, entry.state);
  return least;
}

std::vector<CounterView> view_counters(const PhaseBoard& board, const Phase& phase) {
  std::vector<CounterView> views;
  for (const auto& [name, source] : phase.sources) {
    // One tool may serve phases that run side by side: what another phase has seen is no gap here.
    CounterSet elsewhere;
    for (const auto& [id, other] : board.phases) {
      const auto found = other.sources.find(name);
      if (&other == &phase || found == other.sources.end()) continue;
      for (const CounterRange& range : found->second.seen.ranges()) elsewhere.insert(range);
    }
    CounterView view{source.declared,
                     source.duplicates.count,
                     source.seen.gaps(elsewhere),
                     source.seen.ranges(),
                     name,
                     {}};
    for (const DeclaredGap& gap : source.declared) elsewhere.insert(gap.range);
    view.undeclared = source.seen.gaps(elsewhere);
    views.push_back(std::move(view));
  }
  return views;
}

PhaseFacts facts_of(const PhaseBoard& board, const Phase& phase) {
  const std::vector<CounterView> counters = view_counters(board, phase);
  return {accepted_builds(board, phase),
          std::any_of(counters.begin(), counters.end(),
                      [](const CounterView& view) { return !view.undeclared.empty(); })};
}

PhaseEntryView view_entry(const PhaseBoard& board, const Phase& phase,
                          const Identifier& planned_entry, const PhaseFacts& facts) {
  PhaseEntryView view;
  view.planned_entry = planned_entry;
  const auto found = phase.entries.find(planned_entry);
  if (found == phase.entries.end()) return view;
  const PhaseEntry& entry = found->second;
  view.completions = entry.completions;
  view.cutoffs = entry.cutoffs;
  view.entry_decisions = entry.entry_decisions;
  view.exit_decisions = entry.exit_decisions;
  view.starts = entry.starts;
  view.state = entry.state;
  view.unlisted = entry.unlisted;
  for (const auto& [id, item] : entry.items) {
    const ItemStatus status = item_status(board, item, facts.accepted);
    if (item.in_scope()) view.counts.add(status);
    (item.in_scope() ? view.items : view.items_outside).push_back(view_item(id, item, status));
  }
  for (const Identifier& id : phase.open_runs) {
    const auto run = board.runs.find(id);
    if (run == board.runs.end() || run->second.planned_entry != planned_entry) continue;
    view.dangling_runs.push_back(id);
  }
  if (!facts.accepted) view.doubts.insert(Doubt::builds_not_baselined);
  if (facts.counters_missing) view.doubts.insert(Doubt::counters_missing);
  if (!view.dangling_runs.empty()) view.doubts.insert(Doubt::run_not_finished);
  doubt_scopes(board, entry, view);
  doubt_imports(board, phase, view);
  view.verdict = verdict_of(view);
  return view;
}

std::optional<PhaseView> view_phase(const PhaseBoard& board, const Identifier& id) {
  const auto found = board.phases.find(id);
  if (found == board.phases.end()) return std::nullopt;
  const Phase& phase = found->second;
  PhaseView view;
  const PhaseFacts facts = facts_of(board, phase);
  view.builds_baselined = facts.accepted.has_value();
  if (facts.accepted) view.accepted_builds.assign(facts.accepted->begin(), facts.accepted->end());
  view.counters = view_counters(board, phase);
  view.dangling_runs.assign(phase.open_runs.begin(), phase.open_runs.end());
  view.imports_refused = phase.imports_refused.count;
  view.interruptions = phase.interruptions;
  view.kind = phase.kind;
  view.name = phase.name;
  view.phase = id;
  view.removed_items = phase.removed_items;
  view.stage = phase.stage;
  view.state = state_of(phase);
  for (const auto& [entry, state] : phase.entries) {
    view.entries.push_back(view_entry(board, phase, entry, facts));
    view.counts.add(view.entries.back().counts);
  }
  view.verdict = verdict_of(view.entries);
  view_plan(board, phase, view);
  return view;
}

}  // namespace assay::projections
