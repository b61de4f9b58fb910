#pragma once

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

inline constexpr std::array<Rule, 0> kRegressionRules{};

}  // namespace assay::projections
