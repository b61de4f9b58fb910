// The published vectors of Project Wycheproof and the list of small-order keys, against the
// verifiers. What Wycheproof calls valid and this project refuses is counted by its one reason:
// high S.

#include <fstream>
#include <map>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "keys/ed25519_point.hpp"
#include "keys/p256_signature.hpp"
#include "keys/signer.hpp"
#include "keys/verifier.hpp"
#include "ledger/base/encoding.hpp"

using namespace assay;
using namespace assay::keys;

namespace {

const std::string kVectors = ASSAY_SHARED_DIR "/vectors";

nlohmann::json load(const std::string& name) {
  std::ifstream stream(kVectors + "/" + name);
  REQUIRE(stream.good());
  return nlohmann::json::parse(stream);
}

std::string bytes(const nlohmann::json& hex) { return from_hex(hex.get<std::string>()).value(); }

/// Calls `check(verifier, message, signature, test)` for every case; returns how many there were.
template <class Check>
int for_each_case(const std::string& file, Check check) {
  int cases = 0;
  const nlohmann::json vectors = load("C2SP/wycheproof/testvectors_v1/" + file);
  for (const auto& group : vectors["testGroups"]) {
    const auto verifier = make_verifier(bytes(group["publicKeyDer"]));
    REQUIRE(verifier);
    for (const auto& test : group["tests"]) {
      CAPTURE(test["tcId"].get<int>(), test["comment"].get<std::string>());
      check(**verifier, bytes(test["msg"]), bytes(test["sig"]), test);
      ++cases;
    }
  }
  return cases;
}

}  // namespace

TEST_CASE("Wycheproof: all 151 Ed25519 cases come out as published", "[vectors]") {
  const int cases = for_each_case(
      "ed25519_test.json", [](const Verifier& verifier, const std::string& message,
                              const std::string& signature, const nlohmann::json& test) {
        REQUIRE(verifier.verify(message, signature).has_value() == (test["result"] == "valid"));
      });
  CHECK(cases == 151);
}

TEST_CASE("Wycheproof: P-256 cases come out as published, but for a high S", "[vectors]") {
  std::map<std::string, int> high_s;
  int accepted = 0;
  int refused = 0;
  const int cases =
      for_each_case("ecdsa_secp256r1_sha256_test.json",
                    [&](const Verifier& verifier, const std::string& message,
                        const std::string& signature, const nlohmann::json& test) {
                      const bool verified = verifier.verify(message, signature).has_value();
                      if (test["result"] == "invalid") {
                        ++refused;
                        REQUIRE_FALSE(verified);
                        return;
                      }
                      auto parsed = parse_p256_signature(signature);
                      REQUIRE(parsed);
                      REQUIRE(verified == has_low_s(*parsed));
                      accepted += verified ? 1 : 0;
                      if (verified) return;
                      for (const auto& flag : test["flags"]) ++high_s[flag.get<std::string>()];
                      make_low_s(*parsed);  // the form alone was wrong
                      REQUIRE(verifier.verify(message, format_p256_signature(*parsed)));
                    });
  CHECK(cases == 484);
  CHECK(refused == 310);
  CHECK(accepted == 103);
  // 71 of the 174 valid cases, every one of them for its high S and none for its DER.
  CHECK(high_s == std::map<std::string, int>{{"ArithmeticError", 28},
                                             {"EdgeCasePublicKey", 13},
                                             {"PointDuplication", 1},
                                             {"SpecialCaseHash", 23},
                                             {"ValidSignature", 6}});
}

TEST_CASE("every published small-order key is refused, and the published forgery with it",
          "[vectors]") {
  const auto list = load("derived/ed25519-small-order-keys.json");
  int keys = 0;
  for (const auto& key : list["reject_at_key_registration"]) {
    CAPTURE(key.get<std::string>());
    const auto status = check_ed25519_point(bytes(key));
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Errc::rejected);
    CHECK(make_verifier(ed25519_spki(bytes(key)).value()).error().code == Errc::rejected);
    ++keys;
  }
  CHECK(keys == 14);
  const auto& forgery = list["forgery_accepted_by_OpenSSL_3_0_22"];
  CHECK_FALSE(make_verifier(ed25519_spki(bytes(forgery["public_key"])).value()));
}
