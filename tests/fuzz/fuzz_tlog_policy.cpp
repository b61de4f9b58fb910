// A policy that parses is written in a form that parses as the same policy; everybody together
// meets it, and nobody meets one that asks for somebody.

#include <cstdint>
#include <string_view>

#include "ledger/format/tlog_policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view text(reinterpret_cast<const char*>(data), size_bytes);
  const auto policy = assay::parse_policy(text);
  if (!policy) return 0;
  const auto again = assay::parse_policy(assay::format_policy(*policy));
  ASSAY_ASSERT(again && *again == *policy);
  const auto names = assay::counted_witnesses(*policy);
  ASSAY_ASSERT(assay::is_met(*policy, {names.begin(), names.end()}));
  ASSAY_ASSERT(assay::is_met(*policy, {}) == !policy->quorum.has_value());
  return 0;
}
