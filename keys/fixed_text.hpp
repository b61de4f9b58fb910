#pragma once

/// Reading and writing text of fixed width, as the records of this folder hold it. A reader that
/// has met anything unexpected stays failed and gives zeros, so that a caller asks once, at the
/// end. Thread word: thread-compatible.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/hash.hpp"

namespace assay::keys {

/// `value` in exactly `digits` decimal digits; it must fit.
[[nodiscard]] std::string padded_decimal(std::uint64_t value, std::size_t digits);

class FixedText {
 public:
  explicit FixedText(std::string_view text) : rest_(text) {}
  FixedText& literal(std::string_view expected);
  /// 64 lower-case hexadecimal digits.
  [[nodiscard]] Hash hash();
  /// Exactly `digits` decimal digits, at most 2^64 - 1.
  [[nodiscard]] std::uint64_t decimal(std::size_t digits);
  /// True if everything was as expected and nothing is left.
  [[nodiscard]] bool ended() const noexcept { return good_ && rest_.empty(); }
  [[nodiscard]] bool good() const noexcept { return good_; }

 private:
  std::string_view take(std::size_t size_bytes);
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace assay::keys
