#pragma once

/// SHA-256 and SHA-512 values and hashing (FIPS 180-4), through OpenSSL's EVP.
/// Thread word: `Hash` is a plain value. `Sha256`/`Sha512` objects are thread-compatible; the free
/// functions are thread-safe (each thread keeps its own OpenSSL context, fetched once, because the
/// implicit fetch behind EVP_sha256() costs more than hashing a tree node).

#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay {

/// 32 bytes; ordered as bytes.
struct Hash {
  static constexpr std::size_t kSizeBytes = 32;
  std::array<std::uint8_t, kSizeBytes> bytes{};

  auto operator<=>(const Hash&) const = default;
  [[nodiscard]] std::string_view view() const noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] std::string hex() const;
  [[nodiscard]] bool is_zero() const noexcept { return *this == Hash{}; }

  /// Exactly 64 lower-case hexadecimal digits. Errors: malformed.
  [[nodiscard]] static Result<Hash> from_hex(std::string_view text);
  /// Exactly 32 bytes. Errors: malformed.
  [[nodiscard]] static Result<Hash> from_bytes(std::string_view raw);
};

[[nodiscard]] Hash sha256(std::string_view bytes) noexcept;
/// The hash of the concatenation of `parts`, without concatenating them.
[[nodiscard]] Hash sha256(std::initializer_list<std::string_view> parts) noexcept;

/// Incremental hashing, for streams. `Digest::sha512()` gives 64 bytes, `Digest::sha256()` 32.
class Digest {
 public:
  [[nodiscard]] static Digest sha256();
  [[nodiscard]] static Digest sha512();
  void update(std::string_view bytes) noexcept;
  /// Lower-case hex of the digest; the object must not be used afterwards.
  [[nodiscard]] std::string finish_hex() noexcept;

 private:
  struct Free {
    void operator()(void* context) const noexcept;
  };
  explicit Digest(const char* algorithm);
  std::unique_ptr<void, Free> context_;
};

}  // namespace assay
