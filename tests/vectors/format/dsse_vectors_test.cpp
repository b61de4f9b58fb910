// The vectors of secure-systems-lab/dsse: what is signed, and what a threshold of keys accepts.

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "ledger/format/dsse.hpp"
#include "ledger/format/vkey.hpp"
#include "tests/support/ed25519.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::testing;
using nlohmann::json;

namespace {

/// Envelopes may use either base64 alphabet.
std::string read_base64(std::string text) {
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  return from_base64(text).value();
}

std::string signed_bytes(const json& envelope) {
  std::string out;
  append_pae(out, envelope.at("payloadType").get<std::string>(),
             read_base64(envelope.at("payload").get<std::string>()));
  return out;
}

/// How many distinct trusted keys signed `message`.
std::size_t signers_of(const std::string& message, const json& vector, const json& keys) {
  std::set<std::string> signers;
  for (const json& name : vector.at("trustedKeys")) {
    const json& key = keys.at(name.get<std::string>());
    const std::string raw = from_hex(key.at("public").get<std::string>()).value();
    const auto verifier =
        test_verifiers()(Ed25519PublicKey::from_bytes(raw).value().spki()).value();
    for (const json& signature : vector.at("envelope").at("signatures")) {
      if (verifier->verify(message, read_base64(signature.at("sig").get<std::string>()))) {
        signers.insert(raw);
      }
    }
  }
  return signers.size();
}

}  // namespace

TEST_CASE("the published envelopes sign what append_pae writes", "[dsse]") {
  const json file = read_json_vector(vectors_folder() / "secure-systems-lab" / "dsse" /
                                     "testvectors" / "vectors.json");
  CHECK(file.at("vectors").size() == 9);
  for (const json& vector : file.at("vectors")) {
    const json& envelope = vector.at("envelope");
    const auto id = vector.at("id").get<std::string>();
    CAPTURE(id);
    const std::string message = signed_bytes(envelope);
    // In one vector the envelope claims another type than the one that was signed.
    CHECK((to_hex(message) == vector.at("pae").get<std::string>()) ==
          (id != "payload-type-swapped"));

    const json& types = vector.at("supportedPayloadTypes");
    const bool supported = std::ranges::find(types, envelope.at("payloadType")) != types.end();
    const bool enough =
        signers_of(message, vector, file.at("keys")) >= vector.at("threshold").get<std::size_t>();
    CHECK((supported && enough) == (vector.at("expect").get<std::string>() == "accept"));
  }
}
