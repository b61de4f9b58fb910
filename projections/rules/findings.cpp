#include <algorithm>
#include <tuple>

#include "projections/rules/finding.hpp"

namespace assay::projections {

void Findings::add(Finding finding) {
  const Rule* const rule = find_rule(finding.rule.text);
  ASSAY_ASSERT(rule != nullptr);
  finding.severity = rule->severity;
  if (finding.clears.empty()) finding.clears = rule->clears;
  std::ranges::sort(finding.events);
  const auto repeats = std::ranges::unique(finding.events);
  finding.events.erase(repeats.begin(), repeats.end());
  all_.push_back(std::move(finding));
}

std::vector<Finding> Findings::take() && {
  const auto key = [](const Finding& f) {
    return std::tie(f.severity, f.rule, f.subject, f.phase, f.planned_entry, f.events);
  };
  std::ranges::sort(all_, [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
  return std::move(all_);
}

}  // namespace assay::projections
