#include "projections/thresholds/approvals.hpp"

#include <algorithm>

#include "projections/board/phase_board.hpp"
#include "projections/register/register.hpp"

namespace assay::projections {
namespace {

bool has_role(const Register& programme, const Decision& decision, const std::set<Role>& roles) {
  const auto holds = [&](const Hash& key) {
    const RoleSet held = programme.roles_of(key);
    return std::ranges::any_of(roles, [&](Role role) { return held.contains(role); });
  };
  return holds(decision.author) ||
         std::ranges::any_of(decision.endorsements,
                             [&](const Voice& voice) { return holds(voice.key); });
}

/// The body spoke, and, where its position is known, it was one that counts as a yes.
bool is_of_body(const Facts& facts, const Decision& decision, const EventId& approval,
                const events::ApprovalRule& rule) {
  switch (*rule.body) {
    case events::Body::panel: return decision.type.text == events::PanelDecisionRecorded::kType;
    case events::Body::sos: return decision.type.text == events::SosDecisionRecorded::kType;
    case events::Body::tag: break;
  }
  return std::ranges::any_of(facts.board.positions, [&](const auto& position) {
    return position.second.mark.event == approval &&
           rule.positions.contains(position.second.position);
  });
}

}  // namespace

bool asks_for_approval(const events::ApprovalPolicy* policy, events::Matter matter) {
  return policy != nullptr && std::ranges::any_of(policy->rules, [&](const auto& rule) {
           return rule.matter == matter;
         });
}

bool has_second_voice(const Facts& facts, const events::ApprovalPolicy* policy,
                      events::Matter matter, const std::optional<EventId>& approval,
                      const Identifier& by, const EventId& step) {
  if (!approval || !(*approval < step)) return false;
  const auto& decisions = facts.programme.state().decisions;
  const auto found = decisions.find(*approval);
  if (found == decisions.end() || !found->second.effective) return false;
  const Decision& decision = found->second;
  const bool other_party =
      decision.party != by || std::ranges::any_of(decision.endorsements, [&](const Voice& voice) {
        return voice.party != by;
      });
  if (!other_party) return false;
  if (policy == nullptr) return true;
  return std::ranges::all_of(policy->rules, [&](const events::ApprovalRule& rule) {
    if (rule.matter != matter) return true;
    if (rule.body && !is_of_body(facts, decision, *approval, rule)) return false;
    return rule.roles.empty() || has_role(facts.programme, decision, rule.roles);
  });
}

}  // namespace assay::projections
