#pragma once

/// QR codes (ISO/IEC 18004) of short texts, for screens and for paper. Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"

namespace assay::cli {

struct QrCode {
  std::size_t width = 0;        ///< modules a side, without the quiet zone
  std::vector<bool> is_dark{};  ///< row by row

  /// False outside, which is the quiet zone.
  [[nodiscard]] bool dark_at(std::size_t row, std::size_t column) const {
    return row < width && column < width && is_dark[row * width + column];
  }
};

/// With error correction of level M, which repairs 15 % of a smudged print.
/// Errors: limit (more than 1,024 bytes), internal.
[[nodiscard]] Result<QrCode> make_qr(std::string_view text);

/// Two rows of modules a line, in half blocks, with the quiet zone. With `colour` the modules are
/// black on white whatever the terminal's colours are; without, a block is a dark module, which is
/// right on paper.
[[nodiscard]] std::string qr_text(const QrCode& code, bool colour);

/// An SVG image, one unit a module, with the quiet zone; its size is for whoever places it to say.
[[nodiscard]] std::string qr_svg(const QrCode& code);

}  // namespace assay::cli
