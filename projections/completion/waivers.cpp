#include "projections/completion/waivers.hpp"

#include <algorithm>

#include "projections/completion/quorum.hpp"
#include "projections/register/register.hpp"
#include "projections/rulebook/london.hpp"

namespace assay::projections {
namespace {

bool covers(const RuleWaiver& waiver, const WaiverQuestion& question) {
  if (waiver.rule != question.rule) return false;
  if (waiver.phase && waiver.phase != question.phase) return false;
  return waiver.planned_entries.empty() ||
         (question.planned_entry && waiver.planned_entries.contains(*question.planned_entry));
}

}  // namespace

bool is_in_force(const RuleWaiver& waiver, Timestamp at) {
  return waiver.mark.recorded_at <= at &&
         (!waiver.expires_on || london_day(at) <= *waiver.expires_on);
}

const RuleWaiver* waiver_in_force(const Completion& state, const WaiverQuestion& question,
                                  Timestamp at) {
  const RuleWaiver* last = nullptr;
  for (const auto& [id, waiver] : state.waivers) {
    if (!covers(waiver, question) || !is_in_force(waiver, at)) continue;
    if (last == nullptr || last->mark.event < waiver.mark.event) last = &waiver;
  }
  return last;
}

bool has_other_party(const Facts& facts, const EventId& decision,
                     const std::optional<EventId>& approval, const Identifier& party) {
  const auto& decisions = facts.programme.state().decisions;
  const auto is_other = [&](const Voice& voice) {
    return voice.party != party && !is_tainted(facts, voice.event);
  };
  const auto found = decisions.find(decision);
  if (found != decisions.end() && std::ranges::any_of(found->second.endorsements, is_other)) {
    return true;
  }
  if (!approval) return false;
  const auto approved = decisions.find(*approval);
  return approved != decisions.end() && approved->second.effective &&
         approved->second.party != party && !is_tainted(facts, *approval);
}

}  // namespace assay::projections
