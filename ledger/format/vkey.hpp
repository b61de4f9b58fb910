#pragma once

/// Keys as signed notes know them: a name, a type byte, an Ed25519 public key, and the 32-bit id
/// that tells signature lines apart (C2SP signed-note, tlog-cosignature). The id is no hash to
/// trust: who it belongs to is decided by the public key alone.
/// Thread word: plain values and pure functions.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay {

/// 32 bytes as RFC 8032 encodes them. Whether they are a key that may be trusted (not of small
/// order, canonical) is for the VerifierFactory to say.
struct Ed25519PublicKey {
  static constexpr std::size_t kSizeBytes = 32;
  std::array<std::uint8_t, kSizeBytes> bytes{};

  auto operator<=>(const Ed25519PublicKey&) const = default;
  [[nodiscard]] std::string_view view() const noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  /// The DER SubjectPublicKeyInfo, 44 bytes (RFC 8410 section 4).
  [[nodiscard]] std::string spki() const;

  /// Exactly 32 bytes. Errors: malformed.
  [[nodiscard]] static Result<Ed25519PublicKey> from_bytes(std::string_view raw);
  /// Errors: unsupported (the DER is not an Ed25519 key).
  [[nodiscard]] static Result<Ed25519PublicKey> from_spki(std::string_view spki);
};

/// What a key signs, as the type byte says it.
enum class NoteKeyType : std::uint8_t {
  ed25519 = 0x01,         ///< the note's text
  cosignature_v1 = 0x04,  ///< a time and the note's text
};

/// True for the names that a key may have: not empty, UTF-8, without Unicode spaces, control
/// characters and "+".
[[nodiscard]] bool is_key_name(std::string_view name) noexcept;

/// The first four bytes of SHA-256(name || newline || type || public key), as a big-endian number.
[[nodiscard]] std::uint32_t note_key_id(std::string_view name, NoteKeyType type,
                                        const Ed25519PublicKey& public_key);

/// A verifier key, the public text that people hand to each other.
struct VKey {
  std::string name;
  NoteKeyType type = NoteKeyType::ed25519;
  Ed25519PublicKey public_key;

  auto operator<=>(const VKey&) const = default;
  [[nodiscard]] std::uint32_t key_id() const { return note_key_id(name, type, public_key); }
};

/// "<name>+<key id, 8 hexadecimal digits>+<base64 of type byte and public key>".
/// Errors: invalid_argument (name).
[[nodiscard]] Result<std::string> format_vkey(const VKey& key);

/// The inverse, and of nothing else. Errors: malformed, unsupported (a type other than the two).
[[nodiscard]] Result<VKey> parse_vkey(std::string_view text);

}  // namespace assay
