#include "cli/import/seconds.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "ledger/base/limits.hpp"

namespace assay::import {
namespace {

constexpr std::string_view kNotANumber = "not a number of seconds";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool names_infinity_or_nan(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower == "nan" || lower == "inf" || lower == "infinity";
}

/// digits x 10^exponent
struct Decimal {
  std::string digits;
  std::int64_t exponent = 0;
};

std::string_view take_digits(std::string_view& text) noexcept {
  const auto end = std::ranges::find_if_not(text, is_digit);
  const auto taken = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(taken.size());
  return taken;
}

/// The digits before the decimal point. A comma is taken only as a sign of thousands, and only
/// where nothing else is possible: groups of three, and a decimal point or a second comma.
Result<std::string> whole_part(std::string_view& rest) {
  std::string digits(take_digits(rest));
  if (!rest.starts_with(',')) return digits;
  bool grouped = !digits.empty() && digits.size() <= 3;
  std::size_t commas = 0;
  while (rest.starts_with(',')) {
    rest.remove_prefix(1);
    const std::string_view group = take_digits(rest);
    grouped = grouped && group.size() == 3;
    digits += group;
    ++commas;
  }
  if (!grouped || (commas == 1 && !rest.starts_with('.')))
    return fail(Errc::malformed, "a comma that can be read in two ways");
  return digits;
}

Result<std::int64_t> exponent_part(std::string_view& rest) {
  if (rest.empty() || (rest.front() != 'e' && rest.front() != 'E')) return 0;
  rest.remove_prefix(1);
  const bool minus = rest.starts_with('-');
  if (minus || rest.starts_with('+')) rest.remove_prefix(1);
  const std::string_view digits = take_digits(rest);
  if (digits.empty()) return fail(Errc::malformed, std::string(kNotANumber));
  std::int64_t value = 0;
  // Beyond 10^9 every exponent means the same here: nothing, or too much.
  for (const char c : digits) value = std::min<std::int64_t>(value * 10 + (c - '0'), 1'000'000'000);
  return minus ? -value : value;
}

Result<Decimal> parse_decimal_number(std::string_view rest) {
  Decimal number;
  ASSAY_TRY(number.digits, whole_part(rest));
  bool any = !number.digits.empty();
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    const std::string_view fraction = take_digits(rest);
    any = any || !fraction.empty();
    number.digits += fraction;
    number.exponent = -static_cast<std::int64_t>(fraction.size());
    if (rest.starts_with(',')) return fail(Errc::malformed, "a comma that can be read in two ways");
  }
  ASSAY_TRY(const std::int64_t exponent, exponent_part(rest));
  number.exponent += exponent;
  if (!any || !rest.empty()) return fail(Errc::malformed, std::string(kNotANumber));
  return number;
}

Result<std::int64_t> to_nanoseconds(Decimal number) {
  number.exponent += 9;
  const auto first = number.digits.find_first_not_of('0');
  if (first == std::string::npos) return 0;
  number.digits.erase(0, first);
  if (number.exponent < 0) {
    const auto drop = static_cast<std::uint64_t>(-number.exponent);
    if (drop >= number.digits.size()) return 0;
    number.digits.resize(number.digits.size() - drop);
    number.exponent = 0;
  }
  std::int64_t value = 0;
  const auto push = [&](int digit) {
    value = value * 10 + digit;
    return value <= assay::limits::kIntegerMax;
  };
  bool fits = true;
  for (std::size_t i = 0; fits && i < number.digits.size(); ++i)
    fits = push(number.digits[i] - '0');
  for (std::int64_t i = 0; fits && i < number.exponent; ++i) fits = push(0);
  if (!fits) return fail(Errc::malformed, "longer than 104 days");
  return value;
}

}  // namespace

Result<std::int64_t> parse_seconds(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return fail(Errc::malformed, "empty");
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  if (names_infinity_or_nan(text)) return fail(Errc::malformed, "not finite");
  ASSAY_TRY(Decimal number, parse_decimal_number(text));
  const bool zero = number.digits.find_first_not_of('0') == std::string::npos;
  if (minus && !zero) return fail(Errc::malformed, "negative");
  return to_nanoseconds(std::move(number));
}

}  // namespace assay::import
