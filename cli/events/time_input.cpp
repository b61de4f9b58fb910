#include "cli/events/time_input.hpp"

namespace assay::cli {

Result<Timestamp> time_from_text(const std::string& text) {
  std::string full = text;
  if (full.ends_with('Z')) {
    full.pop_back();
    if (full.size() == 16) full += ":00";
    if (full.size() == 19) full += ".000000";
    while (full.size() > 20 && full.size() < 26) full.push_back('0');
    if (const auto time = Timestamp::parse(full + "Z")) return *time;
  }
  return fail(Errc::malformed, "\"" + text + "\" is no time in UTC",
              "write it like 2019-11-15T17:00:00Z");
}

}  // namespace assay::cli
