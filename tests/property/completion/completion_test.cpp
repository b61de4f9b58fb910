// Decisions, quorums and the end of testing on a hundred thousand random histories: as a reference
// works them out from the raw list of events, one question at a time.

#include <algorithm>
#include <iostream>

#include "projections/board/phase_board.hpp"
#include "projections/completion/combined.hpp"
#include "projections/completion/completion_findings.hpp"
#include "projections/completion/exit_answers.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/register/judge.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/regression.hpp"
#include "projections/rulebook/rulebook.hpp"
#include "projections/selection/selection.hpp"
#include "tests/property/completion/random_completion.hpp"
#include "tests/property/completion/reference.hpp"
#include "tests/property/told.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

constexpr int kRounds = 100'000;

/// The states that the history changes; of the register, the voices and the revoked keys that it
/// would know.
struct Folded {
  PhaseBoard board;
  Completion completion;
  Regression regression;
  Rulebook rulebook;
  Register programme;
  Timestamp now;
  explicit Folded(const EventFeed& feed)
      : board(feed.folded<PhaseBoard>()),
        completion(feed.folded<Completion>()),
        regression(feed.folded<Regression>()),
        rulebook(feed.folded<Rulebook>()),
        now(EventFeed::time_of(feed.events().back().entry)) {
    for (const FedEvent& event : feed.events()) know(event);
  }

  [[nodiscard]] Facts facts(std::uint64_t size = 0) const {
    static const IssueRegister kIssues;
    static const Plan kPlan;
    static const Selection kSelection;
    return {programme,  board,    completion, kIssues, kPlan,
            regression, rulebook, kSelection, size,    now};
  }

 private:
  void know(const FedEvent& event) {
    RegisterState& state = programme.mutable_state();
    if (event.stage == Stage::became_effective) return;
    const Voice voice{event.id, event.author, event.party, false, std::nullopt};
    if (const auto* yes = event_if<events::DecisionEndorsed>(&event.data)) {
      state.decisions.at(yes->target).endorsements.push_back(voice);
    } else if (const auto* no = event_if<events::DecisionDissented>(&event.data)) {
      state.decisions.at(no->target).dissents.push_back(voice);
    } else if (takes_voices(type_of(event.data))) {
      state.decisions[event.id].party = event.party;
    } else if (const auto* revoked = event_if<events::KeyRevoked>(&event.data)) {
      RegisteredKey& key = state.keys[revoked->key];
      if (key.status == KeyStatus::active) key.compromised_since = revoked->compromised_since;
      key.status = KeyStatus::revoked;
    }
  }
};

/// What the histories reached, so that agreement says something.
struct Reached {
  std::map<events::Verdict, int> quorums;
  std::map<ConditionState, int> conditions;
  std::map<ClosingState, int> closings;
  std::map<events::Verdict, int> positions;
  std::map<events::Verdict, int> authority;
  std::map<std::string, int> others;
};

RightPosition plain(const PositionView& view) {
  RightPosition right;
  right.endorsing = view.quorum->endorsing;
  right.present = view.quorum->present;
  right.verdict = view.quorum->verdict;
  right.authorised = view.authorised;
  right.dissent = view.has_dissent();
  right.superseded_by = view.superseded_by;
  for (const ConditionView& condition : view.conditions) {
    right.conditions.push_back(condition.state);
  }
  return right;
}

RightCombined plain(const CombinedView& view) {
  RightCombined right;
  for (const ReportPlace& one : view.left_out) {
    right.left_out.insert(one.phase.text + " " + one.planned_entry.text);
  }
  for (const MissingKind& one : view.missing_kinds) {
    right.missing.insert(one.planned_entry.text + " " + std::string(enum_text(one.kind)));
  }
  right.not_allowed = view.not_allowed;
  right.no_policy = view.no_policy;
  right.several_cutoffs = view.several_cutoffs;
  for (const ReportPlace& one : view.undecided) {
    right.undecided.insert(one.phase.text + " " + one.planned_entry.text);
  }
  return right;
}

std::string line(const RightPosition& one) {
  std::string text = std::string(enum_text(one.verdict)) + ", present";
  for (const Identifier& party : one.present) text += " " + party.text;
  text += ", for it";
  for (const Identifier& party : one.endorsing) text += " " + party.text;
  text += one.authorised ? ", authorised" : "";
  text += one.dissent ? ", dissent" : "";
  text += one.superseded_by ? ", superseded by " + one.superseded_by->text() : "";
  for (const ConditionState state : one.conditions) text += " " + std::string(enum_text(state));
  return text + "\n";
}

/// Both answers, held side by side; what differs is put into words.
class Comparison {
 public:
  Comparison(const EventFeed& history, Reached& reached)
      : history_(history), reached_(reached), folded_(history), right_(history.events()) {}

  std::string run(Random& random) {
    compare_positions();
    compare_reports();
    const auto open = open_obligations(folded_.facts());
    const std::uint64_t size = random.below(history_.events().back().entry);
    for (const auto& [phase, state] : folded_.board.phases) {
      for (const auto& [entry, inside] : state.entries) {
        compare_place({phase, entry}, open, size);
      }
    }
    compare_findings();
    return std::move(parted_);
  }

 private:
  template <class Enum>
  void hold(const std::string& what, Enum folded, Enum right, std::map<Enum, int>& reached) {
    ++reached[right];
    if (folded == right) return;
    parted_ += what + ": folded " + std::string(enum_text(folded)) + ", right " +
               std::string(enum_text(right)) + "\n";
  }
  void note(const char* what, bool holds) { reached_.others[what] += holds ? 1 : 0; }

  void compare_positions() {
    const auto right = right_.positions();
    std::map<EventId, RightPosition> folded;
    for (const PositionView& view : view_positions(folded_.facts())) {
      folded[view.event] = plain(view);
    }
    for (const auto& [id, one] : right) {
      ++reached_.quorums[one.verdict];
      for (const ConditionState state : one.conditions) ++reached_.conditions[state];
      note("a party that disagrees", one.endorsing.size() < one.present.size());
      note("not authorised", !one.authorised);
      if (folded[id] == one) continue;
      parted_ += id.text() + ": folded " + line(folded[id]) + "  right " + line(one);
    }
    if (folded.size() != right.size()) parted_ += "the number of positions\n";
  }

  void compare_reports() {
    for (const auto& [id, right] : right_.combined()) {
      note("phases left out", !right.left_out.empty());
      note("kinds missing", !right.missing.empty());
      note("combination forbidden", !right.not_allowed.empty());
      note("combination without policy", !right.no_policy.empty());
      note("several cut-offs", !right.several_cutoffs.empty());
      note("undecided places", !right.undecided.empty());
      if (plain(view_combined(folded_.facts(), id)) != right) parted_ += "report " + id.text + "\n";
    }
  }

  void compare_place(const Place& place, const std::vector<Obligation>& open, std::uint64_t size) {
    const std::string what = place.phase.text + " " + place.planned_entry.text;
    const Facts now = folded_.facts();
    const Facts cutoff = folded_.facts(size);
    const Vantage vantage{cutoff, now};
    hold(what, closing_state(now, place, open), right_.closing(place.phase, place.planned_entry),
         reached_.closings);
    hold(what + " V6 at " + std::to_string(size), answer_positions(vantage, place).verdict,
         right_.has_positions(place.phase, place.planned_entry, size), reached_.positions);
    hold(what + " V8", answer_exit_authority(vantage, place).verdict,
         right_.has_authority(place.phase, place.planned_entry), reached_.authority);
  }

  /// What stands against a position is found once, and of the one that is relied upon alone.
  void compare_findings() {
    Findings found;
    find_position_findings(folded_.facts(), found);
    std::multiset<std::pair<std::string, std::string>> folded;
    for (const Finding& one : std::move(found).take()) {
      if (one.rule != Identifier("T-STALE")) folded.emplace(one.rule.text, one.subject);
    }
    std::multiset<std::pair<std::string, std::string>> right;
    for (const auto& [id, one] : right_.positions()) {
      if (one.superseded_by) continue;
      const std::string about = folded_.completion.decisions.at(id).about;
      if (one.verdict == events::Verdict::not_met) right.emplace("T-QUORUM", about);
      if (one.dissent) right.emplace("T-DISSENT", about);
      for (const ConditionState state : one.conditions) {
        if (state == ConditionState::overdue) right.emplace("T-COND", about);
      }
    }
    for (const auto& [rule, about] : right) note(rule.c_str(), true);
    if (folded != right) parted_ += "findings on positions\n";
  }

  const EventFeed& history_;
  Reached& reached_;
  Folded folded_;
  CompletionReference right_;
  std::string parted_;
};

template <class Key>
std::string counts(const std::map<Key, int>& reached) {
  std::string text;
  for (const auto& [value, count] : reached) {
    if constexpr (std::is_enum_v<Key>) {
      text += std::string(enum_text(value));
    } else {
      text += value;
    }
    text += " " + std::to_string(count) + "  ";
  }
  return text + "\n";
}

}  // namespace

TEST_CASE("decisions and the end of testing are the reference's on a hundred thousand histories") {
  Random random;
  WARN("seed " << Random::seed());
  Reached reached;
  for (int round = 0; round < kRounds; ++round) {
    const EventFeed history = random_completion_history(random, 6 + random.below(30));
    const std::string parted = Comparison(history, reached).run(random);
    if (!parted.empty()) {
      // Catch would break the lines of the list.
      std::cerr << listing(history.events());
      FAIL("seed " << Random::seed() << ", round " << round << ":\n" << parted);
    }
  }
  WARN(counts(reached.quorums) << counts(reached.conditions) << counts(reached.closings)
                               << counts(reached.positions) << counts(reached.authority)
                               << counts(reached.others));
  // The histories reach every state, else agreement proves less than it says.
  CHECK(reached.conditions.size() == std::size(kEnumTexts<ConditionState>));
  CHECK(reached.closings.size() == std::size(kEnumTexts<ClosingState>));
  for (const auto verdict : {events::Verdict::met, events::Verdict::not_met,
                             events::Verdict::undetermined, events::Verdict::not_applicable}) {
    CHECK(reached.quorums[verdict] > 1'000);
    CHECK(reached.positions[verdict] > 1'000);
    if (verdict != events::Verdict::not_applicable) CHECK(reached.authority[verdict] > 1'000);
  }
  CHECK(reached.others.size() == 11);
  for (const auto& [what, count] : reached.others) {
    INFO(what);
    CHECK(count > 1'000);
  }
}
