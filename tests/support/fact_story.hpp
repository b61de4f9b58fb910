#pragma once

/// A history told event by event, each by a party and at a time, with the facts as they stand after
/// it. The register judges nothing here; what it would know of decisions is said with `decide`.

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/regression.hpp"
#include "projections/rulebook/rulebook.hpp"
#include "projections/selection/selection.hpp"

namespace assay::testing {

class FactStory {
 public:
  /// What follows is recorded at this time, and a minute later each.
  FactStory& at(const char* time) {
    now_ = Timestamp::parse(time).value();
    return *this;
  }
  FactStory& at(Timestamp time) {
    now_ = time;
    return *this;
  }
  FactStory& by(const char* party) {
    party_ = party;
    return *this;
  }
  EventId say(const EventData& data) {
    const EventId id{size_++, 0};
    recorded_at_ = now_;
    now_.us += kMinuteUs;
    const projections::RecordedEvent event{id, data, recorded_at_, recorded_at_, {}, party_, {}};
    board_.apply(event, projections::Stage::in_effect);
    issues_.apply(event, projections::Stage::in_effect);
    regression_.apply(event, projections::Stage::in_effect);
    selection_.apply(event, projections::Stage::in_effect);
    return id;
  }
  /// As `say`, of a decision that is in effect at once.
  EventId decide(const EventData& data) {
    const EventId id = say(data);
    projections::Decision& decision = programme_.mutable_state().decisions[id];
    decision.party = party_;
    decision.effective = id;
    decision.type = Identifier(std::string(type_of(data).name));
    return id;
  }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const projections::IssueRegister& issues() const { return issues_; }
  [[nodiscard]] const projections::PhaseBoard& board() const { return board_; }
  /// Borrowed from the story.
  [[nodiscard]] projections::Facts facts() const {
    return {programme_,  board_,    completion_, issues_, plan_,
            regression_, rulebook_, selection_,  size_,   recorded_at_};
  }

 private:
  static constexpr std::int64_t kMinuteUs = 60'000'000;
  projections::Register programme_;
  projections::PhaseBoard board_;
  projections::Completion completion_;
  projections::IssueRegister issues_;
  projections::Plan plan_;
  projections::Regression regression_;
  projections::Rulebook rulebook_;
  projections::Selection selection_;
  std::uint64_t size_ = 1;                // after genesis
  Timestamp now_{1'571'652'000'000'000};  // 2019-10-21T10:00:00Z
  Timestamp recorded_at_;
  Identifier party_ = "DCC";
};

}  // namespace assay::testing
