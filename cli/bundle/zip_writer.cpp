#include "cli/bundle/zip_writer.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

namespace assay::cli {
namespace {

constexpr mode_t kZipMode = 0644;
constexpr std::int64_t kSecondUs = 1'000'000;
/// 1980-01-01: a zip knows no time before.
constexpr std::int64_t kDosTimeBeginsS = 315'532'800;

std::string directory_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path().string() : std::string(".");
}

/// A name is durable once its directory is.
Status sync_directory(const std::string& directory) {
  const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  const int reason = errno;
  if (folder >= 0) ::close(folder);
  return synced ? Status{} : std::unexpected(keys::system_error(reason, "syncing", directory));
}

}  // namespace

void fix_zone() {
  ::setenv("TZ", "UTC0", 1);  // NOLINT(concurrency-mt-unsafe): before there are other threads
  ::tzset();
}

void ZipWriter::Close::operator()(archive* zip) const noexcept { ::archive_write_free(zip); }

Error ZipWriter::failed(std::string_view doing) const {
  const int reason = ::archive_errno(zip_.get());
  if (reason == ENOSPC || reason == EDQUOT) return keys::system_error(reason, doing, path_);
  const char* const why = ::archive_error_string(zip_.get());
  return {Errc::io,
          std::string(doing) + " " + path_ + ": " + (why == nullptr ? "failed" : why),
          {},
          {}};
}

Result<ZipWriter> ZipWriter::open(const std::string& path, bool replace, const Timestamp& time) {
  std::error_code unknown;
  const auto present = std::filesystem::symlink_status(path, unknown);
  if (std::filesystem::is_directory(path, unknown)) {
    return fail(Errc::invalid_argument, path + " is a directory; a file is needed");
  }
  if (std::filesystem::exists(present) && !replace) {
    return fail(Errc::conflict, path + " is there already", "name another file, or add --force");
  }
  if (std::filesystem::exists(present) && !std::filesystem::is_regular_file(present)) {
    return fail(Errc::invalid_argument, path + " is not an ordinary file");
  }
  ZipWriter writer;
  writer.path_ = path;
  writer.replace_ = replace;
  writer.time_s_ = std::max(time.us / kSecondUs, kDosTimeBeginsS);
  const std::filesystem::path target(path);
  std::string temporary = (std::filesystem::path(directory_of(target)) /
                           fmt::format(".{}.XXXXXX", target.filename().string()))
                              .string();
  writer.file_ = keys::FileDescriptor(::mkostemp(temporary.data(), O_CLOEXEC));
  if (writer.file_.get() < 0) {
    return std::unexpected(keys::system_error(errno, "make a file beside", path));
  }
  writer.temporary_ = temporary;
  if (::fchmod(writer.file_.get(), kZipMode) != 0) {
    return std::unexpected(keys::system_error(errno, "make", temporary));
  }
  writer.zip_.reset(::archive_write_new());
  archive* const zip = writer.zip_.get();
  if (zip == nullptr || ::archive_write_set_format_zip(zip) != ARCHIVE_OK ||
      ::archive_write_zip_set_compression_store(zip) != ARCHIVE_OK ||
      ::archive_write_set_bytes_in_last_block(zip, 1) != ARCHIVE_OK ||
      ::archive_write_open_fd(zip, writer.file_.get()) != ARCHIVE_OK) {
    return std::unexpected(writer.failed("write"));
  }
  return writer;
}

Status ZipWriter::begin(const std::string& name, std::uint64_t size_bytes) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(::archive_entry_new(),
                                                                       ::archive_entry_free);
  ::archive_entry_set_pathname(entry.get(), name.c_str());
  ::archive_entry_set_filetype(entry.get(), AE_IFREG);
  ::archive_entry_set_perm(entry.get(), kZipMode);
  ::archive_entry_set_mtime(entry.get(), time_s_, 0);
  ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size_bytes));
  if (::archive_write_header(zip_.get(), entry.get()) == ARCHIVE_OK) return {};
  return std::unexpected(failed("write"));
}

Status ZipWriter::write(std::string_view piece) {
  const la_ssize_t written = ::archive_write_data(zip_.get(), piece.data(), piece.size());
  if (written >= 0 && static_cast<std::size_t>(written) == piece.size()) return {};
  return std::unexpected(failed("write"));
}

Status ZipWriter::finish() {
  if (::archive_write_close(zip_.get()) != ARCHIVE_OK) return std::unexpected(failed("write"));
  ASSAY_CHECK(keys::sync_data(file_, path_));
  // A link is refused where the name is taken, also by somebody who took it a moment ago.
  const bool placed = replace_ ? ::rename(temporary_.c_str(), path_.c_str()) == 0
                               : ::link(temporary_.c_str(), path_.c_str()) == 0;
  if (!placed) return std::unexpected(keys::system_error(errno, "make", path_));
  if (!replace_) ::unlink(temporary_.c_str());
  temporary_.clear();
  return sync_directory(directory_of(path_));
}

ZipWriter::~ZipWriter() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

}  // namespace assay::cli
