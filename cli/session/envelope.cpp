#include "cli/session/envelope.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "cli/events/json_input.hpp"
#include "ledger/base/encoding.hpp"

namespace assay::cli {
namespace {

Result<std::string> either_base64(std::string text) {
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % 4 != 0) text.push_back('=');
  return from_base64(text);
}

}  // namespace

std::string format_envelope(const Envelope& envelope) {
  nlohmann::ordered_json json;
  json["payload"] = to_base64(envelope.payload);
  json["payloadType"] = envelope.payload_type;
  json["signatures"] = nlohmann::ordered_json::array();
  for (const EntrySignature& signature : envelope.signatures) {
    json["signatures"].push_back(
        {{"keyid", signature.key.hex()}, {"sig", to_base64(signature.signature)}});
  }
  return json.dump(2) + "\n";
}

Result<Envelope> parse_envelope(std::string_view text) {
  // The canonicaliser refuses repeated members, which the JSON library would merge in silence.
  ASSAY_TRY(const std::string canonical, canonical_from_json(text, kEnvelopeSizeBytes));
  const auto json = nlohmann::json::parse(canonical);
  const auto is_text = [](const nlohmann::json& object, const char* name) {
    return object.is_object() && object.contains(name) && object[name].is_string();
  };
  if (!is_text(json, "payload") || !is_text(json, "payloadType") || !json.contains("signatures") ||
      !json["signatures"].is_array()) {
    return fail(Errc::malformed,
                "not a DSSE envelope: payload, payloadType and signatures are needed");
  }
  Envelope envelope;
  envelope.payload_type = json["payloadType"].get<std::string>();
  ASSAY_TRY(envelope.payload, either_base64(json["payload"].get<std::string>()));
  for (const auto& signature : json["signatures"]) {
    if (!is_text(signature, "keyid") || !is_text(signature, "sig")) {
      return fail(Errc::malformed, "a signature of the envelope lacks keyid or sig");
    }
    EntrySignature& added = envelope.signatures.emplace_back();
    ASSAY_TRY(added.key, Hash::from_hex(signature["keyid"].get<std::string>()));
    ASSAY_TRY(added.signature, either_base64(signature["sig"].get<std::string>()));
  }
  return envelope;
}

}  // namespace assay::cli
