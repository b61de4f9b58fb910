#pragma once

/// Sentences of findings and answers, put together from text, identifiers, addresses, times,
/// numbers and the words of enumerations. Nothing in it depends on a locale. Pure.

#include <concepts>
#include <string>
#include <string_view>

#include "ledger/format/archive_traits.hpp"

namespace assay::projections {

// Templates, so that a literal is no identifier on the way.
template <std::convertible_to<std::string_view> Text>
std::string_view word(const Text& text) {
  return text;
}
template <std::same_as<Identifier> Id>
std::string_view word(const Id& id) {
  return id.text;
}
template <class Value>
  requires requires(const Value& value) {
    { value.text() } -> std::same_as<std::string>;
  }
std::string word(const Value& value) {  // an address, a time
  return value.text();
}
template <std::integral N>
  requires(!std::same_as<N, bool>)
std::string word(N number) {
  return std::to_string(number);
}
template <TextEnum E>
std::string_view word(E value) {
  return enum_text(value);
}
/// Ids in a row: "PEE-001, PEE-002".
template <class Ids>
  requires requires(const Ids& ids) {
    { *ids.begin() } -> std::same_as<const Identifier&>;
  }
std::string word(const Ids& ids) {
  std::string text;
  for (const Identifier& id : ids) text.append(text.empty() ? "" : ", ").append(id.text);
  return text;
}

template <class... Parts>
[[nodiscard]] std::string say(const Parts&... parts) {
  std::string text;
  (text.append(word(parts)), ...);
  return text;
}

}  // namespace assay::projections
