#pragma once

/// What the three archives share: which cereal calls reach them, and how enumerations are found.
///
/// A type describes its fields once, in `serialize`, as `archive(CEREAL_NVP(a), CEREAL_NVP(b))`, in
/// ascending order of the member names (the order of canonical JSON). Optional members are
/// `std::optional` and are absent when empty; there is no null.

#include <concepts>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include <cereal/cereal.hpp>

#include "ledger/base/hash.hpp"
#include "ledger/base/time.hpp"
#include "ledger/format/values.hpp"

namespace assay {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

template <class T>
inline constexpr bool kIsMap = false;
template <class K, class V>
inline constexpr bool kIsMap<std::map<K, V>> = true;

template <class T>
inline constexpr bool kIsSet = false;
template <class K>
inline constexpr bool kIsSet<std::set<K>> = true;

/// Longest text member; free text longer than this belongs into evidence.
inline constexpr std::size_t kTextSizeBytes = 16'384;

template <class E>
concept TextEnum = std::is_enum_v<E>;

template <TextEnum E>
[[nodiscard]] constexpr std::string_view enum_text(E value) {
  return kEnumTexts<E>[static_cast<std::size_t>(value)];
}

template <TextEnum E>
[[nodiscard]] constexpr std::optional<E> enum_from_text(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kEnumTexts<E>); ++i) {
    if (kEnumTexts<E>[i] == text) return static_cast<E>(i);
  }
  return std::nullopt;
}

/// The types whose form an archive decides itself; everything else is an object with `serialize`.
template <class T>
concept LeafValue =
    std::is_same_v<T, std::string> || std::is_same_v<T, Identifier> ||
    std::is_same_v<T, IdentifierSet> || std::is_same_v<T, EventId> || std::is_same_v<T, Hash> ||
    std::is_same_v<T, Timestamp> || std::is_same_v<T, Base64Bytes> || std::is_same_v<T, bool> ||
    std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::uint64_t> || TextEnum<T>;

template <class T>
concept ContainerValue = kIsOptional<T> || kIsVector<T> || kIsMap<T> || kIsSet<T>;

}  // namespace assay
