#pragma once

/// Bytes that must not outlive their use: passphrases and seeds. Kept in one place of fixed size
/// (libcrypto's secure heap where the process has set one up), never copied, overwritten with
/// OPENSSL_cleanse when shortened or destroyed. Thread word: thread-compatible.

#include <memory>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::keys {

class Secret {
 public:
  static constexpr std::size_t kCapacityBytes = 1'024;

  Secret();
  /// Errors: limit (more than kCapacityBytes).
  [[nodiscard]] static Result<Secret> copy_of(std::string_view bytes);

  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_bytes_}; }
  [[nodiscard]] bool empty() const noexcept { return size_bytes_ == 0; }
  /// False, and nothing added, when full.
  [[nodiscard]] bool push_back(char c) noexcept;
  /// Takes a secret that is not empty.
  void pop_back() noexcept;

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() = default;

 private:
  struct Cleanse {
    void operator()(char* bytes) const noexcept;
  };
  std::unique_ptr<char[], Cleanse> bytes_;
  std::size_t size_bytes_ = 0;
};

}  // namespace assay::keys
