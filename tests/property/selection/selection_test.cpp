// The choice of DMCs, and what becomes of planned entries, on a hundred thousand random histories:
// as a reference works it out from the raw list of events, one question at a time.

#include <algorithm>
#include <iostream>

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/regression.hpp"
#include "projections/rulebook/rulebook.hpp"
#include "projections/selection/dmc_history.hpp"
#include "projections/selection/selection_answer.hpp"
#include "projections/selection/selection_findings.hpp"
#include "tests/property/selection/random_selection.hpp"
#include "tests/property/selection/reference.hpp"
#include "tests/property/told.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

constexpr int kRounds = 100'000;

/// The states that the history changes; of the register, the positions of TAG that it would know.
struct Folded {
  PhaseBoard board;
  Plan plan;
  Register programme;
  Rulebook rulebook;
  Selection selection;
  explicit Folded(const EventFeed& feed)
      : board(feed.folded<PhaseBoard>()),
        plan(feed.folded<Plan>()),
        rulebook(feed.folded<Rulebook>()),
        selection(feed.folded<Selection>()) {
    each<events::TagPositionRecorded>(feed.events(), [&](const auto& event, const EventId& id) {
      Decision& decision = programme.mutable_state().decisions[id];
      decision.subject = event.about;
      decision.type = std::string(event.kType);
    });
  }

  [[nodiscard]] Facts facts() const {
    static const Completion kCompletion;
    static const IssueRegister kIssues;
    static const Regression kRegression;
    return {programme, board, kCompletion, kIssues, plan, kRegression, rulebook, selection, 0, {}};
  }
};

/// What the histories reached, so that agreement says something.
struct Reached {
  std::map<DmcState, int> dmcs;
  std::map<EntryState, int> entries;
  std::map<ReleaseState, int> releases;
  std::map<RouteObstacle, int> obstacles;
  std::map<std::string, int> rules;
  std::map<events::Verdict, int> selections;
  std::map<events::Verdict, int> substitutions;
  std::map<events::Verdict, int> selected;
  int open_routes = 0;
};

/// Both answers, held side by side; what differs is put into words.
class Comparison {
 public:
  Comparison(const EventFeed& history, Reached& reached)
      : history_(history), reached_(reached), folded_(history), right_(history.events()) {}

  std::string run() {
    const Facts facts = folded_.facts();
    for (const char* release : {"FOC", "MOC"}) {
      for (const char* dmc : {"DMC-0", "DMC-1", "DMC-2", "DMC-3"}) compare_dmc(facts, dmc, release);
    }
    compare_choices(facts);
    compare_entries(facts);
    for (const ReleaseLife& release : release_lives(facts)) {
      const ReleaseState right = right_.release(release.release);
      ++reached_.releases[right];
      hold("release " + release.release.text, release.state, right);
    }
    compare_findings(facts);
    return std::move(parted_);
  }

 private:
  template <class Enum>
  void hold(const std::string& what, Enum folded, Enum right) {
    if (folded == right) return;
    parted_ += what + ": folded " + std::string(enum_text(folded)) + ", right " +
               std::string(enum_text(right)) + "\n";
  }
  static std::string text_of(const std::set<events::TestKind>& kinds) {
    std::string text;
    for (const events::TestKind kind : kinds) text += " " + std::string(enum_text(kind));
    return text;
  }

  void compare_dmc(const Facts& facts, const char* dmc, const char* release) {
    const std::string what = std::string(dmc) + " in " + release;
    const DmcState right = right_.dmc(dmc, release);
    ++reached_.dmcs[right];
    hold(what, dmc_state(facts, dmc, release), right);
    const auto kinds = selected_kinds(facts, dmc, release);
    const auto right_kinds = right_.kinds(dmc, release);
    if (kinds != right_kinds) {
      parted_ += what + ": folded kinds" + text_of(kinds) + ", right" + text_of(right_kinds) + "\n";
    }
  }

  void compare_choices(const Facts& facts) {
    for (const auto& [dmc, choice] : facts.selection.dmcs) {
      for (const DmcSelection& one : choice.selections) {
        const events::Verdict right = right_.selection(one.mark.event);
        ++reached_.selections[right];
        hold("selection " + one.mark.event.text(), view_selection(facts, dmc, one).verdict, right);
      }
      for (const DmcSubstitution& one : choice.substitutions) {
        compare_substitution(view_substitution(facts, dmc, one));
      }
    }
  }

  void compare_substitution(const SubstitutionView& view) {
    const EventId& event = view.details.mark.event;
    const RightSubstitution right = right_.substitution(event);
    ++reached_.substitutions[right.verdict];
    for (const RouteObstacle obstacle : right.obstacles) ++reached_.obstacles[obstacle];
    RightSubstitution folded{view.verdict, {}, {}, all_met(view.steps)};
    if (view.route) folded.obstacles = {view.route->obstacles.begin(), view.route->obstacles.end()};
    for (const RouteAnswer& route : view.routes) {
      folded.open[route.route] = route.open;
      reached_.open_routes += route.open ? 1 : 0;
    }
    hold("substitution " + event.text(), folded.verdict, right.verdict);
    if (folded != right) parted_ += "substitution " + event.text() + ": the routes\n";
  }

  void compare_entries(const Facts& facts) {
    for (const EntryLife& life : planned_entry_lives(facts)) {
      const Identifier& id = life.planned_entry;
      const EntryState right = right_.planned_entry(id);
      ++reached_.entries[right];
      hold(id.text, life.state, right);
      for (const auto kind : {TestKind::mt, TestKind::sit, TestKind::srvt}) {
        const std::string what = id.text + " for " + std::string(enum_text(kind));
        const events::Verdict selected = right_.selected_for(id, kind);
        ++reached_.selected[selected];
        hold(what, selection_answer(facts, id, kind).verdict, selected);
      }
    }
  }

  void compare_findings(const Facts& facts) {
    Findings found;
    find_choice_findings(facts, found);
    find_release_findings(facts, found);
    std::set<Breach> folded;
    for (const Finding& finding : std::move(found).take()) {
      folded.insert({std::string(finding.rule.text), finding.events.back()});
    }
    const std::set<Breach> right = right_.breaches();
    for (const Breach& breach : right) ++reached_.rules[breach.rule];
    const auto tell = [&](const char* who, const auto& these, const auto& those) {
      for (const Breach& one : these) {
        if (!those.contains(one)) parted_ += who + one.rule + " " + one.event.text() + "\n";
      }
    };
    tell("only folded: ", folded, right);
    tell("only right: ", right, folded);
  }

  const EventFeed& history_;
  Reached& reached_;
  Folded folded_;
  SelectionReference right_;
  std::string parted_;
};

template <class Enum>
std::string counts(const std::map<Enum, int>& reached) {
  std::string text;
  for (const auto& [value, count] : reached) {
    if constexpr (std::is_enum_v<Enum>) {
      text += std::string(enum_text(value));
    } else {
      text += value;
    }
    text += " " + std::to_string(count) + "  ";
  }
  return text + "\n";
}

template <class Enum>
void check_all_reached(const std::map<Enum, int>& reached) {
  CHECK(reached.size() == std::size(kEnumTexts<Enum>));
}

}  // namespace

TEST_CASE(
    "DMCs, planned entries and releases are the reference's on a hundred thousand histories") {
  Random random;
  WARN("seed " << Random::seed());
  Reached reached;
  for (int round = 0; round < kRounds; ++round) {
    const EventFeed history = random_selection_history(random, 4 + random.below(26));
    const std::string parted = Comparison(history, reached).run();
    if (!parted.empty()) {
      // Catch would break the lines of the list.
      std::cerr << listing(history.events());
      FAIL("seed " << Random::seed() << ", round " << round << ":\n" << parted);
    }
  }
  WARN(counts(reached.dmcs) << counts(reached.entries) << counts(reached.releases)
                            << counts(reached.obstacles) << counts(reached.rules)
                            << counts(reached.selections) << counts(reached.substitutions)
                            << counts(reached.selected) << "open routes " << reached.open_routes);
  // The histories reach every state, else agreement proves less than it says.
  check_all_reached(reached.dmcs);
  check_all_reached(reached.entries);
  check_all_reached(reached.releases);
  check_all_reached(reached.obstacles);
  CHECK(reached.rules.size() == 8);
  for (const auto verdict :
       {events::Verdict::met, events::Verdict::not_met, events::Verdict::undetermined}) {
    CHECK(reached.selections[verdict] > 1'000);
    CHECK(reached.substitutions[verdict] > 1'000);
    CHECK(reached.selected[verdict] > 1'000);
  }
  CHECK(reached.open_routes > 1'000);
}
