#include "projections/completion/work_off_view.hpp"

#include "projections/completion/outstanding.hpp"
#include "projections/rulebook/london.hpp"

namespace assay::projections {
namespace {

/// Days from `from` to `to`; none where one of them is no day, which no plan in a sound log has.
std::int64_t days_between(const Identifier& from, const Identifier& to) {
  const auto a = day_number(from);
  const auto b = day_number(to);
  return a && b ? *b - *a : 0;
}

void view_issue_of(const Facts& facts, WorkOffLine& line) {
  const auto issue = facts.issues.issues.find(line.issue);
  if (issue == facts.issues.issues.end()) return;
  line.issue_state = issue->second.state;
  line.severity = bucket_of(issue->second);
}

WorkOffState state_of(const WorkOffLine& line, const Identifier& today) {
  if (line.completed) {
    const bool open = line.issue_state && open_states_by_default().contains(*line.issue_state);
    return open ? WorkOffState::completed_issue_open : WorkOffState::completed;
  }
  return line.target < today ? WorkOffState::overdue : WorkOffState::open;
}

}  // namespace

std::vector<Mark> later_targets(const PlannedWorkOff& item) {
  std::vector<Mark> moves;
  Identifier target = item.first_target;
  for (const WorkOffUpdate& update : item.updates) {
    if (!update.target) continue;
    if (target < *update.target) moves.push_back(update.mark);
    target = *update.target;
  }
  return moves;
}

WorkOffView view_work_off(const Facts& facts) {
  WorkOffView view;
  view.today = london_day(facts.recorded_at);
  for (const auto& [plan_id, plan] : facts.completion.work_off_plans) {
    for (const auto& [issue, item] : plan.items) {
      WorkOffLine line;
      if (item.completed) line.completed = item.completed->event;
      line.days_over = days_between(item.target, view.today);
      line.first_target = item.first_target;
      line.issue = issue;
      line.moved = later_targets(item).size();
      line.owner = item.owner;
      line.target = item.target;
      line.work_off_plan = plan_id;
      line.workaround = item.workaround;
      view_issue_of(facts, line);
      line.state = state_of(line, view.today);
      if (!line.completed) ++view.open;
      if (line.state == WorkOffState::overdue) ++view.overdue;
      view.items.push_back(std::move(line));
    }
  }
  return view;
}

}  // namespace assay::projections
