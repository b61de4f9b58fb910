#include "cli/import/junit_model.hpp"

#include <algorithm>
#include <ranges>

namespace assay::import {

std::string_view name_of(JunitOutcome outcome) noexcept {
  switch (outcome) {
    case JunitOutcome::passed: return "passed";
    case JunitOutcome::skipped: return "skipped";
    case JunitOutcome::error: return "error";
    case JunitOutcome::failed: return "failed";
  }
  return "unknown";
}

std::vector<std::string> JunitCase::suite_path() const {
  std::vector<std::string> path;
  for (const JunitSuite* s = suite.get(); s != nullptr; s = s->parent.get())
    if (!s->container) path.push_back(s->name);
  std::ranges::reverse(path);
  return path;
}

std::optional<Timestamp> JunitCase::started_at() const {
  if (timestamp.at) return timestamp.at;
  for (const JunitSuite* s = suite.get(); s != nullptr; s = s->parent.get())
    if (s->timestamp.at) return s->timestamp.at;
  return std::nullopt;
}

std::optional<std::string> JunitCase::suite_property(std::string_view wanted) const {
  for (const JunitSuite* s = suite.get(); s != nullptr; s = s->parent.get())
    for (const JunitProperty& property : std::views::reverse(s->properties))
      if (property.name == wanted) return property.value.value;
  return std::nullopt;
}

const JunitDetail* JunitCase::worst_detail() const noexcept {
  const auto worst = std::ranges::max_element(details, {}, &JunitDetail::outcome);
  return worst == details.end() ? nullptr : &*worst;
}

}  // namespace assay::import
