#pragma once

/// The value types that events and states are made of, each with its one text form.
/// Thread word: plain values.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay {

/// `[A-Za-z0-9._-]{1,128}`: a name that is safe in paths, addresses and terminals.
struct Identifier {
  std::string text;

  Identifier() = default;
  /// For literals and values already checked; outside input goes through `is_identifier`.
  Identifier(std::string value) : text(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Identifier(const char* value) : text(value) {}             // NOLINT(google-explicit-constructor)
  auto operator<=>(const Identifier&) const = default;
};

[[nodiscard]] bool is_identifier(std::string_view text) noexcept;

/// Identifiers that form a set: strictly ascending, so that one set has one text.
struct IdentifierSet {
  std::vector<Identifier> ids;

  auto operator<=>(const IdentifierSet&) const = default;
  [[nodiscard]] bool contains(std::string_view id) const noexcept;
  /// Sorts and drops repeats.
  [[nodiscard]] static IdentifierSet of(std::vector<Identifier> ids);
};

/// The address of an event: "<entry index>.<position in the submission>", both 0-based decimal.
struct EventId {
  std::uint64_t entry = 0;
  std::uint64_t position = 0;

  auto operator<=>(const EventId&) const = default;
  [[nodiscard]] std::string text() const;
  /// Errors: malformed.
  [[nodiscard]] static Result<EventId> parse(std::string_view text);
};

/// Bytes that stand in JSON as base64 (RFC 4648 section 4).
struct Base64Bytes {
  std::string bytes;
  auto operator<=>(const Base64Bytes&) const = default;
};

/// A confidential member: SHA-256(context || 32-byte salt || canonical value). The salt and the
/// value travel apart (ledger/format/commitment.hpp).
struct Commitment {
  Hash commitment;

  auto operator<=>(const Commitment&) const = default;
  template <class Archive>
  void serialize(Archive& archive);
};

/// Enumerations have one table of their texts, in declaration order from 0, used by every archive.
/// Specialise as: `template <> inline constexpr std::string_view kEnumTexts<E>[] = {…};`
template <class E>
inline constexpr std::nullptr_t kEnumTexts = nullptr;

}  // namespace assay
