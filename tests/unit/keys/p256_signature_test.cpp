#include "keys/p256_signature.hpp"

#include <random>

#include <openssl/bn.h>
#include <openssl/ecdsa.h>

#include "keys/openssl_internal.hpp"
#include "tests/unit/keys/keys_support.hpp"

namespace p256_signature_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

using SignaturePtr = std::unique_ptr<ECDSA_SIG, OpensslFree<ECDSA_SIG_free>>;
using BignumPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;

constexpr std::string_view kOrderHex =
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

BignumPtr number(std::string_view hex) {
  BIGNUM* result = nullptr;
  BN_hex2bn(&result, std::string(hex).c_str());
  return BignumPtr(result);
}

/// What libcrypto says of the same question: it parses, re-encodes to the same bytes, in range.
bool libcrypto_accepts(std::string_view der) {
  const unsigned char* cursor = octets(der);
  const SignaturePtr parsed(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
  if (parsed == nullptr) return false;
  unsigned char* again = nullptr;
  const int size_bytes = i2d_ECDSA_SIG(parsed.get(), &again);
  const bool same =
      std::string_view(reinterpret_cast<char*>(again), static_cast<std::size_t>(size_bytes)) == der;
  OPENSSL_free(again);
  const BignumPtr order = number(kOrderHex);
  const auto in_range = [&](const BIGNUM* n) {
    return !BN_is_negative(n) && !BN_is_zero(n) && BN_cmp(n, order.get()) < 0;
  };
  return same && in_range(ECDSA_SIG_get0_r(parsed.get())) &&
         in_range(ECDSA_SIG_get0_s(parsed.get()));
}

P256Scalar scalar(std::string_view hex) {
  const std::string raw = bytes_of_hex(hex);
  P256Scalar value{};
  std::copy(raw.begin(), raw.end(), value.begin());
  return value;
}

}  // namespace

TEST_CASE("a formatted signature parses back, whatever the size of its numbers", "[p256]") {
  std::mt19937_64 random(Catch::rngSeed());
  CAPTURE(Catch::rngSeed());
  for (int round = 0; round < 2'000; ++round) {
    P256Signature signature;
    for (P256Scalar* value : {&signature.r, &signature.s}) {
      const std::size_t zeros = random() % 32;
      for (std::size_t i = zeros; i < value->size(); ++i) {
        (*value)[i] = static_cast<std::uint8_t>(random() | 1);
      }
      (*value)[0] &= 0x7f;  // below n
    }
    const std::string der = format_p256_signature(signature);
    REQUIRE(libcrypto_accepts(der));
    REQUIRE(parse_p256_signature(der).value() == signature);
  }
}

TEST_CASE("exactly what libcrypto re-encodes to the same bytes is accepted", "[p256]") {
  std::mt19937_64 random(Catch::rngSeed());
  CAPTURE(Catch::rngSeed());
  const P256Signature plain{
      scalar("00ff000000000000000000000000000000000000000000000000000000000001"),
      scalar("7f00000000000000000000000000000000000000000000000000000000000080")};
  const std::string der = format_p256_signature(plain);
  int accepted = 0;
  int refused = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string mutant = der;
    for (std::uint64_t changes = 1 + random() % 3; changes > 0; --changes) {
      const std::size_t at = random() % std::min<std::size_t>(mutant.size(), 6 + random() % 70);
      switch (random() % 4) {
        case 0: mutant[at] = static_cast<char>(random()); break;
        case 1: mutant[at] = static_cast<char>(mutant[at] + 1); break;
        case 2: mutant.insert(at, 1, static_cast<char>(random() % 2 == 0 ? 0 : random())); break;
        default: mutant.erase(at, 1); break;
      }
      if (random() % 2 == 0) mutant[1] = static_cast<char>(mutant.size() - 2);
    }
    const bool ours = parse_p256_signature(mutant).has_value();
    CAPTURE(to_hex(mutant));
    REQUIRE(ours == libcrypto_accepts(mutant));
    (ours ? accepted : refused) += 1;
  }
  CHECK(accepted > 1'000);
  CHECK(refused > 1'000);
}

TEST_CASE("r and s lie from 1 to n - 1", "[p256]") {
  const auto order = scalar(kOrderHex);
  auto below = order;
  below.back() -= 1;
  const auto one = scalar("0000000000000000000000000000000000000000000000000000000000000001");
  CHECK(parse_p256_signature(format_p256_signature({below, one})));
  CHECK(parse_p256_signature(format_p256_signature({one, below})));
  CHECK(code_of(parse_p256_signature(format_p256_signature({order, one}))) ==
        Errc::tampered_signature);
  CHECK(code_of(parse_p256_signature(format_p256_signature({one, order}))) ==
        Errc::tampered_signature);
  CHECK_FALSE(parse_p256_signature(bytes_of_hex("3006020100020101")));
  CHECK_FALSE(parse_p256_signature(bytes_of_hex("3006020101020100")));
  CHECK(parse_p256_signature(bytes_of_hex("3006020101020101")));
  CHECK_FALSE(parse_p256_signature(""));
}

TEST_CASE("a high s becomes n - s, and a low one stays", "[p256]") {
  const auto half = scalar("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8");
  auto above = half;
  above.back() += 1;  // n is odd, so n - (n-1)/2 - 1 = (n-1)/2
  P256Signature low{half, half};
  REQUIRE(has_low_s(low));
  make_low_s(low);
  CHECK(low.s == half);
  P256Signature high{half, above};
  REQUIRE_FALSE(has_low_s(high));
  make_low_s(high);
  CHECK(high.s == half);
  CHECK(high.r == half);
  P256Signature largest{half,
                        scalar("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")};
  make_low_s(largest);
  CHECK(largest.s == scalar("0000000000000000000000000000000000000000000000000000000000000001"));
}

}  // namespace p256_signature_test
