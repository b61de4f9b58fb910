#include "projections/thresholds/retest_check.hpp"

#include <algorithm>

#include "projections/thresholds/result_source.hpp"

namespace assay::projections {
namespace {

/// A test that passed.
struct Pass {
  EventId at;
  std::vector<std::string> builds;
  Identifier planned_entry;
};

void add_run(const PhaseBoard& board, const Identifier& id, std::vector<Pass>& passes) {
  const auto found = board.runs.find(id);
  if (found == board.runs.end()) return;
  const Run& run = found->second;
  if (!run.finished || run.finished->outcome != events::Outcome::passed || run.invalidated())
    return;
  passes.push_back({run.started, run.builds, run.planned_entry});
}

std::vector<Pass> passes_of(const PhaseBoard& board, const Issue& issue) {
  std::vector<Pass> passes;
  for (const Retest& retest : issue.retests) {
    if (!retest.passed) continue;
    if (retest.run) add_run(board, *retest.run, passes);
    if (!retest.result) continue;
    const Import* const import = import_of_result(board, issue.phase, *retest.result);
    if (import == nullptr) continue;
    Pass pass{*retest.result, {}, import->planned_entry};
    if (import->build) pass.builds.push_back(*import->build);
    passes.push_back(std::move(pass));
  }
  if (!issue.closed) return passes;
  for (const Identifier& run : issue.closed->runs) add_run(board, run, passes);
  return passes;
}

}  // namespace

BuildOrder::BuildOrder(const PhaseBoard& board) {
  // A deployment stands in every phase that it falls in; it happened once.
  std::map<EventId, const Deployment*> deployments;
  for (const auto& [id, phase] : board.phases) {
    for (const Deployment& one : phase.deployments) deployments.emplace(one.mark.event, &one);
  }
  for (const auto& [event, one] : deployments) {
    std::vector<std::string>& seen = seen_[{one->environment, one->component}];
    for (const std::string& build : {one->from_build, one->to_build}) {
      if (std::ranges::find(seen, build) == seen.end()) seen.push_back(build);
    }
  }
}

bool BuildOrder::is_at_least(const std::string& build, const std::string& fix) const {
  if (build == fix) return true;
  return std::ranges::any_of(seen_, [&](const auto& component) {
    const auto& builds = component.second;
    const auto at_fix = std::ranges::find(builds, fix);
    return at_fix != builds.end() && std::find(at_fix, builds.end(), build) != builds.end();
  });
}

std::vector<Identifier> entries_without_retest(const PhaseBoard& board, const BuildOrder& order,
                                               const Issue& issue) {
  const std::vector<Pass> passes = passes_of(board, issue);
  const auto is_tested = [&](const Pass& pass) {
    if (issue.fixes.empty()) return issue.raised.event < pass.at;
    return std::ranges::any_of(pass.builds, [&](const std::string& build) {
      return order.is_at_least(build, issue.fixes.back().build);
    });
  };
  std::vector<Identifier> missing;
  for (const Identifier& entry : issue.planned_entries) {
    const bool tested = std::ranges::any_of(
        passes, [&](const Pass& pass) { return pass.planned_entry == entry && is_tested(pass); });
    if (!tested) missing.push_back(entry);
  }
  return missing;
}

}  // namespace assay::projections
