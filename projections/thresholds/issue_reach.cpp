#include "projections/thresholds/issue_reach.hpp"

#include "projections/board/phase_board.hpp"
#include "projections/thresholds/duplicates.hpp"
#include "projections/thresholds/result_source.hpp"

namespace assay::projections {
namespace {

std::set<events::TestKind> run_kinds_of(const PhaseBoard& board, const Issue& issue) {
  std::set<events::TestKind> kinds;
  for (const Identifier& id : issue.runs) {
    const auto run = board.runs.find(id);
    if (run == board.runs.end()) continue;
    kinds.insert(run->second.counts_for.begin(), run->second.counts_for.end());
  }
  for (const EventId& result : issue.results) {
    if (const Import* const import = import_of_result(board, issue.phase, result)) {
      kinds.insert(import->kind);
    }
  }
  return kinds;
}

IssuePlace place_of(const PhaseBoard& board, const Issue& issue, events::CarryOver carry_over) {
  IssuePlace place{issue.groups, issue.phase, issue.planned_entries, {}};
  if (carry_over == events::CarryOver::combined_regression) {
    place.run_kinds = run_kinds_of(board, issue);
  }
  if (!place.planned_entries.empty()) return place;
  const auto phase = board.phases.find(issue.phase);
  if (phase == board.phases.end()) return place;
  place.planned_entries = phase->second.planned_entries;
  for (const auto& [id, entry] : phase->second.entries) place.planned_entries.insert(id);
  return place;
}

bool is_open(const Issue& issue, const std::set<IssueState>& open_states) {
  if (open_states.contains(issue.state)) return true;
  return issue.undisputed && open_states.contains(*issue.undisputed);
}

}  // namespace

std::vector<IssueReach> reach_of_issues(const Facts& facts, const events::ThresholdPolicy& policy) {
  std::vector<IssueReach> all;
  std::map<Identifier, std::size_t> place_in_list;
  for (const auto& [id, issue] : facts.issues.issues) {
    place_in_list.emplace(id, all.size());
    IssueReach reach;
    reach.id = id;
    reach.issue = &issue;
    reach.open = is_open(issue, policy.open_states);
    reach.places.push_back(place_of(facts.board, issue, policy.carry_over));
    if (!reach.open && is_duplicate(issue)) {
      reach.counted_by = end_of_chain(facts.issues, id);
      reach.open = !reach.counted_by.has_value();
    }
    all.push_back(std::move(reach));
  }
  for (const IssueReach& reach : all) {
    if (!reach.counted_by) continue;
    IssueReach& end = all[place_in_list.at(*reach.counted_by)];
    end.duplicates.push_back(reach.id);
    end.places.push_back(reach.places.front());
  }
  return all;
}

}  // namespace assay::projections
