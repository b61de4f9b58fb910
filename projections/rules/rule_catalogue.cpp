#include "projections/rules/rule_catalogue.hpp"

#include <algorithm>
#include <vector>

#include "projections/rules/catalogue/completion_rules.hpp"
#include "projections/rules/catalogue/coverage_rules.hpp"
#include "projections/rules/catalogue/criteria_rules.hpp"
#include "projections/rules/catalogue/integrity_rules.hpp"
#include "projections/rules/catalogue/policy_rules.hpp"
#include "projections/rules/catalogue/regression_rules.hpp"
#include "projections/rules/catalogue/selection_rules.hpp"
#include "projections/rules/catalogue/threshold_rules.hpp"

namespace assay::projections {

std::span<const Rule> rules() {
  static const std::vector<Rule> kAll = [] {
    std::vector<Rule> all;
    const auto take = [&](const auto& some) { all.insert(all.end(), some.begin(), some.end()); };
    take(kCompletionRules);
    take(kCoverageRules);
    take(kCriteriaRules);
    take(kIntegrityRules);
    take(kPolicyRules);
    take(kRegressionRules);
    take(kSelectionRules);
    take(kThresholdRules);
    std::ranges::sort(all, {}, &Rule::id);
    return all;
  }();
  return kAll;
}

const Rule* find_rule(std::string_view id) {
  const auto all = rules();
  const auto found = std::ranges::lower_bound(all, id, {}, &Rule::id);
  return found != all.end() && found->id == id ? &*found : nullptr;
}

}  // namespace assay::projections
