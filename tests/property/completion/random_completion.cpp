#include "tests/property/completion/random_completion.hpp"

#include "ledger/base/hash.hpp"
#include "tests/support/make_events.hpp"

namespace assay::testing {
namespace {

using events::TestKind;
using projections::Stage;

/// Whoever speaks. A holder may have two keys; a root has no holder.
struct Person {
  const char* key;
  const char* party;
  const char* holder;
};
constexpr Person kPeople[] = {
    {"tm", "DCC", "tm"},     {"reg", "DCC", "reg"},    {"sp", "SP", "sp"},
    {"sec", "SECAS", "sec"}, {"a1", "A", "ann"},       {"a1-renewed", "A", "ann"},
    {"a2", "A", "al"},       {"b1", "B", "ben"},       {"b2", "B", "bea"},
    {"c1", "C", "cy"},       {"root-a", "A", nullptr}, {"root-a2", "A", nullptr},
};
constexpr Role kRoles[] = {Role::tag_mem, Role::tag_sec, Role::panel_sec, Role::dcc_tm};

class CompletionHistorian {
 public:
  explicit CompletionHistorian(Random& random) : random_(random) {}

  EventFeed write(std::uint64_t steps) {
    people();
    plan();
    while (steps-- > 0) step();
    return std::move(feed_);
  }

 private:
  bool one_in(std::uint64_t count) { return random_.below(count) == 0; }
  template <class List>
  const auto& any_of(const List& list) {
    return list[random_.below(std::size(list))];
  }
  const char* any_phase() { return one_in(2) ? "MT-1" : "SIT-1"; }
  Ids some_entries() {
    if (one_in(2)) return {"PEE-0", "PEE-1"};
    return {one_in(2) ? "PEE-0" : "PEE-1"};
  }
  EventId tell_as(const Person& who, EventData data, Stage stage = Stage::in_effect) {
    std::optional<Seen> seen;
    if (!one_in(4)) seen = Seen{{}, random_.below(feed_.next_entry() + 1)};
    return feed_.add_by(sha256(who.key), who.party, seen, std::move(data), stage);
  }
  EventId tell(EventData data) { return tell_as(any_of(kPeople), std::move(data)); }

  void people() {
    for (const Person& who : kPeople) {
      if (who.holder == nullptr) continue;
      events::KeyRegistered event;
      event.holder = who.holder;
      event.key = sha256(who.key);
      event.party = who.party;
      tell(event);
    }
    for (const char* holder : {"ann", "al", "ben", "bea", "cy"}) {
      if (!one_in(4)) grant(holder, Role::tag_mem);
    }
    if (!one_in(4)) grant("sec", Role::tag_sec);
    if (!one_in(4)) grant("sec", Role::panel_sec);
    if (!one_in(4)) grant("tm", Role::dcc_tm);
  }
  static const char* party_of(const std::string& holder) {
    for (const Person& who : kPeople) {
      if (who.holder != nullptr && holder == who.holder) return who.party;
    }
    return "DCC";
  }
  void grant(const char* holder, Role role) {
    events::RoleGranted event;
    event.holder = holder;
    event.party = party_of(holder);
    event.role = role;
    tell(event);
  }
  void plan() {
    for (const char* id : {"PEE-0", "PEE-1"}) {
      events::PlannedEntryDeclared event = planned_entry(id, {TestKind::mt, TestKind::sit});
      if (one_in(4)) event.required_kinds = {TestKind::sit};
      event.release = one_in(3) ? "FOC" : "MOC";
      tell(event);
    }
    for (const char* id : {"MT-1", "SIT-1"}) {
      const Ids some = one_in(4) ? some_entries() : Ids{"PEE-0", "PEE-1"};
      tell_as(kPeople[one_in(2) ? 0 : 2],
              phase(id, some, id[0] == 'M' ? TestKind::mt : TestKind::sit));
      std::vector<events::ScopeItem> items;
      for (const Identifier& entry : some) items.push_back(item("I-" + entry.text, entry.text));
      const std::string scope = std::string("S-") + id;
      tell(listed(scope.c_str(), id, items));
      tell(environment((std::string("ENV-") + id).c_str(), {id}, "B0"));
      tell(baselined(scope.c_str(), id, items));
    }
    if (!one_in(4)) policy();
    if (!one_in(4)) policy();
  }

  void policy() {
    events::PolicyPublished published;
    events::PolicyActivated activated;
    if (one_in(3)) {
      published.policy = "COMB";
      published.body.combined_completion = events::CombinedCompletionPolicy{!one_in(3)};
      if (one_in(2)) activated.scope.releases = IdentifierSet::of({one_in(2) ? "FOC" : "MOC"});
    } else {
      published.policy = "APP";
      published.body.approval = approval();
    }
    published.version = ++policies_;
    tell(published);
    activated.effective_from = EventFeed::time_of(feed_.next_entry());
    activated.policy = published.policy;
    activated.version = policies_;
    tell(activated);
  }
  events::ApprovalPolicy approval() {
    events::ApprovalPolicy policy;
    for (const auto body : {events::Body::tag, events::Body::panel}) {
      if (one_in(3)) continue;
      events::Quorum quorum;
      quorum.body = body;
      quorum.endorsing_parties = random_.below(3);
      quorum.present_parties = random_.below(4);
      if (!one_in(4)) quorum.roles = {Role::tag_mem};
      if (one_in(4)) quorum.roles.insert(Role::tag_sec);
      policy.quorums.push_back(std::move(quorum));
    }
    for (const auto matter :
         {events::Matter::combined_completion, events::Matter::completion, events::Matter::exit}) {
      if (one_in(2)) continue;
      events::ApprovalRule rule;
      rule.matter = matter;
      if (!one_in(3)) rule.body = static_cast<events::Body>(random_.below(3));
      rule.independent = one_in(2);
      rule.positions = {events::Position::endorsed, events::Position::endorsed_with_comments};
      if (one_in(2)) rule.roles = {Role::dcc_tm};
      policy.rules.push_back(std::move(rule));
    }
    return policy;
  }

  std::string about() {
    if (!reports_.empty() && one_in(2)) return "report/" + any_of(reports_).second;
    return std::string("phase/") + any_phase();
  }
  std::vector<events::Condition> conditions() {
    std::vector<events::Condition> all;
    if (!one_in(3)) return all;
    static const char* const kDays[] = {"2019-10-20", "2019-10-21", "2019-10-22"};
    events::Condition condition;
    if (!one_in(3)) condition.due = any_of(kDays);
    condition.text = "as agreed";
    all.push_back(condition);
    return all;
  }
  void take_position() {
    const Person& who = one_in(2) ? kPeople[3] : any_of(kPeople);
    if (one_in(2)) {
      events::TagPositionRecorded event;
      event.about = about();
      event.conditions = conditions();
      if (one_in(6)) event.dissent = {"one member"};
      event.position =
          one_in(2) ? events::Position::endorsed : static_cast<events::Position>(random_.below(5));
      if (one_in(8)) event.version = Identifier("2.0");
      decisions_.push_back(tell_as(who, event));
    } else if (one_in(2)) {
      decisions_.push_back(tell_as(who, of_body<events::PanelDecisionRecorded>()));
    } else {
      decisions_.push_back(tell_as(who, of_body<events::SosDecisionRecorded>()));
    }
  }
  template <class Event>
  Event of_body() {
    Event event;
    event.about = about();
    event.conditions = conditions();
    event.decision = static_cast<events::BodyDecision>(random_.below(4));
    return event;
  }
  void speak() {
    if (decisions_.empty()) return;
    const EventId target = one_in(2) ? decisions_.back() : any_of(decisions_);
    if (one_in(3)) {
      events::DecisionDissented event;
      event.reason = "not so";
      event.target = target;
      tell(event);
    } else {
      events::DecisionEndorsed event;
      event.target = target;
      tell(event);
    }
  }
  void change_role() {
    const Person& who = kPeople[random_.below(10)];
    if (one_in(2)) return grant(who.holder, any_of(kRoles));
    events::RoleWithdrawn event;
    event.holder = who.holder;
    event.party = who.party;
    event.role = any_of(kRoles);
    tell(event);
  }
  void revoke() {
    if (!one_in(2)) return;
    events::KeyRevoked event;
    event.key = sha256(kPeople[random_.below(10)].key);
    if (!one_in(4)) {
      event.compromised_since = EventFeed::time_of(1 + random_.below(feed_.next_entry() + 2));
    }
    event.reason = "lost";
    tell(event);
  }

  void step_phase() {
    const char* const id = any_phase();
    const Ids some = some_of(id);
    switch (random_.below(12)) {
      case 0: tell(phase_started(id, some)); return;
      case 1: tell(cutoff(id, some, random_.below(feed_.next_entry()))); return;
      case 2: tell(cutoff(id, some, random_.below(feed_.next_entry()))); return;
      case 3: tell(phase_completed(id, some)); return;
      case 4:
        if (one_in(3)) tell(phase_aborted(id));
        return;
      case 5:
        if (one_in(4)) tell(withdrawn(some.front().text.c_str()));
        return;
      case 6: return deploy(id);
      case 7: tell(entry_decided(id, some)); return;
      default: return decide(id, some);
    }
  }
  /// Of those that are in the phase.
  Ids some_of(const char* id) {
    for (const FedEvent& event : feed_.events()) {
      const auto* const planned = event_if<events::PhasePlanned>(&event.data);
      if (planned == nullptr || planned->phase != Identifier(id)) continue;
      Ids some = planned->planned_entries.ids;
      if (some.size() > 1 && one_in(2)) some.erase(some.begin() + (one_in(2) ? 1 : 0));
      return some;
    }
    return {};
  }
  void decide(const char* id, const Ids& some) {
    static constexpr events::ExitOutcome kOutcomes[] = {events::ExitOutcome::exit,
                                                        events::ExitOutcome::exit_with_conditions,
                                                        events::ExitOutcome::continue_testing};
    events::ExitDecided event = exit_decided(id, some, any_of(kOutcomes));
    if (!reports_.empty() && !one_in(3)) event.basis = {any_of(reports_).first};
    decisions_.push_back(tell(event));
  }
  void deploy(const char* id) {
    const std::string to = "B" + std::to_string(++builds_);
    tell(deployed((std::string("ENV-") + id).c_str(), "B0", to.c_str()));
  }
  void report() {
    events::CompletionReportIssued event;
    event.kind = one_in(4) ? events::ReportKind::sit : events::ReportKind::combined;
    event.phases = IdentifierSet::of(one_in(3) ? Ids{any_phase()} : Ids{"MT-1", "SIT-1"});
    event.planned_entries = IdentifierSet::of(some_entries());
    event.report = "REP-" + std::to_string(reports_.size());
    const EventId id = tell_as(kPeople[0], event, Stage::awaiting_voices);
    reports_.emplace_back(id, event.report.text);
    decisions_.push_back(id);
    if (!one_in(3)) feed_.endorse(id);
  }
  void work_off() {
    if (!plans_.empty() && !one_in(3)) {
      events::WorkOffItemCompleted event;
      event.work_off_plan = any_of(plans_);
      event.issue = one_in(2) ? "T-0" : "T-1";
      tell(event);
      return;
    }
    events::WorkOffPlanBaselined event;
    event.work_off_plan = "W-" + std::to_string(plans_.size());
    event.phases = IdentifierSet::of({any_phase()});
    for (const char* issue : {"T-0", "T-1"}) {
      if (one_in(2)) event.items.push_back({issue, "SP", "2019-12-01", {}});
    }
    plans_.push_back(event.work_off_plan);
    tell(event);
  }
  void step() {
    switch (random_.below(20)) {
      case 0:
      case 1:
      case 2: return take_position();
      case 3:
      case 4:
      case 5:
      case 6:
      case 7:
      case 8: return speak();
      case 9: return change_role();
      case 10: return revoke();
      case 11: return policy();
      case 12: return report();
      case 13: return work_off();
      default: return step_phase();
    }
  }

  Random& random_;
  EventFeed feed_;
  std::vector<EventId> decisions_;
  std::vector<std::pair<EventId, std::string>> reports_;
  Ids plans_;
  std::uint64_t builds_ = 0;
  std::uint64_t policies_ = 0;
};

}  // namespace

EventFeed random_completion_history(Random& random, std::uint64_t steps) {
  return CompletionHistorian(random).write(steps);
}

}  // namespace assay::testing
