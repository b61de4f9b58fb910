#include "cli/session/evidence_files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "cli/terminal/progress.hpp"

namespace assay::cli {
namespace {

Result<std::ifstream> open_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return fail(Errc::invalid_argument, path + " is a directory; a file is needed");
  }
  // A pipe is read once, but its bytes are needed more than once; and it may never end.
  const auto present = std::filesystem::status(path, error);
  if (std::filesystem::exists(present) && !std::filesystem::is_regular_file(present)) {
    return fail(Errc::invalid_argument, path + " is not an ordinary file",
                "copy its bytes into a file first; `assay import -` reads standard input");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    const int reason = errno;
    return fail(reason == ENOENT ? Errc::not_found : Errc::io,
                "cannot open " + path + ": " + std::strerror(reason));
  }
  return in;
}

}  // namespace

Result<store::StoredEvidence> put_file(const Run& run, store::Store& store, const std::string& path,
                                       const std::optional<Hash>& expected) {
  ASSAY_TRY(std::ifstream in, open_file(path));
  std::error_code error;
  Progress progress(run, "keeping", std::filesystem::file_size(path, error));
  std::uint64_t done = 0;
  return store.put_evidence(
      [&](std::span<char> buffer) -> Result<std::size_t> {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (in.bad()) return fail(Errc::io, "cannot read " + path);
        done += static_cast<std::uint64_t>(in.gcount());
        progress.update(done);
        return static_cast<std::size_t>(in.gcount());
      },
      expected);
}

Result<store::StoredEvidence> put_bytes(store::Store& store, std::string_view bytes) {
  return store.put_evidence([&](std::span<char> buffer) -> Result<std::size_t> {
    const std::size_t count = std::min(buffer.size(), bytes.size());
    std::memcpy(buffer.data(), bytes.data(), count);
    bytes.remove_prefix(count);
    return count;
  });
}

Result<FileDigests> file_digests(const std::string& path) {
  constexpr std::size_t kPieceSizeBytes = 65'536;
  ASSAY_TRY(std::ifstream in, open_file(path));
  Digest sha256 = Digest::sha256();
  Digest sha512 = Digest::sha512();
  FileDigests file;
  std::string piece(kPieceSizeBytes, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    const std::string_view part(piece.data(), static_cast<std::size_t>(in.gcount()));
    sha256.update(part);
    sha512.update(part);
    file.size_bytes += part.size();
  }
  if (in.bad()) return fail(Errc::io, "cannot read " + path);
  ASSAY_TRY(file.sha256, Hash::from_hex(sha256.finish_hex()));
  file.sha512 = sha512.finish_hex();
  return file;
}

Result<Hash> file_digest(const std::string& path) {
  ASSAY_TRY(const FileDigests file, file_digests(path));
  return file.sha256;
}

}  // namespace assay::cli
