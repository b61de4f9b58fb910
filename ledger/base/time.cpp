#include "ledger/base/time.hpp"

#include <array>
#include <chrono>

namespace assay {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kDaySeconds = 86'400;

constexpr std::size_t kTextSize = 27;

/// Reads `Count` digits. What is no digit leaves a bit in `wrong` that no digit leaves.
template <std::size_t Count>
unsigned number_at(const char* text, unsigned& wrong) {
  unsigned value = 0;
  for (std::size_t i = 0; i < Count; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - unsigned{'0'};
    wrong |= digit > 9 ? 1U : 0U;
    value = value * 10 + digit;
  }
  return value;
}

unsigned differs(char c, char expected) { return c == expected ? 0U : 1U; }

void put_number(std::string& text, std::size_t from, std::size_t count, std::uint64_t value) {
  for (std::size_t i = from + count; i > from; --i) {
    text[i - 1] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) noexcept {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(month), std::chrono::day(day)};
  return std::chrono::sys_days(date).time_since_epoch().count();
}

unsigned days_in_month(std::int64_t year, unsigned month) noexcept {
  const std::chrono::year_month_day_last last{
      std::chrono::year(static_cast<int>(year)),
      std::chrono::month_day_last(std::chrono::month(month))};
  return static_cast<unsigned>(last.day());
}

Result<Timestamp> Timestamp::parse(std::string_view text) {
  constexpr const char* kForm = "a time must look like 2019-11-12T10:05:00.000000Z";
  if (text.size() != kTextSize) return fail(Errc::malformed, kForm);
  const char* const at = text.data();
  unsigned wrong = differs(at[4], '-') | differs(at[7], '-') | differs(at[10], 'T') |
                   differs(at[13], ':') | differs(at[16], ':') | differs(at[19], '.') |
                   differs(at[26], 'Z');
  const unsigned year = number_at<4>(at, wrong);
  const unsigned month = number_at<2>(at + 5, wrong);
  const unsigned day = number_at<2>(at + 8, wrong);
  const unsigned hour = number_at<2>(at + 11, wrong);
  const unsigned minute = number_at<2>(at + 14, wrong);
  const unsigned second = number_at<2>(at + 17, wrong);
  const unsigned fraction_us = number_at<6>(at + 20, wrong);
  if (wrong != 0) return fail(Errc::malformed, kForm);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) ||
      hour > 23 || minute > 59 || second > 59) {
    return fail(Errc::malformed, "no such point in time: " + std::string(text));
  }
  const std::int64_t seconds = days_from_civil(year, month, day) * kDaySeconds +
                               static_cast<std::int64_t>(hour) * 3600 +
                               static_cast<std::int64_t>(minute) * 60 + second;
  return Timestamp{seconds * kSecondUs + fraction_us};
}

std::string Timestamp::text() const {
  const std::int64_t day_us = kDaySeconds * kSecondUs;
  const std::int64_t days = us >= 0 ? us / day_us : -((-us + day_us - 1) / day_us);
  auto rest = static_cast<std::uint64_t>(us - days * day_us);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  std::string text = "0000-00-00T00:00:00.000000Z";
  put_number(text, 0, 4, static_cast<std::uint64_t>(static_cast<int>(date.year())));
  put_number(text, 5, 2, static_cast<unsigned>(date.month()));
  put_number(text, 8, 2, static_cast<unsigned>(date.day()));
  put_number(text, 20, 6, rest % kSecondUs);
  rest /= kSecondUs;
  put_number(text, 11, 2, rest / 3600);
  put_number(text, 14, 2, rest / 60 % 60);
  put_number(text, 17, 2, rest % 60);
  return text;
}

}  // namespace assay
