#include "projections/regression/regression_policy.hpp"

#include <limits>

#include "projections/rules/policy_target.hpp"

namespace assay::projections {
namespace {}  // namespace

const events::RegressionPolicy* regression_policy(const Facts& facts, events::TestKind kind,
                                                  const Identifier& planned_entry, Timestamp at) {
  const auto in_force = policy_in_force(facts.rulebook, events::PolicyKind::regression,
                                        target_of(facts.board, kind, planned_entry), at);
  return in_force ? &*in_force->body->regression : nullptr;
}

bool is_change(const Facts& facts, const Change& change, events::TestKind kind,
               const Identifier& planned_entry) {
  const auto* const policy = regression_policy(facts, kind, planned_entry, change.mark.recorded_at);
  if (policy == nullptr) return true;
  switch (change.kind) {
    case ChangeKind::build: return true;
    case ChangeKind::fix: return policy->fix_is_change;
    case ChangeKind::firmware: return policy->firmware_is_change;
  }
  return true;
}

std::optional<Timestamp> assess_by(const Facts& facts, const Change& change, events::TestKind kind,
                                   const Identifier& planned_entry) {
  const auto* const policy = regression_policy(facts, kind, planned_entry, change.mark.recorded_at);
  if (policy == nullptr || !policy->assessment_hours_max) return std::nullopt;
  const auto hours = static_cast<std::int64_t>(*policy->assessment_hours_max);
  // Hours beyond what a time can hold are no limit.
  if (hours < 0 ||
      hours > (std::numeric_limits<std::int64_t>::max() - change.mark.recorded_at.us) / kHourUs) {
    return std::nullopt;
  }
  return Timestamp{change.mark.recorded_at.us + hours * kHourUs};
}

}  // namespace assay::projections
