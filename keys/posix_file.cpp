#include "keys/posix_file.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "ledger/base/encoding.hpp"

namespace assay::keys {
namespace {

/// Repeats a call that a signal interrupted.
template <class Call>
auto retry(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

std::unexpected<Error> failed(std::string_view doing, std::string_view path) {
  return std::unexpected(system_error(errno, doing, path));
}

int sync(const FileDescriptor& file) {
  return retry([&] { return ::fsync(file.get()); });
}

/// The same error where the step may have been done all the same.
std::unexpected<Error> unknown(Error error) {
  error.code = Errc::outcome_unknown;
  error.hint = "check the disk, then start again: what was written may or may not have stayed";
  return std::unexpected(std::move(error));
}

Errc code_of(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT: return Errc::no_space;
    case ENOENT: return Errc::not_found;
    case EEXIST: return Errc::conflict;
    case EACCES:
    case EPERM: return Errc::key_unavailable;
    default: return Errc::io;
  }
}

std::string hint_for(Errc code) {
  if (code == Errc::no_space) return "free some space and try again";
  if (code == Errc::key_unavailable) return "run as the user to whom the file belongs";
  return {};
}

Result<std::string> random_suffix() {
  std::string bytes(8, '\0');
  if (retry([&] { return ::getrandom(bytes.data(), bytes.size(), 0); }) != 8) {
    return failed("draw randomness for", "a temporary file name");
  }
  return to_hex(bytes);
}

/// Removes the temporary file on every way out; after link(2) it is only a second name.
class TemporaryName {
 public:
  TemporaryName(int directory, std::string name) : directory_(directory), name_(std::move(name)) {}
  ~TemporaryName() { ::unlinkat(directory_, name_.c_str(), 0); }
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;

 private:
  int directory_;
  std::string name_;
};

Status write_new_file(const FileDescriptor& file, const std::string& path, std::string_view bytes,
                      mode_t mode) {
  // fchmod, because the umask took its share of the mode given to open(2).
  if (retry([&] { return ::fchmod(file.get(), mode); }) != 0)
    return failed("set the mode of", path);
  ASSAY_CHECK(write_at(file, path, bytes, 0));
  if (sync(file) != 0) return failed("sync", path);  // not linked yet: nothing stored
  return {};
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void FileDescriptor::reset() noexcept {
  if (fd_ >= 0) ::close(fd_);  // never repeated: Linux closes the descriptor even on EINTR
  fd_ = -1;
}

Error system_error(int error_number, std::string_view doing, std::string_view path) {
  const Errc code = code_of(error_number);
  std::string message = "cannot ";
  message.append(doing).append(" ").append(path).append(": ");
  message.append(std::generic_category().message(error_number));
  return Error{code, std::move(message), hint_for(code), {}};
}

Result<FileDescriptor> open_existing(const std::string& path, int flags) {
  // O_NONBLOCK so that a FIFO in the place of a file is refused by its reader instead of waited on.
  FileDescriptor file(
      retry([&] { return ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); }));
  if (file.get() < 0) return failed("open", path);
  return file;
}

Result<std::string> read_at(const FileDescriptor& file, const std::string& path,
                            std::uint64_t offset, std::size_t most_bytes) {
  std::string bytes(most_bytes, '\0');
  std::size_t size_bytes = 0;
  while (size_bytes < most_bytes) {
    const ssize_t count = retry([&] {
      return ::pread(file.get(), bytes.data() + size_bytes, most_bytes - size_bytes,
                     static_cast<off_t>(offset + size_bytes));
    });
    if (count < 0) return failed("read", path);
    if (count == 0) break;
    size_bytes += static_cast<std::size_t>(count);
  }
  bytes.resize(size_bytes);
  return bytes;
}

Result<std::string> read_whole(const FileDescriptor& file, const std::string& path,
                               std::size_t limit_bytes) {
  ASSAY_TRY(std::string bytes, read_at(file, path, 0, limit_bytes + 1));
  if (bytes.size() <= limit_bytes) return bytes;
  return fail(Errc::malformed, path + " is larger than " + std::to_string(limit_bytes) + " bytes");
}

Status write_at(const FileDescriptor& file, const std::string& path, std::string_view bytes,
                std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t count = retry([&] {
      return ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    });
    if (count < 0) return failed("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

Status sync_data(const FileDescriptor& file, const std::string& path) {
  if (retry([&] { return ::fdatasync(file.get()); }) == 0) return {};
  return unknown(system_error(errno, "sync", path));
}

Status make_directory(const std::string& directory) {
  if (::mkdir(directory.c_str(), 0700) != 0) {
    if (errno == EEXIST) return {};
    return failed("make the directory", directory);
  }
  // A synced file in a directory that its parent forgot would be lost all the same.
  const std::string parent_path = directory + "/..";
  ASSAY_TRY(const FileDescriptor parent, open_existing(parent_path, O_RDONLY | O_DIRECTORY));
  if (sync(parent) != 0) return failed("sync", parent_path);
  return {};
}

namespace {

/// Writes a hidden file, has `place(parent, hidden)` give it its name, and syncs the directory.
template <class Place>
Status place_file(const std::string& directory, const std::string& name, std::string_view bytes,
                  mode_t mode, Place place) {
  const std::string path = directory + "/" + name;
  ASSAY_TRY(const FileDescriptor parent, open_existing(directory, O_RDONLY | O_DIRECTORY));
  ASSAY_TRY(const std::string suffix, random_suffix());
  const std::string hidden = "." + name + "." + suffix + ".tmp";
  const FileDescriptor file(retry([&] {
    return ::openat(parent.get(), hidden.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  }));
  if (file.get() < 0) return failed("create", path);
  const TemporaryName temporary(parent.get(), hidden);
  ASSAY_CHECK(write_new_file(file, path, bytes, mode));
  if (place(parent.get(), hidden) != 0) {
    if (errno == EEXIST) {
      return fail(Errc::conflict, path + " exists already", "give a name that is not taken");
    }
    Error error = system_error(errno, "create", path);
    // A server that did not answer may have done it.
    return error.code == Errc::io ? unknown(std::move(error)) : std::unexpected(std::move(error));
  }
  if (sync(parent) != 0) return unknown(system_error(errno, "sync the directory of", path));
  return {};
}

}  // namespace

Status create_file(const std::string& directory, const std::string& name, std::string_view bytes,
                   mode_t mode) {
  // link(2) is the one step that either gives the name or fails because it is taken.
  return place_file(directory, name, bytes, mode, [&](int parent, const std::string& hidden) {
    return ::linkat(parent, hidden.c_str(), parent, name.c_str(), 0);
  });
}

Status replace_file(const std::string& directory, const std::string& name, std::string_view bytes,
                    mode_t mode) {
  return place_file(directory, name, bytes, mode, [&](int parent, const std::string& hidden) {
    return ::renameat(parent, hidden.c_str(), parent, name.c_str());
  });
}

Status lock_exclusive(const FileDescriptor& file, const std::string& path, std::uint32_t wait_ms,
                      std::string_view hint) {
  constexpr std::uint32_t kStepMs = 10;
  for (std::uint32_t waited_ms = 0;; waited_ms += kStepMs) {
    if (retry([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); }) == 0) return {};
    if (errno != EWOULDBLOCK) return failed("lock", path);
    if (waited_ms >= wait_ms) {
      return fail(Errc::locked, path + " is in use by another process", std::string(hint));
    }
    const timespec step{0, kStepMs * 1'000'000L};
    ::nanosleep(&step, nullptr);
  }
}

}  // namespace assay::keys
