#include "keys/ed25519_point.hpp"

#include <vector>

#include <openssl/bn.h>

#include "keys/openssl_internal.hpp"
#include "tests/unit/keys/keys_support.hpp"

namespace ed25519_point_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

using BignumPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;
using BnContextPtr = std::unique_ptr<BN_CTX, OpensslFree<BN_CTX_free>>;

/// Arithmetic modulo p = 2^255 - 19.
struct Field {
  BnContextPtr context{BN_CTX_new()};
  BignumPtr p{BN_new()};

  Field() {
    BN_set_bit(p.get(), 255);
    BN_sub_word(p.get(), 19);
  }
  BignumPtr of(unsigned long value) const {
    BignumPtr result(BN_new());
    BN_set_word(result.get(), value);
    return result;
  }
  BignumPtr add(const BignumPtr& a, const BignumPtr& b) const {
    BignumPtr result(BN_new());
    BN_mod_add(result.get(), a.get(), b.get(), p.get(), context.get());
    return result;
  }
  BignumPtr sub(const BignumPtr& a, const BignumPtr& b) const {
    BignumPtr result(BN_new());
    BN_mod_sub(result.get(), a.get(), b.get(), p.get(), context.get());
    return result;
  }
  BignumPtr mul(const BignumPtr& a, const BignumPtr& b) const {
    BignumPtr result(BN_new());
    BN_mod_mul(result.get(), a.get(), b.get(), p.get(), context.get());
    return result;
  }
  BignumPtr divide(const BignumPtr& a, const BignumPtr& b) const {
    const BignumPtr inverse(BN_mod_inverse(nullptr, b.get(), p.get(), context.get()));
    return mul(a, inverse);
  }
  /// Null where there is none.
  BignumPtr root(const BignumPtr& a) const {
    return BignumPtr(BN_mod_sqrt(nullptr, a.get(), p.get(), context.get()));
  }
};

/// 32 bytes, little endian, with the sign of x in the top bit. `y` may be unreduced.
std::string encode(const BignumPtr& y, bool sign) {
  std::string bytes(32, '\0');
  REQUIRE(BN_bn2lebinpad(y.get(), reinterpret_cast<unsigned char*>(bytes.data()), 32) == 32);
  if (sign) bytes[31] = static_cast<char>(static_cast<unsigned char>(bytes[31]) | 0x80U);
  return bytes;
}

/// The y of every point of order 1, 2, 4 and 8, from the curve's equation: see ed25519_point.cpp.
std::vector<BignumPtr> small_order_ys(const Field& field) {
  std::vector<BignumPtr> ys;
  ys.push_back(field.of(0));
  ys.push_back(field.of(1));
  ys.push_back(field.sub(field.of(0), field.of(1)));
  const BignumPtr d = field.sub(field.of(0), field.divide(field.of(121'665), field.of(121'666)));
  const BignumPtr discriminant = field.root(field.add(field.of(1), d));
  REQUIRE(discriminant != nullptr);
  for (const bool negative : {false, true}) {
    // y² = (-1 ± sqrt(1 + d)) / d
    const BignumPtr minus_one = field.sub(field.of(0), field.of(1));
    const BignumPtr numerator =
        negative ? field.sub(minus_one, discriminant) : field.add(minus_one, discriminant);
    const BignumPtr y = field.root(field.divide(numerator, d));
    if (y == nullptr) continue;  // one of the two squares has no root
    ys.push_back(field.add(y, field.of(0)));
    ys.push_back(field.sub(field.of(0), y));
  }
  return ys;
}

}  // namespace

TEST_CASE("the points of small order that the curve's equation gives are refused", "[ed25519]") {
  const Field field;
  const auto ys = small_order_ys(field);
  REQUIRE(ys.size() == 5);
  for (const auto& y : ys) {
    for (const bool sign : {false, true}) {
      const std::string key = encode(y, sign);
      CAPTURE(to_hex(key));
      const auto status = check_ed25519_point(key);
      REQUIRE(code_of(status) == Errc::rejected);
      CHECK(status.error().message.find("small order") != std::string::npos);
      CHECK_FALSE(status.error().hint.empty());
    }
  }
}

TEST_CASE("every y from p to 2^255 - 1 is refused, and those around the table are not",
          "[ed25519]") {
  const Field field;
  for (unsigned long k = 0; k < 19; ++k) {
    const BignumPtr y(BN_dup(field.p.get()));
    BN_add_word(y.get(), k);
    for (const bool sign : {false, true}) {
      const auto status = check_ed25519_point(encode(y, sign));
      REQUIRE(code_of(status) == Errc::rejected);
      CHECK(status.error().message.find("reduced") != std::string::npos);
    }
  }
  const BignumPtr y(BN_dup(field.p.get()));
  BN_sub_word(y.get(), 2);
  CHECK(check_ed25519_point(encode(y, false)));
  CHECK(check_ed25519_point(encode(field.of(2), true)));
  for (const auto& small : small_order_ys(field)) {
    const BignumPtr next = field.add(small, field.of(3));
    CHECK(check_ed25519_point(encode(next, false)));
  }
}

TEST_CASE("an Ed25519 key has 32 bytes", "[ed25519]") {
  CHECK(code_of(check_ed25519_point("")) == Errc::malformed);
  CHECK(code_of(check_ed25519_point(std::string(31, 'a'))) == Errc::malformed);
  CHECK(code_of(check_ed25519_point(std::string(33, 'a'))) == Errc::malformed);
}

}  // namespace ed25519_point_test
