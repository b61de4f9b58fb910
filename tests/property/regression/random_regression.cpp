#include "tests/property/regression/random_regression.hpp"

#include "ledger/format/json_archive.hpp"
#include "tests/support/make_events.hpp"
#include "tests/support/rfc6962.hpp"

namespace assay::testing {
namespace {

using events::TestKind;
using projections::Stage;

class RegressionHistorian {
 public:
  explicit RegressionHistorian(Random& random) : random_(random) {}

  EventFeed write(std::uint64_t steps) {
    plan();
    for (const std::string& phase : phases_) list_scope(phase);
    baseline_environments();
    for (const std::string& phase : phases_) {
      if (!one_in(6)) baseline_scope(phase);
    }
    for (const events::RegressionItem& one : all_items_) {
      if (!one_in(3)) run(one, events::Outcome::passed, {"B1"});
    }
    while (steps-- > 0) step();
    return std::move(feed_);
  }

 private:
  struct Imported {
    std::string id;
    std::string item;
    std::uint64_t results = 0;
  };

  bool one_in(std::uint64_t count) { return random_.below(count) == 0; }
  template <class T>
  const T& any_of(const std::vector<T>& list) {
    return list[random_.below(list.size())];
  }
  EventId tell(EventData data) { return feed_.add(std::move(data)); }
  /// Of an event that needs another party: it waits, mostly not for long.
  EventId tell_to_both(EventData data) {
    const EventId id = feed_.add(std::move(data), Stage::awaiting_voices);
    if (one_in(4)) {
      waiting_.push_back(id);
    } else {
      feed_.endorse(id);
    }
    return id;
  }
  std::string build() { return "B" + std::to_string(1 + random_.below(3)); }
  std::vector<std::string> builds() {
    if (one_in(12)) return {};
    if (one_in(12)) return {"B1", build()};
    return {one_in(2) ? any_of(environments_).second : build()};
  }
  std::string build_in(const std::string& phase) const {
    for (const auto& [environment, build] : environments_) {
      if (environment == "ENV-" + phase || environments_.size() == 1) return build;
    }
    return "B1";
  }
  std::set<TestKind> some_kinds(std::uint64_t share) {
    std::set<TestKind> kinds;
    if (one_in(share)) kinds.insert(TestKind::mt);
    if (one_in(share)) kinds.insert(TestKind::sit);
    return kinds;
  }
  Ids some_entries(std::uint64_t share) {
    Ids ids;
    for (const std::string& entry : entries_) {
      if (one_in(share)) ids.emplace_back(entry);
    }
    return ids;
  }

  void plan() {
    entries_ = {"PEE-0", "PEE-1"};
    if (one_in(3)) entries_.emplace_back("PEE-2");
    phases_ = {"MT-1", "SIT-1"};
    if (one_in(3)) phases_.emplace_back("SIT-2");
    register_model();
    for (const char* dmc : {"DMC-0", "DMC-1"}) {
      events::DmcDefined event;
      event.dmc = dmc;
      if (dmc == std::string("DMC-0")) event.device_models = IdentifierSet::of({"M-0"});
      tell(event);
    }
    for (const std::string& id : entries_) {
      events::PlannedEntryDeclared event = planned_entry(id.c_str());
      event.dmc = one_in(2) ? "DMC-0" : "DMC-1";
      tell(event);
    }
    for (const std::string& id : phases_) {
      Ids planned{entries_[0]};
      for (std::size_t i = 1; i < entries_.size(); ++i) {
        if (!one_in(3)) planned.emplace_back(entries_[i]);
      }
      tell(phase(id.c_str(), planned, id == "MT-1" ? TestKind::mt : TestKind::sit));
      for (const Identifier& entry : planned) places_.push_back({{}, id, entry});
    }
  }
  void register_model() {
    events::DeviceModelRegistered event;
    event.device_model = "M-" + std::to_string(models_++);
    event.firmware_version = models_ == 1 ? "1" : std::to_string(1 + random_.below(3));
    event.model = models_ > 1 && one_in(5) ? "another" : "the same";
    tell(event);
  }
  void list_scope(const std::string& phase) {
    std::vector<events::ScopeItem>& items = scopes_[phase];
    for (const events::RegressionItem& place : places_) {
      if (place.phase != Identifier(phase)) continue;
      for (std::uint64_t i = 0; i <= random_.below(2); ++i) {
        const std::string id = place.planned_entry.text + "-I" + std::to_string(i);
        items.push_back(item(id, place.planned_entry.text));
        items.back().test_case = one_in(6) ? "T0" : "T" + std::to_string(i);
        all_items_.push_back({id, phase, place.planned_entry});
      }
    }
    tell(listed(("S-" + phase).c_str(), phase.c_str(), items));
  }
  void baseline_scope(const std::string& phase) {
    if (!baselined_.insert(phase).second) return;
    tell_to_both(baselined(("S-" + phase).c_str(), phase.c_str(), scopes_[phase]));
  }
  void baseline_environments() {
    const bool shared = one_in(2);
    for (const std::string& phase : phases_) {
      if (shared && !environments_.empty()) break;
      Ids phases{phase};
      if (shared) phases = Ids(phases_.begin(), phases_.end());
      if (one_in(10)) phases.pop_back();
      environments_.emplace_back("ENV-" + phase, "B1");
      tell(environment(environments_.back().first.c_str(), phases, "B1"));
    }
  }

  void deploy() {
    auto& [environment, build_now] = environments_[random_.below(environments_.size())];
    const bool first = deployed_.insert(environment).second;
    // The first deployment says truly what it replaces: a board that never saw the build otherwise
    // cannot know better.
    const std::string from = !first && one_in(8) ? build() : build_now;
    const std::string to = build();
    events::BuildDeployed event = deployed(environment.c_str(), from.c_str(), to.c_str());
    if (one_in(10)) event.phases = IdentifierSet::of({any_of(phases_)});
    build_now = to;
    changes_.push_back(tell(event));
  }
  void fix() {
    const std::string issue = "T-" + std::to_string(random_.below(2));
    if (issues_.insert(issue).second) {
      tell(issue_raised(issue.c_str(), any_of(phases_).c_str(), some_entries(2)));
    }
    if (one_in(4)) {
      tell(events::IssueScopeChanged{IdentifierSet::of(some_entries(3)), issue, "seen",
                                     IdentifierSet::of(some_entries(4))});
    }
    changes_.push_back(tell(fix_delivered(issue.c_str(), build().c_str())));
  }
  void firmware() {
    if (models_ > 3) return;
    register_model();
    changes_.push_back(feed_.events().back().id);
  }
  std::vector<EventId> some_changes() {
    std::vector<EventId> some{one_in(2) ? changes_.back() : any_of(changes_)};
    while (one_in(2)) some.push_back(any_of(changes_));
    return some;
  }
  void assess() {
    if (changes_.empty()) return;
    events::ImpactAssessed event;
    event.changes = some_changes();
    if (one_in(3)) event.kinds = some_kinds(2);
    if (one_in(4)) event.planned_entries = IdentifierSet::of(some_entries(2));
    event.reason = "as the change note says";
    event.verdict =
        one_in(4) ? events::ImpactVerdict::no_regression_needed : events::ImpactVerdict::regress;
    tell_to_both(event);
  }

  std::string cycle() { return "REG-" + std::to_string(random_.below(2)); }
  void list_items(const std::string& id) {
    events::RegressionItemsListed event;
    event.regression = id;
    while (event.items.empty()) {
      for (const events::RegressionItem& one : all_items_) {
        if (one_in(2)) event.items.push_back(one);
      }
    }
    auto& known = cycles_[id];
    known.insert(known.end(), event.items.begin(), event.items.end());
    tell(event);
  }
  void commit(const std::string& id) {
    if (!committed_.insert(id).second) return;
    const auto& items = cycles_[id];
    std::vector<Hash> leaves;
    for (const auto& one : items) leaves.push_back(merkle::leaf_hash(to_canonical(one)));
    if (one_in(12)) leaves.pop_back();
    events::RegressionScopeBaselined event;
    event.item_count = items.size();
    event.kinds = one_in(4) ? std::set{one_in(2) ? TestKind::mt : TestKind::sit}
                            : std::set{TestKind::mt, TestKind::sit};
    event.regression = id;
    event.root = defined_root(leaves);
    tell_to_both(event);
  }
  void start(const std::string& id) {
    if (changes_.empty() || !committed_.contains(id)) return;
    events::RegressionStarted event;
    event.regression = id;
    event.triggers = some_changes();
    tell(event);
  }
  void complete(const std::string& id) {
    if (!committed_.contains(id) || !completed_.insert(id).second) return;
    events::RegressionCompleted event;
    event.regression = id;
    tell(event);
  }
  void step_cycle() {
    const std::string id = cycle();
    if (!cycles_.contains(id)) list_items(id);
    switch (random_.below(8)) {
      case 0: return one_in(3) ? list_items(id) : commit(id);
      case 1:
      case 2: commit(id); return start(id);
      case 3: return complete(id);
      default: break;
    }
    // A cycle as it should be, but for what chance leaves out.
    commit(id);
    if (one_in(2)) assess();
    if (!one_in(4)) start(id);
    for (const events::RegressionItem& one : std::vector(cycles_[id])) {
      if (one_in(10)) continue;
      if (one_in(5)) {
        import(one, build_in(one.phase.text), {events::Outcome::passed});
        continue;
      }
      run(one, one_in(10) ? events::Outcome::failed : events::Outcome::passed,
          one_in(10) ? builds() : std::vector{build_in(one.phase.text)});
    }
    if (!one_in(3)) complete(id);
    // What comes in afterwards changes nothing for what was complete.
    if (one_in(6)) import(any_of(cycles_[id]), build_in(cycles_[id][0].phase.text), {outcome()});
  }

  std::string test_case_of(const events::RegressionItem& of) {
    for (const events::ScopeItem& one : scopes_[of.phase.text]) {
      if (one.item == of.item) return one.test_case.text;
    }
    return "T0";
  }
  void run(const events::RegressionItem& of, std::optional<events::Outcome> outcome,
           std::vector<std::string> on) {
    const std::string id = "R-" + std::to_string(runs_++);
    events::RunStarted event =
        run_started(id, of.phase.text.c_str(), of.planned_entry.text, of.item.text, std::move(on));
    event.test_case = test_case_of(of);
    if (one_in(2)) event.counts_for = some_kinds(2);
    if (one_in(3)) event.counts_for = {TestKind::mt, TestKind::sit};
    tell(event);
    open_runs_.push_back(id);
    if (outcome) finish(*outcome);
  }
  void finish(events::Outcome outcome) {
    if (open_runs_.empty()) return;
    tell(run_finished(open_runs_.back(), outcome));
    open_runs_.pop_back();
  }
  events::Outcome outcome() {
    return one_in(2) ? events::Outcome::passed : static_cast<events::Outcome>(random_.below(6));
  }
  void step_run() {
    switch (random_.below(9)) {
      case 0: return run(any_of(all_items_), std::nullopt, builds());
      case 1: return finish(outcome());
      case 2:
        if (runs_ > 0) tell_to_both(run_invalidated("R-" + std::to_string(random_.below(runs_))));
        return;
      case 3: return import(any_of(all_items_), one_in(8) ? "" : build(), {outcome(), outcome()});
      case 4:
        if (!imports_.empty()) import_more(imports_[random_.below(imports_.size())], outcome());
        return;
      default: run(any_of(all_items_), outcome(), builds());
    }
  }
  void import(const events::RegressionItem& of, const std::string& on,
              const std::vector<events::Outcome>& outcomes) {
    const std::string id = "IMP-" + std::to_string(imports_.size());
    imports_.push_back({id, of.item.text, 0});
    tell(import_started(id, of.phase.text.c_str(), of.planned_entry.text, on, outcomes.size()));
    for (const events::Outcome outcome : outcomes) import_more(imports_.back(), outcome);
  }
  /// Results may come in late, when other imports have begun or a cycle was completed.
  void import_more(Imported& import, events::Outcome outcome) {
    tell(result(import.id, import.results++, import.item, outcome));
  }

  /// What happens seldom.
  void step_aside() {
    const events::RegressionItem at = any_of(places_);
    const char* const phase = at.phase.text.c_str();
    switch (random_.below(9)) {
      case 0: tell(phase_aborted(phase)); return;
      case 1: tell(entry_decided(phase, {at.planned_entry})); return;
      case 2:
        if (one_in(3)) tell(withdrawn(at.planned_entry.text.c_str()));
        return;
      case 3: return baseline_scope(at.phase.text);
      case 4: {
        const events::RegressionItem of = any_of(all_items_);
        tell(waived(of.phase.text.c_str(), of.planned_entry.text, of.item.text));
        return;
      }
      default:
        tell(exit_decided(
            phase, {at.planned_entry},
            one_in(3) ? events::ExitOutcome::continue_testing : events::ExitOutcome::exit));
    }
  }
  void endorse() {
    if (waiting_.empty()) return;
    std::swap(waiting_[random_.below(waiting_.size())], waiting_.back());
    feed_.endorse(waiting_.back());
    waiting_.pop_back();
  }
  void step() {
    switch (random_.below(16)) {
      case 0:
      case 1: return deploy();
      case 2: return fix();
      case 3: return firmware();
      case 4:
      case 5:
      case 6: return assess();
      case 7:
      case 8:
      case 9: return step_cycle();
      case 10: return one_in(2) ? step_aside() : endorse();
      case 11: return endorse();
      default: step_run();
    }
  }

  Random& random_;
  EventFeed feed_;
  std::vector<std::string> entries_;
  std::vector<std::string> phases_;
  std::vector<events::RegressionItem> places_;  // without an item
  std::vector<events::RegressionItem> all_items_;
  std::map<std::string, std::vector<events::ScopeItem>> scopes_;
  std::set<std::string> baselined_;
  std::vector<std::pair<std::string, std::string>> environments_;  // with the build there
  std::set<std::string> deployed_;
  std::set<std::string> issues_;
  std::vector<EventId> changes_;
  std::vector<EventId> waiting_;
  std::map<std::string, std::vector<events::RegressionItem>> cycles_;
  std::set<std::string> committed_;
  std::set<std::string> completed_;
  std::vector<std::string> open_runs_;
  std::vector<Imported> imports_;
  std::uint64_t models_ = 0;
  std::uint64_t runs_ = 0;
};

}  // namespace

EventFeed random_regression_history(Random& random, std::uint64_t steps) {
  return RegressionHistorian(random).write(steps);
}

}  // namespace assay::testing
