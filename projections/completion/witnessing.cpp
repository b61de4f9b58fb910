#include "projections/completion/witnessing.hpp"

#include "projections/rulebook/in_force.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

/// The cosignature that made up the number of witnesses of one root; null when none did.
const Cosignature* completing(const std::vector<Cosignature>& cosignatures, std::uint64_t needed) {
  std::map<Hash, std::set<std::string>> witnesses;
  for (const Cosignature& cosignature : cosignatures) {
    auto& seen = witnesses[cosignature.root];
    seen.insert(cosignature.witness);
    if (seen.size() >= needed) return &cosignature;
  }
  return nullptr;
}

bool is_older(Timestamp since, Timestamp now, std::uint64_t hours) {
  if (now <= since) return false;
  const auto age = static_cast<std::uint64_t>(now.us) - static_cast<std::uint64_t>(since.us);
  const auto hour = static_cast<std::uint64_t>(kHourUs);
  return age / hour > hours || (age / hour == hours && age % hour > 0);
}

std::set<std::uint64_t> split_sizes(const Completion& state) {
  std::set<std::uint64_t> split;
  for (const auto& [size, cosignatures] : state.cosignatures) {
    for (const Cosignature& cosignature : cosignatures) {
      if (cosignature.root != cosignatures.front().root) split.insert(size);
    }
  }
  return split;
}

}  // namespace

WitnessView view_witnesses(const Facts& now) {
  const Completion& state = now.completion;
  WitnessView view;
  view.split = split_sizes(state);
  view.witnessed_at = state.began.value_or(now.recorded_at);
  const auto policy =
      policy_in_force(now.rulebook, events::PolicyKind::witness, {}, now.recorded_at);
  if (!policy) {
    view.text = "no witness policy is in force: whether enough have witnessed is not known";
    return view;
  }
  view.policy = policy->policy;
  view.age_hours_max = policy->body->witness->age_hours_max;
  view.witnesses_min = policy->body->witness->witnesses_min;
  for (const auto& [size, cosignatures] : state.cosignatures) {
    if (size > now.size) break;
    const Cosignature* const last = completing(cosignatures, view.witnesses_min);
    if (last == nullptr) continue;
    view.witnessed_at = last->witnessed_at;
    view.witnessed_event = last->mark.event;
    view.witnessed_size = size;
  }
  const bool late = view.witnesses_min > 0 && view.witnessed_size < now.size &&
                    is_older(view.witnessed_at, now.recorded_at, view.age_hours_max);
  view.verdict = late ? events::Verdict::not_met : events::Verdict::met;
  view.text = say("up to entry ", view.witnessed_size, " of ", now.size, ", ", view.witnesses_min,
                  " witnesses have cosigned, last at ", view.witnessed_at);
  return view;
}

}  // namespace assay::projections
