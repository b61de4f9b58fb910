#include "cli/session/time_zone.hpp"

#include <date/tz.h>
#include <regex>

namespace assay::cli {
namespace {

std::chrono::microseconds clock_time(const import::CivilTime& civil) {
  return std::chrono::microseconds(import::utc_micros(civil));
}

Result<std::int64_t> resolve(const date::time_zone& zone, const import::CivilTime& civil) {
  const date::local_time<std::chrono::microseconds> local{clock_time(civil)};
  const date::local_info info = zone.get_info(local);
  if (info.result == date::local_info::unique) {
    return (local.time_since_epoch() - info.first.offset) / std::chrono::microseconds(1);
  }
  return fail(Errc::invalid_argument,
              info.result == date::local_info::nonexistent
                  ? zone.name() + " skips this hour when summer time begins"
                  : zone.name() + " has this hour twice when summer time ends");
}

Result<import::ZoneResolver> fixed_offset(const std::smatch& match) {
  const int hours = std::stoi(match[2]);
  const int minutes = std::stoi(match[3]);
  if (hours > 14 || minutes > 59) return fail(Errc::invalid_argument, "no zone has such an offset");
  const std::int64_t sign = match[1] == "-" ? -1 : 1;
  const std::int64_t offset_us = sign * (hours * 60 + minutes) * 60'000'000LL;
  return [offset_us](const import::CivilTime& civil) -> Result<std::int64_t> {
    return import::utc_micros(civil) - offset_us;
  };
}

}  // namespace

Result<import::ZoneResolver> zone_resolver(const std::string& name) {
  static const std::regex kOffset("([+-])(\\d{2}):(\\d{2})");
  std::smatch match;
  if (std::regex_match(name, match, kOffset)) return fixed_offset(match);
  try {
    // The database lives as long as the process, and so does every zone in it.
    const date::time_zone* const zone = date::locate_zone(name);
    return [zone](const import::CivilTime& civil) { return resolve(*zone, civil); };
  } catch (const std::exception& error) {
    return fail(Errc::invalid_argument, "no time zone \"" + name + "\": " + error.what(),
                "give an IANA name like Europe/London, UTC, or an offset like +01:00");
  }
}

}  // namespace assay::cli
