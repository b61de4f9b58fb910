#include "cli/rulebook/sorted_sets.hpp"

#include <algorithm>

namespace assay::cli {
namespace {

using nlohmann::json;

void sort_set(json& set, const json& items) {
  const auto place = [&](const json& element) {
    const auto& texts = items.value("enum", json::array());
    return std::find(texts.begin(), texts.end(), element) - texts.begin();
  };
  std::stable_sort(set.begin(), set.end(), [&](const json& a, const json& b) {
    return items.contains("enum") ? place(a) < place(b) : a < b;
  });
}

}  // namespace

void sort_sets(json& value, const json& schema) {
  if (value.is_object() && schema.contains("properties")) {
    for (auto& [name, member] : value.items()) {
      const auto& known = schema["properties"];
      if (known.contains(name)) sort_sets(member, known[name]);
    }
  }
  if (!value.is_array() || !schema.contains("items")) return;
  for (json& element : value) sort_sets(element, schema["items"]);
  if (schema.value("uniqueItems", false)) sort_set(value, schema["items"]);
}

}  // namespace assay::cli
