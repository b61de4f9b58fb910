#include "ledger/base/time.hpp"

#include <array>
#include <chrono>

namespace assay {
namespace {

constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd.ddddddZ";
constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kDaySeconds = 86'400;

unsigned number_at(std::string_view text, std::size_t from, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    value = value * 10 + static_cast<unsigned>(text[i] - '0');
  }
  return value;
}

void put_number(std::string& text, std::size_t from, std::size_t count, std::uint64_t value) {
  for (std::size_t i = from + count; i > from; --i) {
    text[i - 1] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

bool has_shape(std::string_view text) {
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == 'd' ? !digit : text[i] != kShape[i]) return false;
  }
  return true;
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
  if (!has_shape(text)) {
    return fail(Errc::malformed, "a time must look like 2019-11-12T10:05:00.000000Z");
  }
  const unsigned year = number_at(text, 0, 4);
  const unsigned month = number_at(text, 5, 2);
  const unsigned day = number_at(text, 8, 2);
  const unsigned hour = number_at(text, 11, 2);
  const unsigned minute = number_at(text, 14, 2);
  const unsigned second = number_at(text, 17, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) ||
      hour > 23 || minute > 59 || second > 59) {
    return fail(Errc::malformed, "no such point in time: " + std::string(text));
  }
  const std::int64_t seconds = days_from_civil(year, month, day) * kDaySeconds +
                               static_cast<std::int64_t>(hour) * 3600 + minute * 60 + second;
  return Timestamp{seconds * kSecondUs + number_at(text, 20, 6)};
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
