#include "cli/session/opening.hpp"

#include <nlohmann/json.hpp>

#include "cli/events/json_input.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;

Result<Hash> hash_member(const json& opening, const char* name) {
  if (!opening.contains(name) || !opening[name].is_string()) {
    return fail(Errc::malformed, "an opening needs \"" + std::string(name) + "\", 64 hex digits");
  }
  auto hash = Hash::from_hex(opening[name].get<std::string>());
  if (!hash) return std::unexpected(std::move(hash).error().in(name));
  return hash;
}

}  // namespace

Result<Opening> make_opening(std::string_view salt, std::string value) {
  ASSAY_TRY(Commitment commitment, make_commitment(salt, value));
  ASSAY_TRY(const Hash kept_salt, Hash::from_bytes(salt));
  return Opening{commitment, kept_salt, std::move(value)};
}

std::string format_opening(const Opening& opening) {
  return R"({"commitment":")" + opening.commitment.commitment.hex() + R"(","salt":")" +
         opening.salt.hex() + R"(","value":)" + opening.value + "}\n";
}

Result<Opening> parse_opening(std::string_view text) {
  ASSAY_TRY(const std::string canonical, canonical_from_json(text, kOpeningSizeBytes));
  const json opening = json::parse(canonical);
  if (!opening.is_object() || opening.size() != 3 || !opening.contains("value")) {
    return fail(Errc::malformed, "an opening is an object of commitment, salt and value");
  }
  Opening found;
  ASSAY_TRY(found.commitment.commitment, hash_member(opening, "commitment"));
  ASSAY_TRY(found.salt, hash_member(opening, "salt"));
  ASSAY_TRY(found.value, canonical_from_json(opening["value"].dump(), kOpeningSizeBytes));
  ASSAY_CHECK(check_commitment(found.commitment, found.salt.view(), found.value));
  return found;
}

}  // namespace assay::cli
