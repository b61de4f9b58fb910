// A second version of a type that says nothing new folds as the first does, in every projection: a
// fold that does not know the newer version would pass it over in silence.

#include "projections/completion/completion.hpp"
#include "projections/plan/plan.hpp"
#include "projections/regression/regression.hpp"
#include "projections/selection/selection.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

std::vector<events::ScopeItemV2> second(const std::vector<events::ScopeItem>& items) {
  std::vector<events::ScopeItemV2> made;
  for (const events::ScopeItem& item : items) made.push_back({item, {}, {}});
  return made;
}

/// Events that have a second version: as they are, or in it.
struct AsTheyAre {
  EventData operator()(EventData event) const { return event; }
};
struct InSecondVersion {
  template <class Second, class First>
  static EventData with(const First& first) {
    Second made;
    static_cast<First&>(made) = first;
    return made;
  }
  EventData operator()(const events::PhasePlanned& e) const {
    return with<events::PhasePlannedV2>(e);
  }
  EventData operator()(const events::ScopeItemsListed& e) const {
    return events::ScopeItemsListedV2{second(e.items), e.phase, e.scope};
  }
  EventData operator()(const events::ScopeBaselined& e) const {
    return with<events::ScopeBaselinedV2>(e);
  }
  EventData operator()(const events::ScopeChanged& e) const {
    return events::ScopeChangedV2{second(e.added), e.approval, {},      e.phase,  e.reason,
                                  e.removed,       {},         e.scope, e.version};
  }
  EventData operator()(const events::EnvironmentBaselined& e) const {
    return with<events::EnvironmentBaselinedV2>(e);
  }
  EventData operator()(const events::PhaseSuspended& e) const {
    return with<events::PhaseSuspendedV2>(e);
  }
  EventData operator()(const events::PhaseResumed& e) const {
    return with<events::PhaseResumedV2>(e);
  }
  EventData operator()(const events::PhaseAborted& e) const {
    return with<events::PhaseAbortedV2>(e);
  }
  EventData operator()(const events::ExitEvaluated& e) const {
    return with<events::ExitEvaluatedV2>(e);
  }
  EventData operator()(const events::DeviceModelRegistered& e) const {
    return with<events::DeviceModelRegisteredV2>(e);
  }
  EventData operator()(const events::AppealDetermined& e) const {
    return with<events::AppealDeterminedV2>(e);
  }
};

template <class As>
EventFeed history(As as) {
  EventFeed feed;
  feed.add(as(Story::model("M1", "INV-1.07")));
  feed.add(as(Story::model("M2", "INV-1.09")));  // a firmware change
  feed.add(planned_entry("PEE-001"));
  feed.add(as(phase("SIT-1", {"PEE-001"})));
  const std::vector<events::ScopeItem> items{item("I", "PEE-001"), item("J", "PEE-001")};
  feed.add(as(listed("S", "SIT-1", items)));
  feed.endorse(feed.add(as(baselined("S", "SIT-1", items)), Stage::awaiting_voices));
  feed.add(as(environment("ENV", {"SIT-1"}, "B1")));
  feed.add(entry_decided("SIT-1", {"PEE-001"}));
  feed.add(phase_started("SIT-1", {"PEE-001"}));
  feed.add(run_started("R1", "SIT-1", "PEE-001", "I", {"B1"}));
  feed.add(run_finished("R1", Outcome::failed));
  feed.add(as(phase_suspended("SIT-1")));
  feed.add(as(phase_resumed("SIT-1")));
  feed.add(as(scope_changed("S", "SIT-1", {item("K", "PEE-001")}, {"I"})));
  events::ExitEvaluated evaluated;
  evaluated.phase = "SIT-1";
  evaluated.verdicts = {{"V2", "PEE-001", events::Verdict::met}};
  feed.add(as(evaluated));
  events::SelectionAppealed appealed;
  appealed.appeal = "AP-1";
  appealed.dmc = "DMC-1";
  feed.add(appealed);
  feed.add(as(events::AppealDetermined{"AP-1", events::AppealOutcome::upheld, "so it was"}));
  feed.add(as(phase_aborted("SIT-1")));
  return feed;
}

/// What a decision keeps of its version says which it was, and is to differ.
std::string as_first(std::string state) {
  const std::string second = R"("type_version":2)";
  for (std::size_t at = state.find(second); at != std::string::npos; at = state.find(second, at)) {
    state.replace(at, second.size(), R"("type_version":1)");
  }
  return state;
}

template <class Projection>
void check_same_fold() {
  INFO(Projection::kName);
  const auto first = to_canonical(history(AsTheyAre()).folded<Projection>());
  CHECK(as_first(to_canonical(history(InSecondVersion()).folded<Projection>())) == first);
  CHECK(to_canonical(Projection()) != first);
}

}  // namespace

TEST_CASE("a second version that says nothing new folds as the first does") {
  check_same_fold<PhaseBoard>();
  check_same_fold<Plan>();
  check_same_fold<Regression>();
  check_same_fold<Completion>();
  check_same_fold<Selection>();
}

TEST_CASE("what second versions add is kept, and comes back from the state's canonical form") {
  EventFeed feed;
  events::DeviceModelRegisteredV2 model{Story::model("M1", "INV-1.07"), "a list (invented)"};
  feed.add(model);
  events::PhasePlannedV2 planned;
  planned.phase = "SIT-1";
  planned.policies.emplace().exit = events::PolicyVersion{"EXIT", 2};
  feed.add(planned);
  feed.add(events::ScopeItemsListedV2{
      {{item("I", "PEE-001"), Identifier("1.2"), Identifier("prepayment")}}, "SIT-1", "S"});
  const auto plan = feed.folded<Plan>();
  CHECK(plan.device_models.at("M1").source == "a list (invented)");
  CHECK(plan.phase_plans.at("SIT-1").policies.exit == events::PolicyVersion{"EXIT", 2});
  CHECK(plan.scopes.at("S").items.at(0).test_case_version == Identifier("1.2"));
  CHECK(plan.scopes.at("S").items.at(0).variant == Identifier("prepayment"));
  const std::string text = to_canonical(plan);
  CHECK(to_canonical(from_canonical<Plan>(text).value()) == text);
}
