#include "keys/p256_signature.hpp"

#include <algorithm>

namespace assay::keys {
namespace {

constexpr P256Scalar kOrder{0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                            0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                            0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
/// floor(n / 2)
constexpr P256Scalar kHalfOrder{0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff,
                                0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b,
                                0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8};
constexpr std::uint8_t kSequenceTag = 0x30;
constexpr std::uint8_t kIntegerTag = 0x02;

std::uint8_t octet(char c) { return static_cast<std::uint8_t>(c); }

/// Takes one positive, minimally encoded INTEGER of at most 32 significant bytes off the front.
bool take_integer(std::string_view& der, P256Scalar& value) {
  if (der.size() < 3 || octet(der[0]) != kIntegerTag) return false;
  const std::size_t size_bytes = octet(der[1]);  // above 127 would be a long form: out of range
  if (size_bytes == 0 || size_bytes > 33 || der.size() < 2 + size_bytes) return false;
  std::string_view digits = der.substr(2, size_bytes);
  der.remove_prefix(2 + size_bytes);
  if ((octet(digits[0]) & 0x80) != 0) return false;  // negative
  if (octet(digits[0]) == 0) {
    // A leading zero is right only where the next byte would otherwise read as a sign.
    if (digits.size() == 1 || (octet(digits[1]) & 0x80) == 0) return false;
    digits.remove_prefix(1);
  }
  if (digits.size() > value.size()) return false;
  value.fill(0);
  std::copy(digits.begin(), digits.end(), value.end() - static_cast<std::ptrdiff_t>(digits.size()));
  return true;
}

void append_integer(std::string& out, const P256Scalar& value) {
  const auto first = std::find_if(value.begin(), value.end() - 1, [](auto b) { return b != 0; });
  const bool needs_zero = (*first & 0x80) != 0;
  const auto size_bytes = static_cast<std::size_t>(value.end() - first) + (needs_zero ? 1 : 0);
  out.push_back(static_cast<char>(kIntegerTag));
  out.push_back(static_cast<char>(size_bytes));
  if (needs_zero) out.push_back('\0');
  out.append(first, value.end());
}

}  // namespace

Result<P256Signature> parse_p256_signature(std::string_view der) {
  const auto refuse = [](const char* why) {
    return fail(Errc::tampered_signature, std::string("the ECDSA signature ") + why);
  };
  if (der.size() < 2 || octet(der[0]) != kSequenceTag || octet(der[1]) != der.size() - 2) {
    return refuse("is not one DER sequence");
  }
  der.remove_prefix(2);
  P256Signature signature;
  if (!take_integer(der, signature.r) || !take_integer(der, signature.s) || !der.empty()) {
    return refuse("is not two DER integers in their shortest form");
  }
  // Zero needs no test: its only encoding, 02 01 00, is refused above.
  if (signature.r >= kOrder || signature.s >= kOrder) return refuse("is out of the group's range");
  return signature;
}

bool has_low_s(const P256Signature& signature) noexcept { return signature.s <= kHalfOrder; }

void make_low_s(P256Signature& signature) noexcept {
  if (has_low_s(signature)) return;
  int borrow = 0;
  for (std::size_t i = signature.s.size(); i-- > 0;) {
    const int digit = kOrder[i] - signature.s[i] - borrow;
    borrow = digit < 0 ? 1 : 0;
    signature.s[i] = static_cast<std::uint8_t>(digit & 0xff);
  }
}

std::string format_p256_signature(const P256Signature& signature) {
  std::string body;
  body.reserve(70);
  append_integer(body, signature.r);
  append_integer(body, signature.s);
  std::string der{static_cast<char>(kSequenceTag), static_cast<char>(body.size())};
  return der + body;
}

}  // namespace assay::keys
