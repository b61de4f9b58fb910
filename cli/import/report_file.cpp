#include "cli/import/report_file.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kPieceSizeBytes = 65'536;

}  // namespace

ReportFile::ReportFile(std::string path, const Hash& expected)
    : path_(std::move(path)), expected_hex_(expected.hex()), buffer_(kPieceSizeBytes, '\0') {}

Status ReportFile::rewind() {
  in_ = std::ifstream(path_, std::ios::binary);
  if (!in_) return fail(Errc::io, "cannot open " + path_);
  digest_ = Digest::sha256();
  return {};
}

Result<std::string_view> ReportFile::next() {
  in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  if (in_.bad()) return fail(Errc::io, "cannot read " + path_);
  const std::string_view piece(buffer_.data(), static_cast<std::size_t>(in_.gcount()));
  if (!piece.empty()) {
    digest_->update(piece);
  } else if (digest_ && digest_->finish_hex() != expected_hex_) {
    return fail(Errc::conflict, path_ + " changed while it was being imported",
                "import it again when nothing writes to it");
  }
  return piece;
}

}  // namespace assay::cli
