#include "cli/session/file_io.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

#include "keys/posix_file.hpp"

namespace assay::cli {
namespace {

Error too_large(const std::string& path, std::size_t size_max_bytes) {
  return {Errc::limit,
          path + " is larger than " + std::to_string(size_max_bytes) + " bytes",
          {},
          std::nullopt};
}

Result<std::string> read_stream(std::istream& in, const std::string& name,
                                std::size_t size_max_bytes) {
  std::string bytes;
  std::string piece(65'536, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    bytes.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > size_max_bytes) return std::unexpected(too_large(name, size_max_bytes));
  }
  if (in.bad()) return fail(Errc::io, "cannot read " + name);
  return bytes;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t size_max_bytes) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return fail(Errc::invalid_argument, path + " is a directory; a file is needed");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    const int reason = errno;
    return fail(reason == ENOENT ? Errc::not_found : Errc::io,
                "cannot open " + path + ": " + std::strerror(reason));
  }
  return read_stream(in, path, size_max_bytes);
}

Result<std::string> read_input(std::istream& in, const std::string& path,
                               std::size_t size_max_bytes) {
  if (path == "-") return read_stream(in, "standard input", size_max_bytes);
  return read_file(path, size_max_bytes);
}

namespace {

Status write_through(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return out ? Status{} : fail(Errc::io, "cannot write " + path);
}

}  // namespace

Status write_file(const std::string& path, std::string_view bytes, bool replace) {
  constexpr mode_t kMode = 0644;
  const std::filesystem::path target(path);
  const std::string directory =
      target.has_parent_path() ? target.parent_path().string() : std::string(".");
  const std::string name = target.filename().string();
  if (!replace) return keys::create_file(directory, name, bytes, kMode);
  std::error_code unknown;
  const std::filesystem::file_status present = std::filesystem::status(target, unknown);
  if (std::filesystem::is_directory(present)) {
    return fail(Errc::invalid_argument, path + " is a directory; a file is needed");
  }
  // A device or a pipe is written to; renaming a file over it would take it away from everybody.
  if (std::filesystem::exists(present) && !std::filesystem::is_regular_file(present)) {
    return write_through(path, bytes);
  }
  return keys::replace_file(directory, name, bytes, kMode);
}

}  // namespace assay::cli
