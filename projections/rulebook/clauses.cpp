#include "projections/rulebook/clauses.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view next_part(std::string_view& rest) {
  const std::size_t dot = std::min(rest.find('.'), rest.size());
  const std::string_view part = rest.substr(0, dot);
  rest.remove_prefix(std::min(dot + 1, rest.size()));
  return part;
}

/// Numbers between dots are compared as numbers: the longer one is the larger one.
bool counts_before(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view x = next_part(a);
    const std::string_view y = next_part(b);
    if (x == y) continue;
    if (is_number(x) && is_number(y) && x.size() != y.size()) return x.size() < y.size();
    return x < y;
  }
  return a.empty() && !b.empty();
}

}  // namespace

bool is_in_force(events::ClauseStatus status) {
  return status == events::ClauseStatus::in_force ||
         status == events::ClauseStatus::removal_proposed;
}

ClauseView clause_at(const Rulebook& rulebook, const Identifier& document, const Identifier& clause,
                     const Identifier& day) {
  ClauseView view;
  view.clause = clause;
  view.document = document;
  view.on = day;
  const auto found = rulebook.clauses.find({clause, document});
  if (found == rulebook.clauses.end()) return view;
  view.history = found->second;
  std::ranges::stable_sort(view.history, {}, &ClauseStep::effective_on);
  for (const ClauseStep& step : view.history) {
    if (day < step.effective_on) break;
    view.step = step;
  }
  if (view.step) {
    view.status = view.step->status;
    view.in_force = is_in_force(*view.status);
  }
  return view;
}

std::vector<ClauseView> list_clauses(const Rulebook& rulebook, const Identifier& day) {
  std::vector<ClauseView> views;
  for (const auto& [clause, steps] : rulebook.clauses) {
    views.push_back(clause_at(rulebook, clause.document, clause.clause, day));
  }
  std::ranges::stable_sort(views, [](const ClauseView& a, const ClauseView& b) {
    if (a.document != b.document) return a.document < b.document;
    return counts_before(a.clause.text, b.clause.text);
  });
  return views;
}

}  // namespace assay::projections
