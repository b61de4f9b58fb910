// V6 and V8: what the approval policy asks of bodies, and of whoever decides.

#include <algorithm>

#include "projections/completion/decision_view.hpp"
#include "projections/completion/exit_answers.hpp"
#include "projections/completion/waivers.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

Answer answer(const char* criterion, Verdict verdict, std::string text,
              std::vector<EventId> events = {}) {
  return {criterion, std::move(events), std::move(text), verdict};
}

/// What one rule asks of one body for the place.
class Positions {
 public:
  Positions(const Vantage& vantage, const Place& place) : vantage_(vantage) {
    about_.insert(subject_of(Kind::phase, place.phase.text));
    if (const auto* const report = report_on(vantage.now, place)) {
      about_.insert(subject_of(Kind::report, report->first.text));
    }
    if (const Cutoff* const cutoff = last_cutoff(vantage.now, place)) {
      cutoff_ = cutoff->mark.event;
    }
    positions_ = view_positions(vantage.now);
  }

  /// The event of a position that satisfies the rule; absent when none does.
  [[nodiscard]] std::optional<EventId> satisfying(const events::ApprovalRule& rule) const {
    for (const PositionView& position : positions_) {
      if (position.superseded_by || !about_.contains(position.about)) continue;
      if (position.quorum->body != *rule.body || !is_yes(position, rule)) continue;
      if (cutoff_ && position.event < *cutoff_) continue;
      const std::uint64_t seen = position.seen ? position.seen->size : 0;
      if (seen < vantage_.cutoff.size || !counts(*position.quorum)) continue;
      return position.event;
    }
    return std::nullopt;
  }

 private:
  static bool counts(const QuorumView& quorum) {
    return quorum.verdict == Verdict::met || quorum.verdict == Verdict::not_applicable;
  }
  static bool is_yes(const PositionView& position, const events::ApprovalRule& rule) {
    if (*rule.body == events::Body::tag) {
      return std::ranges::any_of(
          rule.positions, [&](events::Position yes) { return position.outcome == enum_text(yes); });
    }
    return position.outcome == enum_text(events::BodyDecision::approved) ||
           position.outcome == enum_text(events::BodyDecision::approved_with_conditions);
  }

  const Vantage& vantage_;
  std::set<std::string> about_;
  std::optional<EventId> cutoff_;
  std::vector<PositionView> positions_;
};

std::optional<InForce> approval_policy(const Facts& now, const Place& place) {
  return policy_in_force(now.rulebook, events::PolicyKind::approval, target_of(now, place),
                         now.recorded_at);
}

/// Completion and exit, and combined completion where the report combines.
bool is_asked(events::Matter matter, bool combined) {
  return matter == events::Matter::exit || matter == events::Matter::completion ||
         (combined && matter == events::Matter::combined_completion);
}

/// The roles in which the decision was recorded or endorsed, by keys that were not compromised
/// then.
bool in_role(const DecisionView& decision, const std::set<Role>& roles) {
  const auto holds = [&](const std::set<Role>& held) {
    return std::ranges::any_of(held, [&](Role role) { return roles.contains(role); });
  };
  return roles.empty() || (!decision.tainted && holds(decision.decided_by.roles)) ||
         std::ranges::any_of(decision.endorsements, [&](const VoiceView& voice) {
           return !voice.tainted && holds(voice.roles);
         });
}

const ExitDecision* last_exit(const Facts& now, const Place& place) {
  const auto phase = now.board.phases.find(place.phase);
  if (phase == now.board.phases.end()) return nullptr;
  const auto entry = phase->second.entries.find(place.planned_entry);
  if (entry == phase->second.entries.end() || entry->second.exit_decisions.empty()) return nullptr;
  return &entry->second.exit_decisions.back();
}

}  // namespace

Answer answer_positions(const Vantage& vantage, const Place& place) {
  const auto policy = approval_policy(vantage.now, place);
  if (!policy) {
    return answer("V6", Verdict::undetermined,
                  "no approval policy is in force: whose position it takes is not known");
  }
  const auto* const report = report_on(vantage.now, place);
  const bool combined = report != nullptr && report->second.kind == events::ReportKind::combined;
  const Positions positions(vantage, place);
  std::vector<EventId> events{policy->activated};
  bool any = false;
  for (const events::ApprovalRule& rule : policy->body->approval->rules) {
    if (!rule.body || !is_asked(rule.matter, combined)) continue;
    any = true;
    const auto position = positions.satisfying(rule);
    if (!position) {
      return answer("V6", Verdict::not_met,
                    say("no position of ", *rule.body, " on ", rule.matter,
                        " that counts, with a quorum and on the log up to the cut-off"),
                    std::move(events));
    }
    events.push_back(*position);
  }
  if (!any) {
    return answer("V6", Verdict::not_applicable, "the approval policy asks for no position",
                  std::move(events));
  }
  return answer("V6", Verdict::met, "every position that the approval policy asks for is there",
                std::move(events));
}

Answer answer_exit_authority(const Vantage& vantage, const Place& place) {
  const Facts& now = vantage.now;
  const auto policy = approval_policy(now, place);
  if (!policy) {
    return answer("V8", Verdict::undetermined,
                  "no approval policy is in force: who decides an exit is not known");
  }
  const ExitDecision* const exit = last_exit(now, place);
  const auto decision = exit == nullptr ? std::nullopt : view_decision(now, exit->mark.event);
  if (!decision) return answer("V8", Verdict::undetermined, "no exit has been decided");
  const std::vector<EventId> events{policy->activated, decision->event};
  const Identifier& runs_it = now.board.phases.at(place.phase).planned.party;
  for (const events::ApprovalRule& rule : policy->body->approval->rules) {
    if (rule.matter != events::Matter::exit) continue;
    if (!in_role(*decision, rule.roles)) {
      return answer("V8", Verdict::not_met,
                    "nobody in a role that the approval policy names has decided or endorsed it",
                    events);
    }
    const bool alone = (decision->tainted || decision->decided_by.party == runs_it) &&
                       !has_other_party(now, decision->event, std::nullopt, runs_it);
    if (rule.independent && alone) {
      return answer("V8", Verdict::not_met,
                    decision->tainted
                        ? "the exit was decided with a key that was compromised by then, and no "
                          "party beside the one that runs the phase has endorsed it"
                        : say("the exit was decided by ", runs_it, ", which runs the phase, alone"),
                    events);
    }
  }
  return answer("V8", Verdict::met, "the exit was decided as the approval policy asks", events);
}

}  // namespace assay::projections
