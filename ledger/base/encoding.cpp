#include "ledger/base/encoding.hpp"

#include <array>
#include <charconv>

#include "ledger/base/utf8.hpp"

namespace assay {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> reverse_table(std::string_view digits) {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    table[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}

constexpr auto kHexValues = reverse_table(kHexDigits);
constexpr auto kBase64Values = reverse_table(kBase64Digits);

constexpr int value_of(const std::array<std::int8_t, 256>& table, char digit) {
  return table[static_cast<unsigned char>(digit)];
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string text(bytes.size() * 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text[2 * i] = kHexDigits[byte >> 4U];
    text[2 * i + 1] = kHexDigits[byte & 0x0FU];
  }
  return text;
}

Result<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(Errc::malformed, "hexadecimal text of odd length");
  std::string bytes(text.size() / 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = value_of(kHexValues, text[2 * i]);
    const int low = value_of(kHexValues, text[2 * i + 1]);
    if (high < 0 || low < 0) {
      return fail(Errc::malformed, "not a lower-case hexadecimal digit at character " +
                                       std::to_string(2 * i + (high < 0 ? 0 : 1)));
    }
    bytes[i] = static_cast<char>((high << 4) | low);
  }
  return bytes;
}

bool decode_hex(std::string_view text, std::uint8_t* out) noexcept {
  int seen = 0;  // negative once any value was
  for (std::size_t i = 0; i < text.size() / 2; ++i) {
    const int high = value_of(kHexValues, text[2 * i]);
    const int low = value_of(kHexValues, text[2 * i + 1]);
    seen |= high | low;
    out[i] = static_cast<std::uint8_t>((high << 4) | low);
  }
  return seen >= 0;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    bit_count += 8;
    while (bit_count >= 6) {
      bit_count -= 6;
      text.push_back(kBase64Digits[(bits >> static_cast<unsigned>(bit_count)) & 0x3FU]);
    }
  }
  if (bit_count > 0) {
    text.push_back(kBase64Digits[(bits << static_cast<unsigned>(6 - bit_count)) & 0x3FU]);
  }
  while (text.size() % 4 != 0) text.push_back('=');
  return text;
}

Result<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return fail(Errc::malformed, "base64 text is not a multiple of four");
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::string_view digits = text.substr(0, text.size() - padding);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int value = value_of(kBase64Values, digits[i]);
    if (value < 0) {
      return fail(Errc::malformed, "not a base64 digit at character " + std::to_string(i));
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      bytes.push_back(static_cast<char>((bits >> static_cast<unsigned>(bit_count)) & 0xFFU));
    }
  }
  // Bits left over must be zero: otherwise two texts would stand for the same bytes.
  if ((bits & ((1U << static_cast<unsigned>(bit_count)) - 1U)) != 0) {
    return fail(Errc::malformed, "base64 text ends in bits that are not zero");
  }
  return bytes;
}

Result<std::uint64_t> parse_decimal(std::string_view text) {
  constexpr std::size_t kMaxDigits = 19;  // 2^63 - 1 has 19 digits
  const bool digits_only = !text.empty() && text.size() <= kMaxDigits &&
                           text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits_only || (text.size() > 1 && text.front() == '0')) {
    return fail(Errc::malformed, "not a decimal number without sign or leading zero");
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > INT64_MAX) {
    return fail(Errc::malformed, "number above 2^63 - 1");
  }
  return value;
}

bool is_utf8(std::string_view bytes) noexcept {
  std::size_t position = 0;
  while (position < bytes.size()) {
    const std::size_t length = utf8_length(bytes.substr(position));
    if (length == 0) return false;
    position += length;
  }
  return true;
}

}  // namespace assay
