#include "keys/verifier.hpp"

#include <thread>
#include <vector>

#include <openssl/core_names.h>
#include <openssl/ec.h>

#include "keys/openssl_internal.hpp"
#include "keys/p256_signature.hpp"
#include "keys/signer.hpp"
#include "tests/unit/keys/keys_support.hpp"

namespace verifier_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

struct Rfc8032 {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032 section 7.1, TEST 1 to 3.
const Rfc8032 kRfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"},
};

PkeyPtr new_key(const char* type, const char* parameter = nullptr) {
  return PkeyPtr(parameter == nullptr ? EVP_PKEY_Q_keygen(nullptr, nullptr, type)
                                      : EVP_PKEY_Q_keygen(nullptr, nullptr, type, parameter));
}

std::string flip_bit(std::string bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  return bytes;
}

}  // namespace

TEST_CASE("the signatures of RFC 8032 are made and verified", "[verifier]") {
  for (const auto& row : kRfc8032) {
    const auto verifier = make_verifier(ed25519_spki(bytes_of_hex(row.public_key)).value()).value();
    CHECK(verifier->verify(bytes_of_hex(row.message), bytes_of_hex(row.signature)));
    CHECK(code_of(verifier->verify("other", bytes_of_hex(row.signature))) ==
          Errc::tampered_signature);
    const auto signer = signer_from_seed(bytes_of_hex(row.seed)).value();
    CHECK(to_hex(signer->sign(bytes_of_hex(row.message)).value()) == row.signature);
    CHECK(to_hex(ed25519_public_key(signer->verifier()).value()) == row.public_key);
  }
}

TEST_CASE("a key id is the SHA-256 of the DER SubjectPublicKeyInfo", "[verifier]") {
  const std::string spki = ed25519_spki(bytes_of_hex(kRfc8032[0].public_key)).value();
  CHECK(to_hex(spki) == std::string("302a300506032b6570032100") + kRfc8032[0].public_key);
  const auto verifier = make_verifier(spki).value();
  CHECK(verifier->key_id() == sha256(spki));
  CHECK(verifier->spki() == spki);
  CHECK(verifier->algorithm() == KeyAlgorithm::ed25519);
}

TEST_CASE("a signature with any bit flipped is refused, by either algorithm", "[verifier]") {
  for (const auto algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::ecdsa_p256_sha256}) {
    const auto signer = generate(algorithm).value();
    const std::string message = "the run of DMC-0042 passed";
    const std::string signature = signer->sign(message).value();
    REQUIRE(signer->verifier().verify(message, signature));
    for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
      CAPTURE(bit);
      REQUIRE(code_of(signer->verifier().verify(message, flip_bit(signature, bit))) ==
              Errc::tampered_signature);
    }
    for (std::size_t bit = 0; bit < 8 * message.size(); ++bit) {
      REQUIRE_FALSE(signer->verifier().verify(flip_bit(message, bit), signature));
    }
    for (std::size_t size = 0; size < signature.size(); ++size) {
      REQUIRE_FALSE(signer->verifier().verify(message, signature.substr(0, size)));
    }
    REQUIRE_FALSE(signer->verifier().verify(message, signature + '\0'));
    const auto other = generate(algorithm).value();
    CHECK_FALSE(other->verifier().verify(message, signature));
  }
}

TEST_CASE("the high twin of a P-256 signature is refused", "[verifier]") {
  const auto signer = generate(KeyAlgorithm::ecdsa_p256_sha256).value();
  const std::string signature = signer->sign("message").value();
  // n - s by libcrypto's arithmetic, independent of make_low_s.
  using BignumPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;
  BIGNUM* order = nullptr;
  BN_hex2bn(&order, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  auto twin = parse_p256_signature(signature).value();
  const BignumPtr n(order);
  const BignumPtr s(BN_bin2bn(twin.s.data(), static_cast<int>(twin.s.size()), nullptr));
  BN_sub(s.get(), n.get(), s.get());
  BN_bn2binpad(s.get(), twin.s.data(), static_cast<int>(twin.s.size()));
  const auto status = signer->verifier().verify("message", format_p256_signature(twin));
  REQUIRE(code_of(status) == Errc::tampered_signature);
  CHECK(status.error().message.find("high S") != std::string::npos);
}

TEST_CASE("a small-order or unreduced key makes no verifier", "[verifier]") {
  // Under this key OpenSSL alone accepts the signature 01 00 … 00 for every message.
  const std::string identity = bytes_of_hex("01" + std::string(62, '0'));
  CHECK(code_of(make_verifier(ed25519_spki(identity).value())) == Errc::rejected);
  const std::string unreduced = bytes_of_hex("ee" + std::string(60, 'f') + "7f");
  CHECK(code_of(make_verifier(ed25519_spki(unreduced).value())) == Errc::rejected);
}

TEST_CASE("a P-256 key has one accepted form", "[verifier]") {
  const PkeyPtr key = new_key("EC", "P-256");
  const std::string spki = spki_of(*key).value();
  REQUIRE(make_verifier(spki));
  CHECK(make_verifier(spki).value()->algorithm() == KeyAlgorithm::ecdsa_p256_sha256);
  for (const char* form : {"compressed", "hybrid"}) {
    EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, form);
    CHECK(code_of(make_verifier(spki_of(*key).value())) == Errc::malformed);
  }
  EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                 "uncompressed");
  EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING, "explicit");
  const std::string explicit_curve = spki_of(*key).value();
  REQUIRE(explicit_curve != spki);
  CHECK_FALSE(make_verifier(explicit_curve));
  CHECK(code_of(make_verifier(spki + '\0')) == Errc::malformed);
  // A point off the curve, and one whose x is p + 1 instead of 1.
  CHECK(code_of(make_verifier(flip_bit(spki, 8 * 90))) == Errc::malformed);
  const std::string over =
      bytes_of_hex("ffffffff00000001000000000000000000000001000000000000000000000000");
  CHECK(code_of(make_verifier(spki.substr(0, 27) + over + spki.substr(59))) == Errc::malformed);
}

TEST_CASE("other algorithms and curves are named and refused", "[verifier]") {
  CHECK(code_of(make_verifier(spki_of(*new_key("EC", "P-384")).value())) == Errc::unsupported);
  CHECK(code_of(make_verifier(spki_of(*new_key("EC", "secp256k1")).value())) == Errc::unsupported);
  CHECK(code_of(make_verifier(spki_of(*new_key("X25519")).value())) == Errc::unsupported);
  const auto ed448 = make_verifier(spki_of(*new_key("ED448")).value());
  REQUIRE(code_of(ed448) == Errc::unsupported);
  CHECK(ed448.error().message.find("ED448") != std::string::npos);
  CHECK(code_of(ed25519_public_key(
            generate(KeyAlgorithm::ecdsa_p256_sha256).value()->verifier())) == Errc::unsupported);
}

TEST_CASE("bytes that are no key, cut short or longer, are malformed", "[verifier]") {
  CHECK(code_of(make_verifier("")) == Errc::malformed);
  CHECK(code_of(make_verifier("not a key")) == Errc::malformed);
  CHECK(code_of(make_verifier(std::string(100'000, '0'))) == Errc::malformed);
  for (const auto algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::ecdsa_p256_sha256}) {
    const std::string spki = generate(algorithm).value()->verifier().spki();
    for (std::size_t size = 0; size < spki.size(); ++size) {
      REQUIRE(code_of(make_verifier(spki.substr(0, size))) == Errc::malformed);
    }
    // Every altered byte of the algorithm's part is refused: it is not the canonical form.
    const std::size_t key_bits = 8 * (algorithm == KeyAlgorithm::ed25519 ? 12 : 27);
    for (std::size_t bit = 0; bit < key_bits; ++bit) {
      REQUIRE_FALSE(make_verifier(flip_bit(spki, bit)));
    }
  }
}

TEST_CASE("one verifier and one signer serve several threads", "[verifier]") {
  for (const auto algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::ecdsa_p256_sha256}) {
    const auto signer = generate(algorithm).value();
    std::vector<int> good(4, 0);
    {
      std::vector<std::jthread> threads;
      for (std::size_t t = 0; t < good.size(); ++t) {
        threads.emplace_back([&, t] {
          for (int i = 0; i < 200; ++i) {
            const std::string message = std::to_string(t) + "/" + std::to_string(i);
            const auto signature = signer->sign(message);
            good[t] += signature && signer->verifier().verify(message, *signature) &&
                       !signer->verifier().verify(message + "!", *signature);
          }
        });
      }
    }
    CHECK(good == std::vector<int>(4, 200));
  }
}

}  // namespace verifier_test
