#include "ledger/events/invariants.hpp"

#include "ledger/base/time.hpp"

namespace assay {

bool is_date(std::string_view text) {
  return Timestamp::parse(std::string(text) + "T00:00:00.000000Z").has_value();
}

std::string versioned(std::string_view id, std::string_view version) {
  return std::string(id).append(".v").append(version);
}

}  // namespace assay
