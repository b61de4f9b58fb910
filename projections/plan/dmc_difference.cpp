#include "projections/plan/dmc_difference.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace assay::projections {
namespace {

/// In the order of kFields.
using Fields = std::array<std::string, 4>;
constexpr std::array<std::string_view, 4> kFields = {"manufacturer", "model", "hardware_ver",
                                                     "firmware_ver"};
using ByType = std::map<events::DeviceType, std::set<Fields>>;

std::optional<ByType> devices_of(const Plan& plan, const Dmc& dmc) {
  ByType by_type;
  for (const Identifier& id : dmc.device_models) {
    const auto found = plan.device_models.find(id);
    if (found == plan.device_models.end()) return std::nullopt;
    const DeviceModel& model = found->second;
    by_type[model.type].insert(
        {model.manufacturer, model.model, model.hardware_version, model.firmware_version});
  }
  return by_type;
}

std::vector<Fields> only_in(const std::set<Fields>& these, const std::set<Fields>& those) {
  std::vector<Fields> left;
  std::ranges::set_difference(these, those, std::back_inserter(left));
  return left;
}

void compare(std::string_view type, const std::set<Fields>& a, const std::set<Fields>& b,
             std::set<std::string>& differences) {
  const std::vector<Fields> left = only_in(a, b);
  const std::vector<Fields> right = only_in(b, a);
  if (left.size() != right.size()) differences.emplace(type);
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    for (std::size_t field = 0; field < kFields.size(); ++field) {
      if (left[i][field] == right[i][field]) continue;
      differences.insert(std::string(type).append(".").append(kFields[field]));
    }
  }
}

}  // namespace

std::optional<std::vector<std::string>> dmc_difference(const Plan& plan, const Identifier& a,
                                                       const Identifier& b) {
  const auto first = plan.dmcs.find(a);
  const auto second = plan.dmcs.find(b);
  if (first == plan.dmcs.end() || second == plan.dmcs.end()) return std::nullopt;
  auto left = devices_of(plan, first->second);
  auto right = devices_of(plan, second->second);
  if (!left || !right) return std::nullopt;
  std::set<std::string> differences;
  if (first->second.comms_provider != second->second.comms_provider) {
    differences.insert("comms_provider");
  }
  for (std::size_t i = 0; i < std::size(kEnumTexts<events::DeviceType>); ++i) {
    const auto type = static_cast<events::DeviceType>(i);
    compare(enum_text(type), (*left)[type], (*right)[type], differences);
  }
  return std::vector<std::string>(differences.begin(), differences.end());
}

}  // namespace assay::projections
