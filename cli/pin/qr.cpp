#include "cli/pin/qr.hpp"

#include <memory>
#include <qrencode.h>

#include <fmt/format.h>

namespace assay::cli {
namespace {

constexpr std::size_t kQrTextSizeBytes = 1'024;
constexpr std::size_t kQuietModules = 4;  // ISO/IEC 18004 asks for as much

struct FreeQr {
  void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

}  // namespace

Result<QrCode> make_qr(std::string_view text) {
  if (text.empty() || text.size() > kQrTextSizeBytes) {
    return fail(Errc::limit, "a QR code here holds 1 to " + std::to_string(kQrTextSizeBytes) +
                                 " bytes, not " + std::to_string(text.size()));
  }
  const std::unique_ptr<QRcode, FreeQr> made(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (made == nullptr) return fail(Errc::internal, "cannot make a QR code");
  QrCode code{static_cast<std::size_t>(made->width), {}};
  for (std::size_t i = 0; i < code.width * code.width; ++i) {
    code.is_dark.push_back((made->data[i] & 1U) != 0);
  }
  return code;
}

std::string qr_text(const QrCode& code, bool colour) {
  const std::size_t side = code.width + 2 * kQuietModules;
  // Outside of the code is what wraps around below zero, too.
  const auto dark = [&](std::size_t row, std::size_t column) {
    return code.dark_at(row - kQuietModules, column - kQuietModules);
  };
  std::string text;
  for (std::size_t row = 0; row < side; row += 2) {
    if (colour) text += "\x1b[30;107m";
    for (std::size_t column = 0; column < side; ++column) {
      const bool upper = dark(row, column);
      const bool lower = dark(row + 1, column);
      text += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    if (colour) text += "\x1b[0m";
    text += '\n';
  }
  return text;
}

std::string qr_svg(const QrCode& code) {
  const std::size_t side = code.width + 2 * kQuietModules;
  std::string path;
  for (std::size_t row = 0; row < code.width; ++row) {
    for (std::size_t column = 0; column < code.width;) {
      std::size_t end = column;
      while (code.dark_at(row, end)) ++end;
      if (end > column) {
        path += fmt::format("M{} {}h{}v1h-{}z", column + kQuietModules, row + kQuietModules,
                            end - column, end - column);
      }
      column = end + 1;
    }
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" "
      "shape-rendering=\"crispEdges\">\n"
      "<rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/>\n<path d=\"{1}\" "
      "fill=\"#000\"/>\n</svg>\n",
      side, path);
}

}  // namespace assay::cli
