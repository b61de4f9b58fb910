#include "projections/coverage/migration_checks.hpp"

#include <algorithm>
#include <functional>

namespace assay::projections {
namespace {

using Wanted = std::function<bool(const events::PromisedItem&)>;

/// True where the scope of some phase of MT holds the promise; of the stage that it names, if any.
bool in_some_scope(const PhaseBoard& board, const Identifier& planned_entry,
                   const events::PromisedItem& promise) {
  return std::ranges::any_of(board.phases, [&](const auto& pair) {
    const Phase& phase = pair.second;
    if (phase.kind != events::TestKind::mt) return false;
    if (promise.stage && phase.stage != *promise.stage) return false;
    const auto entry = phase.entries.find(planned_entry);
    return entry != phase.entries.end() && holds(entry->second, promise);
  });
}

/// Promises of MT that are `wanted` must exist, and be in scope.
MigrationCheck check(const PhaseBoard& board, const Plan& plan, const PlannedEntry& entry,
                     MigrationCheck made, const Wanted& wanted, const std::string& what) {
  const auto documents = documents_for(board, entry, events::TestKind::mt);
  if (documents.empty()) {
    made.verdict = events::Verdict::not_met;
    made.why = "no Depth and Breadth document of MT covers the planned entry";
    return made;
  }
  for (const events::PromisedItem& item :
       promised_items(plan, documents.front(), entry, events::TestKind::mt)) {
    if (!wanted(item)) continue;
    ++made.promised;
    if (!in_some_scope(board, made.planned_entry, item)) made.missing.push_back(item);
  }
  const bool met = made.promised > 0 && made.missing.empty();
  made.verdict = met ? events::Verdict::met : events::Verdict::not_met;
  made.why = made.promised == 0 ? "the Depth and Breadth document of MT lists no item of " + what
                                : std::to_string(made.promised - made.missing.size()) + " of " +
                                      std::to_string(made.promised) + " promised items of " + what +
                                      " are in scope";
  return made;
}

}  // namespace

MigrationCheck check_dmrt(const PhaseBoard& board, const Plan& plan,
                          const events::MigrationPolicy& policy, const Identifier& planned_entry) {
  MigrationCheck made;
  made.planned_entry = planned_entry;
  const auto entry = board.planned_entries.find(planned_entry);
  if (entry == board.planned_entries.end()) {
    made.why = "the planned entry was never declared";
    return made;
  }
  if (!policy.dmrt_releases.contains(entry->second.release.text)) {
    made.verdict = events::Verdict::not_applicable;
    made.why = "the policy asks for Migration DMRT in other releases only";
    return made;
  }
  const Wanted wanted = [&](const events::PromisedItem& item) {
    return item.stage && *item.stage == policy.dmrt_stage;
  };
  return check(board, plan, entry->second, std::move(made), wanted, "Migration DMRT");
}

MigrationCheck check_security_features(const PhaseBoard& board, const Plan& plan,
                                       const events::MigrationPolicy& policy,
                                       const Identifier& planned_entry) {
  MigrationCheck made;
  made.planned_entry = planned_entry;
  const auto entry = board.planned_entries.find(planned_entry);
  if (entry == board.planned_entries.end()) {
    made.why = "the planned entry was never declared";
    return made;
  }
  if (!policy.security_features_required) {
    made.verdict = events::Verdict::not_applicable;
    made.why = "the setting is inactive in the policy in force";
    return made;
  }
  const Wanted wanted = [&](const events::PromisedItem& item) {
    return item.tags.contains(policy.security_features_tag.text);
  };
  return check(board, plan, entry->second, std::move(made), wanted, "firmware security features");
}

}  // namespace assay::projections
