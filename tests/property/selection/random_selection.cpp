#include "tests/property/selection/random_selection.hpp"

#include "tests/support/make_events.hpp"

namespace assay::testing {
namespace {

using events::TestKind;
using projections::Stage;

class SelectionHistorian {
 public:
  explicit SelectionHistorian(Random& random) : random_(random) {}

  EventFeed write(std::uint64_t steps) {
    plan();
    while (steps-- > 0) step();
    return std::move(feed_);
  }

 private:
  bool one_in(std::uint64_t count) { return random_.below(count) == 0; }
  template <class T>
  const T& any_of(const std::vector<T>& list) {
    return list[random_.below(list.size())];
  }
  std::string numbered(const char* prefix, std::uint64_t below) {
    return prefix + std::to_string(random_.below(below));
  }
  std::string dmc() { return numbered("DMC-", 4); }
  std::string release() { return one_in(4) ? "FOC" : "MOC"; }
  EventId tell(EventData data) { return feed_.add(std::move(data)); }
  void tell_to_both(EventData data) {
    const EventId id = feed_.add(std::move(data), Stage::awaiting_voices);
    if (one_in(3)) {
      waiting_.push_back(id);
    } else {
      feed_.endorse(id);
    }
  }
  std::set<TestKind> kinds(std::uint64_t share) {
    std::set<TestKind> some;
    for (const TestKind kind :
         {TestKind::mt, TestKind::sit, TestKind::srvt, TestKind::regression}) {
      const bool common = kind == TestKind::mt || kind == TestKind::sit;
      if (one_in(common ? share : 4 * share)) some.insert(kind);
    }
    return some;
  }
  std::set<TestKind> at_least_one_kind() {
    std::set<TestKind> some = kinds(2);
    if (some.empty()) some.insert(one_in(2) ? TestKind::mt : TestKind::sit);
    return some;
  }
  std::vector<std::string> some_fields() {
    std::vector<std::string> fields;
    if (!one_in(4)) fields.emplace_back("ESME.firmware_ver");
    if (one_in(4)) fields.emplace_back("ESME.model");
    if (one_in(4)) fields.emplace_back("comms_provider");
    return fields;
  }

  void plan() {
    for (const char* id : {"FOC", "MOC"}) {
      events::ReleaseDeclared event;
      event.release = id;
      tell(event);
    }
    for (int i = 0; i < 3; ++i) {
      events::DeviceModelRegistered event;
      event.device_model = "M-" + std::to_string(i);
      event.firmware_version = i == 1 ? "2" : "1";
      event.model = i == 2 ? "another" : "the same";
      tell(event);
    }
    const int defined = one_in(4) ? 3 : 4;
    for (int i = 0; i < defined; ++i) {
      events::DmcDefined event;
      event.comms_provider = i == 3 ? "CSP-B" : "CSP-A";
      event.device_models = IdentifierSet::of({Identifier("M-" + std::to_string(i % 3))});
      event.dmc = "DMC-" + std::to_string(i);
      tell(event);
    }
    if (!one_in(5)) policy();
    for (std::uint64_t i = 0; i <= random_.below(3); ++i) declare();
    for (const char* id : {"MT-1", "SIT-1"}) {
      if (!one_in(5)) plan_phase(id);
    }
  }
  /// One planned entry for a DMC in a release and a category, as the register asks for.
  void declare() {
    const std::string on = dmc();
    const std::string in = release();
    const bool active = !one_in(3);
    if (!places_.insert(on + in + (active ? "A" : "D")).second) return;
    events::PlannedEntryDeclared event;
    event.category = active ? events::Category::active : events::Category::dormant;
    event.dmc = on;
    event.planned_entry = "PEE-" + std::to_string(entries_.size());
    event.release = in;
    event.required_kinds = one_in(12) ? std::set<TestKind>{} : at_least_one_kind();
    event.smso = "MDS";
    entries_.push_back(event.planned_entry);
    tell(event);
  }
  void plan_phase(const std::string& id) {
    Ids some;
    for (const Identifier& entry : entries_) {
      if (!one_in(4)) some.push_back(entry);
    }
    if (some.empty()) return;
    const TestKind kind = id.starts_with("MT")     ? TestKind::mt
                          : id.starts_with("SIT")  ? TestKind::sit
                          : id.starts_with("SRVT") ? TestKind::srvt
                                                   : TestKind::regression;
    tell(phase(id.c_str(), some, kind));
    phases_.emplace_back(id, some);
  }
  void plan_more() {
    if (one_in(2)) return declare();
    static const std::vector<std::string> kIds{"MT-1", "MT-2", "SIT-1", "SRVT-1", "REG-1"};
    const std::string& id = any_of(kIds);
    for (const auto& [known, entries] : phases_) {
      if (known == id) return;
    }
    plan_phase(id);
  }

  std::vector<events::RouteStep> steps_of_route() {
    std::vector<events::RouteStep> steps;
    for (std::uint64_t i = random_.below(3); i > 0; --i) {
      steps.push_back(static_cast<events::RouteStep>(random_.below(4)));
    }
    return steps;
  }
  events::SubstitutionRoute route(const char* id) {
    events::SubstitutionRoute route;
    route.enabled = !one_in(3);
    route.legal_basis.document = "SVTAD";
    route.legal_basis.clause = "13.11";
    if (one_in(3)) route.releases = IdentifierSet::of({one_in(2) ? "FOC" : "MOC"});
    route.route = id;
    route.steps = steps_of_route();
    if (one_in(2)) route.when.differing_fields_within = some_fields();
    if (one_in(2)) route.when.during_test_phase = one_in(2);
    return route;
  }
  void policy() {
    events::SelectionPolicy selection;
    selection.default_route = steps_of_route();
    if (one_in(2)) selection.shared_by_kinds = {TestKind::mt, TestKind::sit};
    if (!one_in(3)) selection.substitution_routes.push_back(route("firmware"));
    if (one_in(3)) selection.substitution_routes.push_back(route("quick"));
    events::PolicyPublished published;
    published.body.dmc_selection = selection;
    published.policy = "SEL";
    published.version = ++policies_;
    tell(published);
    events::PolicyActivated activated;
    activated.effective_from = EventFeed::time_of(feed_.next_entry());
    activated.policy = "SEL";
    activated.version = policies_;
    tell(activated);
  }

  void propose() {
    events::DmcProposed event;
    event.dmc = dmc();
    event.kinds = at_least_one_kind();
    event.release = release();
    event.smso = "MDS";
    tell(event);
  }
  void consult() {
    if (!open_.empty() && one_in(2)) {
      events::ConsultationClosed event;
      std::swap(open_[random_.below(open_.size())], open_.back());
      event.consultation = open_.back();
      open_.pop_back();
      tell(event);
      return;
    }
    events::ConsultationOpened event;
    event.about = one_in(4) ? "mt_sit_alignment" : "dmc_selection";
    while (event.audiences.empty()) {
      for (std::uint64_t i = 0; i < 3; ++i) {
        if (one_in(2)) event.audiences.insert(static_cast<events::Audience>(i));
      }
    }
    event.consultation = "C-" + std::to_string(consultations_.size());
    consultations_.push_back(event.consultation);
    open_.push_back(event.consultation);
    tell(event);
  }
  void position() {
    events::TagPositionRecorded event;
    event.about = "dmc/" + dmc();
    positions_.push_back(tell(event));
  }
  /// Names what it rests on, mostly.
  template <class Event>
  void ground(Event& event) {
    if (!consultations_.empty() && !one_in(3)) event.consultation = any_of(consultations_);
    if (!positions_.empty() && one_in(2)) event.position = any_of(positions_);
    if (one_in(12)) event.position = EventId{1, 0};  // an event, and no position
  }
  void select() {
    events::DmcSelected event;
    event.dmc = dmc();
    event.kinds = at_least_one_kind();
    event.release = release();
    ground(event);
    choices_.emplace_back(tell(event), event.dmc);
  }
  void deselect() {
    events::DmcDeselected event;
    event.dmc = dmc();
    event.during_phase = one_in(2);
    event.reason = "as the choice stands";
    event.release = release();
    choices_.emplace_back(tell(event), event.dmc);
  }
  void substitute() {
    events::DmcSubstituted event;
    event.old_dmc = dmc();
    do event.new_dmc = dmc();
    while (event.new_dmc == event.old_dmc);
    event.differing_fields = some_fields();
    event.release = release();
    event.route = one_in(3) ? "default" : one_in(4) ? "quick" : one_in(6) ? "unheard" : "firmware";
    ground(event);
    choices_.emplace_back(EventId{feed_.next_entry(), 0}, event.old_dmc);
    tell_to_both(event);
  }
  void appeal() {
    if (appeals_ > 0 && one_in(2)) {
      events::AppealDetermined event;
      event.appeal = numbered("A-", appeals_);
      event.outcome = static_cast<events::AppealOutcome>(random_.below(4));
      tell(event);
      return;
    }
    if (choices_.empty()) return;
    const auto& [choice, about] = any_of(choices_);
    events::SelectionAppealed event;
    event.appeal = "A-" + std::to_string(appeals_++);
    event.dmc = one_in(8) ? Identifier(dmc()) : about;
    event.selection = choice;
    tell(event);
  }

  void step_phase() {
    if (phases_.empty()) return;
    const auto& [id, planned] = any_of(phases_);
    Ids some;
    for (const Identifier& entry : planned) {
      if (!one_in(3)) some.push_back(entry);
    }
    if (some.empty()) return;
    const char* const p = id.c_str();
    switch (random_.below(16)) {
      case 0: tell(phase_aborted(p)); return;
      case 1: tell(exit_decided(p, some, events::ExitOutcome::continue_testing)); return;
      case 2: tell(phase_completed(p, some)); return;
      case 3: tell(entry_decided(p, some)); return;
      case 4: tell(phase_suspended(p)); return;
      case 5:
      case 6: return run(p, some.front());
      case 7:
      case 8:
      case 9:
      case 10: tell(phase_started(p, some)); return;
      default: tell(exit_decided(p, some));
    }
  }
  void run(const char* phase, const Identifier& entry) {
    const std::string id = "R-" + std::to_string(runs_++);
    tell(run_started(id, phase, entry.text, ""));
    if (!one_in(4)) tell(run_finished(id, events::Outcome::passed));
  }

  void step_entry() {
    if (entries_.empty()) return;
    const Identifier& entry = any_of(entries_);
    switch (random_.below(8)) {
      case 0:
        if (one_in(2)) tell(withdrawn(entry.text.c_str()));
        return;
      case 1: {
        events::EpclEntryRemoved event;
        event.planned_entry = entry;
        event.reason = "no longer";
        tell(event);
        return;
      }
      case 2: {
        events::EquivalenceClaimed event;
        event.planned_entry = entry;
        event.tested_dmc = dmc();
        tell(event);
        return;
      }
      case 3: {
        events::ReleaseCompleted event;
        event.release = release();
        tell(event);
        return;
      }
      default: {
        events::EpclEntryMade event;
        event.planned_entry = entry;
        tell_to_both(event);
      }
    }
  }
  void endorse() {
    if (waiting_.empty()) return;
    std::swap(waiting_[random_.below(waiting_.size())], waiting_.back());
    feed_.endorse(waiting_.back());
    waiting_.pop_back();
  }
  void step() {
    switch (random_.below(22)) {
      case 0: return propose();
      case 1:
      case 2: return consult();
      case 3: return position();
      case 4:
      case 5:
      case 6:
      case 7: return select();
      case 8:
      case 9: return deselect();
      case 10:
      case 11:
      case 12: return substitute();
      case 13: return appeal();
      case 14:
      case 15:
      case 16:
      case 17: return step_phase();
      case 18: return step_entry();
      case 19: return plan_more();
      case 20: return one_in(3) ? policy() : endorse();
      default: endorse();
    }
  }

  Random& random_;
  EventFeed feed_;
  std::set<std::string> places_;
  Ids entries_;
  std::vector<std::pair<std::string, Ids>> phases_;
  Ids consultations_;
  Ids open_;
  std::vector<EventId> positions_;
  std::vector<std::pair<EventId, Identifier>> choices_;
  std::vector<EventId> waiting_;
  std::uint64_t appeals_ = 0;
  std::uint64_t policies_ = 0;
  std::uint64_t runs_ = 0;
};

}  // namespace

EventFeed random_selection_history(Random& random, std::uint64_t steps) {
  return SelectionHistorian(random).write(steps);
}

}  // namespace assay::testing
