#include "keys/fixed_text.hpp"

#include <algorithm>
#include <charconv>

namespace assay::keys {

std::string padded_decimal(std::uint64_t value, std::size_t digits) {
  const std::string text = std::to_string(value);
  ASSAY_ASSERT(text.size() <= digits);
  return std::string(digits - text.size(), '0') + text;
}

std::string_view FixedText::take(std::size_t size_bytes) {
  if (rest_.size() < size_bytes) good_ = false;
  if (!good_) return {};
  const std::string_view taken = rest_.substr(0, size_bytes);
  rest_.remove_prefix(size_bytes);
  return taken;
}

FixedText& FixedText::literal(std::string_view expected) {
  if (take(expected.size()) != expected) good_ = false;
  return *this;
}

Hash FixedText::hash() {
  const auto parsed = Hash::from_hex(take(2 * Hash::kSizeBytes));
  if (!parsed) good_ = false;
  return parsed.value_or(Hash{});
}

std::uint64_t FixedText::decimal(std::size_t digits) {
  const std::string_view text = take(digits);
  const char* const end = text.data() + text.size();
  std::uint64_t value = 0;
  const bool all_digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!good_ || !all_digits || std::from_chars(text.data(), end, value).ec != std::errc{}) {
    good_ = false;
    return 0;
  }
  return value;
}

}  // namespace assay::keys
