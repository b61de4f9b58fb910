#pragma once

/// Whether a text is canonical, decided by somebody else's JSON library and a walk over its tree:
/// slow, and written without a look at CanonicalReader, to compare it with.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace assay::testing {

inline bool is_restricted(const nlohmann::json& value, std::size_t levels_left) {
  constexpr std::int64_t kMax = 9'007'199'254'740'991;
  const auto is_name = [](std::string_view name) {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && is_lower(name.front()) && std::ranges::all_of(name, [&](char c) {
      return is_lower(c) || (c >= '0' && c <= '9') || c == '_';
    });
  };
  if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= std::uint64_t{kMax};
  if (value.is_number_integer()) {
    return value.get<std::int64_t>() >= -kMax && value.get<std::int64_t>() <= kMax;
  }
  if (value.is_number()) return false;
  if (!value.is_structured()) return true;
  if (levels_left == 0) return false;
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      if (!is_name(name) || !is_restricted(member, levels_left - 1)) return false;
    }
    return true;
  }
  return std::ranges::all_of(value, [&](const nlohmann::json& element) {
    return is_restricted(element, levels_left - 1);
  });
}

inline bool oracle_accepts(std::string_view text) {
  const auto value = nlohmann::json::parse(text, nullptr, false);
  return !value.is_discarded() && value.dump() == text && is_restricted(value, 32);
}

}  // namespace assay::testing
