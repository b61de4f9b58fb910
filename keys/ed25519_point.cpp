#include "keys/ed25519_point.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace assay::keys {
namespace {

constexpr std::size_t kSizeBytes = 32;
using Coordinate = std::array<std::uint8_t, kSizeBytes>;  // little endian, as on the wire

// Doubling sends (x, y) to y' = (x² + y²) / (1 - d x² y²). Order 1 and 2 have x = 0, so y = ±1;
// order 4 doubles to y = -1, so y = 0; order 8 doubles to y = 0, so x² = -y², and the curve's
// equation -x² + y² = 1 + d x² y² becomes d y⁴ + 2 y² - 1 = 0, whose roots in the field are the
// last two rows. Each y stands for x and -x. The unit test recomputes all five.
constexpr std::array<Coordinate, 5> kSmallOrderY{{
    {0x00},
    {0x01},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
}};

/// y >= p = 2^255 - 19, which is ed ff … ff 7f in little endian.
bool is_unreduced(const Coordinate& y) {
  const bool high_bytes_full =
      std::all_of(y.begin() + 1, y.end() - 1, [](std::uint8_t byte) { return byte == 0xff; });
  return y.back() == 0x7f && high_bytes_full && y.front() >= 0xed;
}

}  // namespace

Status check_ed25519_point(std::string_view public_key) {
  if (public_key.size() != kSizeBytes) {
    return fail(Errc::malformed,
                "an Ed25519 public key is 32 bytes, not " + std::to_string(public_key.size()));
  }
  Coordinate y{};
  std::copy(public_key.begin(), public_key.end(), y.begin());
  y.back() &= 0x7f;  // the top bit is the sign of x
  const char* const hint = "make a new key; this one was not made by an honest key generator";
  if (is_unreduced(y)) {
    return fail(Errc::rejected, "the Ed25519 public key is not in its reduced form", hint);
  }
  if (std::find(kSmallOrderY.begin(), kSmallOrderY.end(), y) != kSmallOrderY.end()) {
    return fail(Errc::rejected,
                "the Ed25519 public key is a point of small order: anyone could sign under it",
                hint);
  }
  return {};
}

}  // namespace assay::keys
