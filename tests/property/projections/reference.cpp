#include "tests/property/projections/reference.hpp"

#include <algorithm>

namespace assay::testing {
namespace {

using events::Outcome;
using projections::AcceptedBuilds;
using projections::ItemOutcome;
using projections::Stage;

/// One attempt at an item. `at` and `ended` are places in the history.
struct Attempted {
  std::size_t at = 0;
  std::optional<std::size_t> ended;
  Outcome outcome = Outcome::not_completed;
  Outcome first_outcome = Outcome::not_completed;  // where a report mentions earlier attempts
  std::vector<std::string> builds;
  bool is_import = false;
  bool invalid = false;
  std::size_t import_at = 0;
};

constexpr Outcome kWorstFirst[] = {Outcome::failed,        Outcome::error,   Outcome::blocked,
                                   Outcome::not_completed, Outcome::skipped, Outcome::passed};

Outcome worst_of(const std::vector<Outcome>& outcomes) {
  for (const Outcome outcome : kWorstFirst) {
    if (std::find(outcomes.begin(), outcomes.end(), outcome) != outcomes.end()) return outcome;
  }
  return Outcome::passed;
}

ItemOutcome named(Outcome outcome) {
  const auto found = enum_from_text<ItemOutcome>([&] {
    std::string text(enum_text(outcome));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c == '_' ? c : static_cast<char>(c - 'a' + 'A'); });
    return text;
  }());
  return found.value();
}

bool good(const AcceptedBuilds& accepted, const std::vector<std::string>& builds) {
  if (!accepted) return true;
  for (const std::string& build : builds) {
    if (!accepted->contains(build)) return false;
  }
  return !builds.empty();
}

/// The first event of type T for which `wanted` holds; ids are taken by who comes first.
template <class T, class Wanted>
std::optional<std::size_t> first_where(const std::vector<FedEvent>& history, Wanted&& wanted) {
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto* event = event_if<T>(&history[i].data);
    if (event != nullptr && history[i].stage != Stage::became_effective && wanted(*event)) return i;
  }
  return std::nullopt;
}

/// What is deployed in the environment just before place `before`.
std::vector<std::string> deployed_in(const std::vector<FedEvent>& history, const Identifier& id,
                                     std::size_t before) {
  std::map<std::string, std::string> components;
  bool known = false;
  for (std::size_t i = 0; i < before; ++i) {
    if (const auto* base = event_if<events::EnvironmentBaselined>(&history[i].data)) {
      if (base->environment != id || known) continue;
      known = true;
      for (const auto& component : base->components) components[component.name] = component.build;
    } else if (const auto* change = event_if<events::BuildDeployed>(&history[i].data)) {
      if (known && change->environment == id) components[change->component] = change->to_build;
    }
  }
  std::vector<std::string> builds;
  for (const auto& [name, build] : components) builds.push_back(build);
  return builds;
}

bool invalidated(const std::vector<FedEvent>& history, const Identifier& run, std::size_t start) {
  for (std::size_t i = start; i < history.size(); ++i) {
    const auto* event = event_if<events::RunInvalidated>(&history[i].data);
    if (event == nullptr || event->run != run) continue;
    if (history[i].stage != Stage::awaiting_voices) return true;
  }
  return false;
}

std::vector<Attempted> runs_of(const std::vector<FedEvent>& history, const Identifier& phase,
                               const Identifier& planned_entry, const Identifier& item) {
  std::vector<Attempted> attempts;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto* started = event_if<events::RunStarted>(&history[i].data);
    if (started == nullptr || started->phase != phase || started->item != item ||
        started->planned_entry != planned_entry) {
      continue;
    }
    Attempted run;
    run.at = i;
    run.builds = started->builds;
    if (run.builds.empty() && started->environment) {
      run.builds = deployed_in(history, *started->environment, i);
    }
    run.invalid = invalidated(history, started->run, i);
    for (std::size_t j = i; j < history.size() && !run.ended; ++j) {
      const auto* finished = event_if<events::RunFinished>(&history[j].data);
      if (finished == nullptr || finished->run != started->run) continue;
      run.ended = j;
      run.outcome = run.first_outcome = finished->outcome;
    }
    attempts.push_back(run);
  }
  return attempts;
}

/// One attempt for each import that speaks of the item.
std::vector<Attempted> imports_of(const std::vector<FedEvent>& history, const Identifier& phase,
                                  const Identifier& planned_entry, const Identifier& item) {
  std::vector<Attempted> attempts;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto* started = event_if<events::ImportStarted>(&history[i].data);
    if (started == nullptr || started->phase != phase || started->planned_entry != planned_entry) {
      continue;
    }
    Attempted import;
    import.is_import = true;
    import.import_at = i;
    import.builds = {started->build.value_or("")};
    std::vector<Outcome> outcomes;
    std::vector<Outcome> first_outcomes;
    for (std::size_t j = i; j < history.size(); ++j) {
      const auto* one = event_if<events::ResultImported>(&history[j].data);
      if (one == nullptr || one->import != started->import || one->item != item) continue;
      if (outcomes.empty()) import.at = j;
      import.ended = j;
      outcomes.push_back(one->outcome);
      first_outcomes.push_back(one->attempts ? one->attempts->front().outcome : one->outcome);
    }
    if (outcomes.empty()) continue;
    import.outcome = worst_of(outcomes);
    import.first_outcome = worst_of(first_outcomes);
    attempts.push_back(import);
  }
  return attempts;
}

/// Of the imports on one build, only the one that started last is the latest.
bool overtaken(const Attempted& one, const std::vector<Attempted>& all) {
  return one.is_import && std::any_of(all.begin(), all.end(), [&](const Attempted& other) {
           return other.is_import && other.builds == one.builds && other.import_at > one.import_at;
         });
}

const Attempted* latest(const std::vector<Attempted>& all, const AcceptedBuilds& accepted) {
  const Attempted* last = nullptr;
  for (const Attempted& one : all) {
    if (!one.ended || one.invalid || !good(accepted, one.builds) || overtaken(one, all)) continue;
    if (last == nullptr || *last->ended < *one.ended) last = &one;
  }
  return last;
}

ItemOutcome decide(const std::vector<Attempted>& all, const AcceptedBuilds& accepted) {
  const Attempted* on_accepted = latest(all, accepted);
  const Attempted* on_any = latest(all, std::nullopt);
  if (on_accepted != nullptr && on_accepted->outcome == Outcome::passed) return ItemOutcome::passed;
  for (const Attempted& one : all) {
    if (one.ended || one.invalid) continue;
    if (on_any == nullptr || *on_any->ended < one.at) return ItemOutcome::running;
  }
  if (on_accepted != nullptr) return named(on_accepted->outcome);
  if (on_any == nullptr) return ItemOutcome::not_run;
  return on_any->outcome == Outcome::passed ? ItemOutcome::stale : named(on_any->outcome);
}

/// Scopes that list the item of this planned entry at the end.
bool listed_at_end(const std::vector<FedEvent>& history, const Identifier& phase,
                   const Identifier& planned_entry, const Identifier& item) {
  std::set<Identifier> scopes;  // that list (planned_entry, item) in phase
  std::map<std::pair<Identifier, Identifier>, Identifier> owner;  // (scope, item) → planned entry
  std::set<Identifier> known;
  const auto list = [&](const Identifier& scope, const Identifier& in,
                        const events::ScopeItem& one) {
    if (in == phase && one.planned_entry == planned_entry && one.item == item) scopes.insert(scope);
    owner[{scope, one.item}] = one.planned_entry;
    known.insert(scope);
  };
  for (const FedEvent& fed : history) {
    if (const auto* base = event_if<events::ScopeBaselined>(&fed.data)) {
      known.insert(base->scope);
    } else if (const auto* said = event_if<events::ScopeItemsListed>(&fed.data)) {
      for (const auto& one : said->items) list(said->scope, said->phase, one);
    } else if (const auto* change = event_if<events::ScopeChanged>(&fed.data)) {
      if (!known.contains(change->scope)) continue;
      for (const Identifier& removed : change->removed.ids) {
        const auto at = owner.find({change->scope, removed});
        if (at == owner.end()) continue;
        if (change->phase == phase && at->second == planned_entry && removed == item) {
          scopes.erase(change->scope);
        }
        owner.erase(at);
      }
      for (const auto& one : change->added) list(change->scope, change->phase, one);
    }
  }
  return !scopes.empty();
}

}  // namespace

AcceptedBuilds Reference::accepted(const Identifier& phase) const {
  AcceptedBuilds builds;
  std::set<Identifier> seen;
  for (const FedEvent& fed : events_) {
    const auto* base = event_if<events::EnvironmentBaselined>(&fed.data);
    if (base == nullptr || !seen.insert(base->environment).second) continue;
    if (!base->phases.contains(phase.text)) continue;
    if (!builds) builds.emplace();
    for (const std::string& build : deployed_in(events_, base->environment, events_.size())) {
      builds->insert(build);
    }
  }
  return builds;
}

ReferenceItem Reference::item(const Identifier& phase, const Identifier& planned_entry,
                              const Identifier& item) const {
  const AcceptedBuilds builds = accepted(phase);
  std::vector<Attempted> all = runs_of(events_, phase, planned_entry, item);
  ReferenceItem answer;
  answer.attempts = all.size();
  for (const Attempted& import : imports_of(events_, phase, planned_entry, item)) {
    all.push_back(import);
  }
  for (const FedEvent& fed : events_) {
    const auto* one = event_if<events::ResultImported>(&fed.data);
    if (one == nullptr || one->item != item) continue;
    const auto started = first_where<events::ImportStarted>(
        events_, [&](const auto& event) { return event.import == one->import; });
    const auto& import = *event_if<events::ImportStarted>(&events_[*started].data);
    if (import.phase != phase || import.planned_entry != planned_entry) continue;
    const auto executes = [](Outcome outcome) {
      return outcome == Outcome::passed || outcome == Outcome::failed || outcome == Outcome::error;
    };
    ++answer.attempts;
    answer.executed = answer.executed || executes(one->outcome);
    for (const auto& earlier : one->attempts.value_or(std::vector<events::Attempt>{})) {
      ++answer.attempts;
      answer.executed = answer.executed || executes(earlier.outcome);
    }
  }
  for (const Attempted& one : all) {
    if (one.is_import || !one.ended || one.invalid) continue;
    answer.executed = answer.executed || one.outcome == Outcome::passed ||
                      one.outcome == Outcome::failed || one.outcome == Outcome::error;
  }
  const auto first = std::min_element(
      all.begin(), all.end(), [](const Attempted& a, const Attempted& b) { return a.at < b.at; });
  answer.first_pass = first != all.end() && first->ended && !first->invalid &&
                      first->first_outcome == Outcome::passed && good(builds, first->builds);
  const bool waived =
      first_where<events::ExecutionWaived>(events_, [&](const auto& event) {
        return event.phase == phase && event.planned_entry == planned_entry && event.item == item;
      }).has_value();
  answer.outcome = waived ? ItemOutcome::waived : decide(all, builds);
  answer.in_scope = listed_at_end(events_, phase, planned_entry, item);
  return answer;
}

std::set<Identifier> Reference::dangling(const Identifier& phase) const {
  std::set<Identifier> runs;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    const auto* started = event_if<events::RunStarted>(&events_[i].data);
    if (started == nullptr || started->phase != phase) continue;
    const bool finished = first_where<events::RunFinished>(events_, [&](const auto& event) {
                            return event.run == started->run;
                          }).has_value();
    if (!finished && !invalidated(events_, started->run, i)) runs.insert(started->run);
  }
  return runs;
}

std::set<std::uint64_t> Reference::missing(const Identifier& phase,
                                           const std::string& source) const {
  std::set<std::uint64_t> here;
  std::set<std::uint64_t> anywhere;
  const auto saw = [&](const Identifier& in, std::uint64_t counter) {
    anywhere.insert(counter);
    if (in == phase) here.insert(counter);
  };
  for (const FedEvent& fed : events_) {
    if (const auto* run = event_if<events::RunStarted>(&fed.data)) {
      if (run->tool && run->tool->name == source) saw(run->phase, run->tool->run_counter);
    } else if (const auto* one = event_if<events::ResultImported>(&fed.data)) {
      const auto started = first_where<events::ImportStarted>(
          events_, [&](const auto& event) { return event.import == one->import; });
      const auto& import = *event_if<events::ImportStarted>(&events_[*started].data);
      if (one->counter && import.dialect == source) saw(import.phase, *one->counter);
    }
  }
  std::set<std::uint64_t> gaps;
  if (here.empty()) return gaps;
  for (std::uint64_t counter = *here.begin(); counter < *here.rbegin(); ++counter) {
    if (!anywhere.contains(counter)) gaps.insert(counter);
  }
  return gaps;
}

}  // namespace assay::testing
