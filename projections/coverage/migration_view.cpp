#include "projections/coverage/migration_view.hpp"

#include <algorithm>

#include "projections/rulebook/in_force.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

Verdict verdict_of(const std::vector<GroupCell>& cells) {
  if (cells.empty()) return Verdict::undetermined;
  const auto all = [&](Verdict a, Verdict b) {
    return std::ranges::all_of(
        cells, [&](const GroupCell& cell) { return cell.verdict == a || cell.verdict == b; });
  };
  if (all(Verdict::met, Verdict::met)) return Verdict::met;
  return all(Verdict::met, Verdict::waived) ? Verdict::waived : Verdict::not_met;
}

}  // namespace

MigrationView view_migration(const Facts& facts, const Identifier& release) {
  MigrationView view;
  view.release = release;
  const auto in_force =
      policy_in_force(facts.rulebook, events::PolicyKind::migration,
                      {events::TestKind::mt, release, std::nullopt}, facts.recorded_at);
  if (!in_force) return view;
  const events::MigrationPolicy& policy = *in_force->body->migration;
  view.policy = in_force->activated;
  view.security_features_required = policy.security_features_required;
  view.cells = group_matrix(facts.board, facts.plan, policy, release);
  view.verdict = verdict_of(view.cells);
  for (const auto& [id, entry] : facts.board.planned_entries) {
    if (entry.release != release) continue;
    view.dmrt.push_back(check_dmrt(facts.board, facts.plan, policy, id));
    if (!policy.security_features_required) continue;
    view.security_features.push_back(check_security_features(facts.board, facts.plan, policy, id));
  }
  return view;
}

}  // namespace assay::projections
