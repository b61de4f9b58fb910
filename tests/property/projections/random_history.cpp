#include "tests/property/projections/random_history.hpp"

#include "tests/support/make_events.hpp"

namespace assay::testing {
namespace {

using projections::Stage;

constexpr std::uint64_t kPhases = 2;
constexpr std::uint64_t kEntries = 2;
constexpr std::uint64_t kItems = 3;
constexpr std::uint64_t kBuilds = 3;

class Historian {
 public:
  Historian(Random& random, const HistoryPlan& plan)
      : random_(random), plan_(plan), feed_(plan.first_entry, plan.entry_step) {}

  EventFeed write() {
    for (std::uint64_t i = 0; i < kEntries; ++i) feed_.add(planned_entry(entry(i).c_str()));
    for (std::uint64_t i = 0; i < kPhases; ++i) {
      feed_.add(phase(phase_id(i).c_str(), {entry(0), entry(1)},
                      i == 0 ? events::TestKind::sit : events::TestKind::mt));
    }
    while (feed_.size() < plan_.events) step();
    return std::move(feed_);
  }

 private:
  [[nodiscard]] std::string id(const char* kind, std::uint64_t number) const {
    return plan_.prefix + kind + std::to_string(number);
  }
  [[nodiscard]] std::string entry(std::uint64_t number) const { return id("PEE-", number); }
  [[nodiscard]] std::string phase_id(std::uint64_t number) const { return id("P-", number); }
  std::string any_entry() { return entry(random_.below(kEntries)); }
  std::string any_phase() { return phase_id(random_.below(kPhases)); }
  std::string any_item() { return id("I-", random_.below(kItems)); }
  std::string any_build() { return "B" + std::to_string(random_.below(kBuilds)); }
  bool one_in(std::uint64_t count) { return random_.below(count) == 0; }
  events::Outcome any_outcome() {
    // Passes are half of all, or else nothing would ever be met.
    return one_in(2) ? events::Outcome::passed : static_cast<events::Outcome>(random_.below(6));
  }

  void step() {
    switch (random_.below(10)) {
      case 0: return scope();
      case 1: return builds();
      case 2: return phase_step();
      case 3:
      case 4: return run();
      case 5: return invalidate();
      case 6: return import();
      case 7: return waive_or_withdraw();
      case 8: return issue();
      default: return results();
    }
  }

  void scope() {
    const std::string phase = any_phase();
    const std::string scope = id("S-", random_.below(3));
    const auto one = item(any_item(), any_entry());
    switch (random_.below(6)) {
      case 0: feed_.add(scope_changed(scope.c_str(), phase.c_str(), {one}, {any_item()})); return;
      case 1: {
        const EventId id =
            feed_.add(baselined(scope.c_str(), phase.c_str(), {one}), Stage::awaiting_voices);
        if (one_in(2)) feed_.endorse(id);
        return;
      }
      default: feed_.add(listed(scope.c_str(), phase.c_str(), {one}));
    }
  }

  void builds() {
    if (!plan_.environments) return;
    const std::string environment_id = id("ENV-", random_.below(2));
    if (one_in(3)) {
      Ids phases;
      for (std::uint64_t i = 0; i < kPhases; ++i) {
        if (one_in(2)) phases.emplace_back(phase_id(i));
      }
      feed_.add(environment(environment_id.c_str(), phases, any_build().c_str()));
    } else {
      feed_.add(deployed(environment_id.c_str(), any_build().c_str(), any_build().c_str()));
    }
  }

  void phase_step() {
    const std::string phase = any_phase();
    const char* const p = phase.c_str();
    switch (random_.below(9)) {
      case 0: feed_.add(entry_decided(p, {any_entry()})); return;
      case 1: feed_.add(entry_decided(p, {any_entry()}, events::EntryOutcome::reject)); return;
      case 2: feed_.add(phase_started(p, {entry(0), entry(1)})); return;
      case 3: feed_.add(phase_suspended(p)); return;
      case 4: feed_.add(phase_resumed(p)); return;
      case 5: feed_.add(cutoff(p, {any_entry()}, feed_.size())); return;
      case 6: feed_.add(exit_decided(p, {any_entry()})); return;
      case 7:
        feed_.add(exit_decided(p, {any_entry()}, events::ExitOutcome::continue_testing));
        return;
      default:
        if (one_in(4)) {
          feed_.add(phase_aborted(p));
        } else {
          feed_.add(phase_completed(p, {any_entry()}));
        }
    }
  }

  void run() {
    if (runs_ > 0 && one_in(2)) {
      feed_.add(run_finished(id("R-", random_.below(runs_)), any_outcome()));
      return;
    }
    std::vector<std::string> on;
    for (std::uint64_t i = random_.below(3); i > 0; --i) on.push_back(any_build());
    auto started = run_started(id("R-", runs_++), any_phase().c_str(), any_entry(),
                               one_in(8) ? "" : any_item(), on);
    if (one_in(3)) started.environment = Identifier(id("ENV-", random_.below(2)));
    if (one_in(2)) started.tool = events::Tool{plan_.prefix + "bench", random_.below(30)};
    feed_.add(started);
  }

  void invalidate() {
    if (runs_ == 0) return;
    const std::string run = id("R-", random_.below(runs_));
    if (one_in(3)) {
      feed_.add(run_invalidated(run));
    } else {
      waiting_.push_back(feed_.add(run_invalidated(run), Stage::awaiting_voices));
    }
    if (!waiting_.empty() && one_in(2)) feed_.endorse(waiting_[random_.below(waiting_.size())]);
  }

  void import() {
    if (imports_ > 0 && one_in(4)) {
      feed_.add(import_finished(id("IMP-", random_.below(imports_)), 1));
      return;
    }
    feed_.add(import_started(id("IMP-", imports_++), any_phase().c_str(), any_entry(),
                             one_in(5) ? "" : any_build(), 1 + random_.below(4)));
  }

  void results() {
    if (imports_ == 0) return;
    auto one = result(id("IMP-", random_.below(imports_)), feed_.size(),
                      one_in(6) ? "" : any_item(), any_outcome());
    if (one_in(3)) one.counter = random_.below(30);
    if (one_in(5)) one.attempts = {{std::nullopt, any_outcome()}, {std::nullopt, any_outcome()}};
    feed_.add(one);
  }

  void waive_or_withdraw() {
    if (one_in(12)) {
      feed_.add(withdrawn(any_entry().c_str()));
    } else if (one_in(4)) {
      feed_.add(waived(any_phase().c_str(), any_entry(), any_item()));
    }
  }

  void issue() {
    const std::string name = id("T-", random_.below(4));
    const char* const t = name.c_str();
    const std::uint64_t severity = 1 + random_.below(5);
    switch (random_.below(12)) {
      case 0: feed_.add(issue_triaged(t, severity)); return;
      case 1: feed_.add(severity_changed(t, 1 + random_.below(5), severity)); return;
      case 2: feed_.add(issue_assigned(t)); return;
      case 3: feed_.add(fix_delivered(t)); return;
      case 4: feed_.add(retest(t, one_in(2))); return;
      case 5: feed_.add(issue_closed(t)); return;
      case 6: feed_.add(issue_reopened(t)); return;
      case 7: feed_.add(issue_disputed(t)); return;
      case 8: feed_.add(dispute_determined(t)); return;
      case 9: feed_.add(issue_deferred(t)); return;
      case 10: feed_.add(issue_rejected(t)); return;
      default: feed_.add(issue_raised(t, any_phase().c_str(), {any_entry()}));
    }
  }

  Random& random_;
  const HistoryPlan& plan_;
  EventFeed feed_;
  std::uint64_t runs_ = 0;
  std::uint64_t imports_ = 0;
  std::vector<EventId> waiting_;
};

}  // namespace

EventFeed random_history(Random& random, const HistoryPlan& plan) {
  return Historian(random, plan).write();
}

}  // namespace assay::testing
