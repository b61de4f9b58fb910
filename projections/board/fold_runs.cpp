// Runs and imports.

#include <algorithm>

#include "projections/board/board_fold.hpp"

namespace assay::projections {
namespace {

bool is_under_way(const PhaseEntry& entry) {
  return entry.state == PhaseState::executing || entry.state == PhaseState::exit_pending;
}

/// Results count on builds of the phase's environments. A run that names no build, in a phase that
/// knows its builds, is on an unknown one.
bool on_accepted(const PhaseBoard& board, const Phase& phase,
                 const std::vector<std::string>& builds) {
  const auto accepted = accepted_builds(board, phase);
  if (!accepted) return true;
  return !builds.empty() && std::all_of(builds.begin(), builds.end(), [&](const std::string& b) {
    return accepted->contains(b);
  });
}

/// A run that names its environment and no builds runs on what is deployed there at that time.
std::vector<std::string> builds_of(const PhaseBoard& board, const events::RunStarted& event) {
  if (!event.builds.empty() || !event.environment) return event.builds;
  std::vector<std::string> builds;
  const auto environment = board.environments.find(*event.environment);
  if (environment == board.environments.end()) return builds;
  for (const auto& [name, component] : environment->second.components) {
    builds.push_back(component.build);
  }
  return builds;
}

}  // namespace

void BoardFold::count(Phase& phase, const std::string& source, std::uint64_t counter) {
  CounterSource& at = phase.sources[source];
  if (!at.seen.insert(counter)) at.duplicates.add(event_.id);
}

void BoardFold::operator()(const events::RunStarted& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  const auto [at, made] = board_.runs.try_emplace(event.run);
  if (!made) return unplaced();
  Run& run = at->second;
  run.attempt = event.attempt;
  run.builds = builds_of(board_, event);
  run.counts_for = event.counts_for;
  run.item = event.item;
  run.phase = event.phase;
  run.planned_entry = event.planned_entry;
  run.started = event_.id;
  run.test_case = event.test_case;
  ++phase->runs;
  phase->open_runs.insert(event.run);
  if (event.tool) count(*phase, event.tool->name, event.tool->run_counter);

  PhaseEntry& entry = entry_of(*phase, event.planned_entry);
  if (!is_under_way(entry)) {
    phase->flag(Irregularity::run_outside_execution, event.planned_entry, event_.id);
  }
  if (!on_accepted(board_, *phase, run.builds)) {
    phase->flag(Irregularity::build_not_baselined, event.planned_entry, event_.id);
  }
  if (!event.item) return;
  Item& item = entry.items[*event.item];
  ++item.attempts;
  if (!item.first) {
    item.first = {std::nullopt, event_.id, std::nullopt, std::nullopt, event.run};
  }
  item.runs.push_back(event.run);
  if (!item.in_scope()) phase->flag(Irregularity::not_in_scope, event.planned_entry, event_.id);
}

void BoardFold::operator()(const events::RunFinished& event) {
  const auto found = board_.runs.find(event.run);
  if (found == board_.runs.end() || found->second.finished) return unplaced();
  Run& run = found->second;
  Phase* const phase = phase_of(run.phase);
  if (phase == nullptr) return;
  run.finished = {event.ended_at, event_.id, event.evidence.size(), event.outcome,
                  event_.recorded_at};
  phase->open_runs.erase(event.run);
  PhaseEntry& entry = entry_of(*phase, run.planned_entry);
  if (run.item) {
    entry.items[*run.item].add_recent(event_.id, event.outcome);
  } else {
    entry.unlisted.add(event.outcome);
  }
}

void BoardFold::operator()(const events::RunInvalidated& event) {
  const auto found = board_.runs.find(event.run);
  if (found == board_.runs.end()) return unplaced();
  Run& run = found->second;
  if (stage_ != Stage::became_effective) {
    run.invalidations.push_back({std::nullopt, event_.id, event.reason, event.replaced_by});
  }
  if (stage_ == Stage::awaiting_voices) return;
  for (Invalidation& invalidation : run.invalidations) {
    if (invalidation.event == event_.id) invalidation.effective_at = event_.recorded_at;
  }
  if (Phase* const phase = phase_of(run.phase)) phase->open_runs.erase(event.run);
}

bool Run::invalidated() const noexcept {
  return std::any_of(invalidations.begin(), invalidations.end(),
                     [](const Invalidation& said) { return said.effective_at.has_value(); });
}

void BoardFold::operator()(const events::GapDeclared& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  phase->sources[event.source].declared.push_back(
      {event_.id, {event.from_counter, event.to_counter}, event.reason});
}

void BoardFold::operator()(const events::ImportStarted& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  const auto [at, made] = board_.imports.try_emplace(event.import);
  if (!made) return unplaced();
  Import& import = at->second;
  import.build = event.build;
  import.dialect = event.dialect;
  import.evidence = event.evidence;
  import.file_name = event.file_name;
  import.format = event.format;
  import.kind = event.kind;
  import.phase = event.phase;
  import.planned_entry = event.planned_entry;
  import.recorded_at = event_.recorded_at;
  import.repeat = event.repeat;
  import.result_count = event.result_count;
  import.started = event_.id;
  phase->imports.push_back(event.import);

  const PhaseEntry& entry = entry_of(*phase, event.planned_entry);
  if (!is_under_way(entry)) {
    phase->flag(Irregularity::run_outside_execution, event.planned_entry, event_.id);
  }
  const std::vector<std::string> builds =
      event.build ? std::vector{*event.build} : std::vector<std::string>{};
  if (!on_accepted(board_, *phase, builds)) {
    phase->flag(Irregularity::build_not_baselined, event.planned_entry, event_.id);
  }
}

bool BoardFold::point_cursor_at(const Identifier& import) {
  ImportCursor& cursor = board_.cursor;
  if (cursor.import != nullptr && cursor.import->first == import) return true;
  cursor.reset();
  const auto found = board_.imports.find(import);
  if (found == board_.imports.end()) return false;
  const auto phase = board_.phases.find(found->second.phase);
  if (phase == board_.phases.end()) return false;
  cursor.import = &*found;
  cursor.phase = &phase->second;
  cursor.entry = &entry_of(*cursor.phase, found->second.planned_entry);
  return true;
}

void BoardFold::operator()(const events::ResultImported& event) {
  if (!point_cursor_at(event.import)) return unplaced();
  ImportCursor& cursor = board_.cursor;
  Import& import = cursor.import->second;
  ++import.results;
  import.outcomes.add(event.outcome);
  if (event.started_at && (!import.latest_result || *import.latest_result < *event.started_at)) {
    import.latest_result = event.started_at;
  }
  if (event.counter) {
    // A report does not name its tool; the dialect is the nearest that it says of its source.
    if (cursor.source == nullptr) {
      cursor.source =
          &cursor.phase->sources[import.dialect.empty() ? import.format.text : import.dialect];
    }
    if (!cursor.source->seen.insert(*event.counter)) cursor.source->duplicates.add(event_.id);
  }
  if (!event.item) {
    import.unlisted.outcomes.add(event.outcome);
    if (import.unlisted.names.size() < kUnlistedNames) import.unlisted.names.push_back(event.name);
    return;
  }
  static const std::string kNoBuild;
  Item& item = cursor.entry->items[*event.item];
  if (!item.in_scope()) {
    ++import.not_in_scope;
    cursor.phase->flag(Irregularity::not_in_scope, import.planned_entry, event_.id);
  }
  item.add_result(event_.id, event, import.started, import.build ? *import.build : kNoBuild,
                  board_.last_look);
}

void BoardFold::finish(const Identifier& import, const events::DeclaredCounts& declared,
                       std::uint64_t warnings) {
  const auto found = board_.imports.find(import);
  if (found == board_.imports.end() || found->second.finished) return unplaced();
  found->second.declared = declared;
  found->second.finished = event_.id;
  found->second.warnings = warnings;
}

void BoardFold::operator()(const events::ImportFinished& event) {
  // A zero of version 1 may stand for "nothing declared", so it is no statement.
  const auto stated = [](std::uint64_t count) {
    return count == 0 ? std::nullopt : std::optional(count);
  };
  finish(event.import,
         {stated(event.declared.cases), stated(event.declared.errors),
          stated(event.declared.failed), stated(event.declared.skipped)},
         event.warnings.size() + event.repairs.size());
}

void BoardFold::operator()(const events::ImportFinishedV2& event) {
  finish(event.import, event.declared, event.warnings.size() + event.repairs.size());
}

void BoardFold::operator()(const events::ImportRefused& event) {
  if (!event.phase) return board_.imports_refused.add(event_.id);
  if (Phase* const phase = phase_of(*event.phase)) phase->imports_refused.add(event_.id);
}

}  // namespace assay::projections
