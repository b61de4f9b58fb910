#include "ledger/store/directory_lock.hpp"

#include <array>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace assay::store {
namespace {

std::unexpected<Error> failed(std::string_view doing, const std::string& path) {
  const int number = errno;
  const Errc code = number == ENOSPC || number == EDQUOT ? Errc::no_space
                    : number == ENOENT                   ? Errc::not_found
                                                         : Errc::io;
  const bool read_only = number == EACCES || number == EPERM || number == EROFS;
  return fail(
      code,
      "cannot " + std::string(doing) + " " + path + ": " + std::generic_category().message(number),
      read_only ? "writing takes permission to write in the ledger's directory; reading "
                  "commands work without"
                : "");
}

/// The process id that the holder wrote; empty when it cannot be told.
std::string holder(int fd) {
  std::array<char, 24> text{};
  const ssize_t size = ::pread(fd, text.data(), text.size(), 0);
  std::string digits;
  for (ssize_t i = 0; i < size && text[static_cast<std::size_t>(i)] != '\n'; ++i) {
    digits.push_back(text[static_cast<std::size_t>(i)]);
  }
  return digits;
}

/// Only a courtesy to whoever has to wait: a failure is no reason not to go on.
void write_holder(int fd) {
  const std::string text = std::to_string(::getpid()) + "\n";
  if (::ftruncate(fd, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(fd, text.data(), text.size(), 0);
}

}  // namespace

Result<DirectoryLock> DirectoryLock::acquire(const std::string& directory, std::uint32_t wait_ms) {
  constexpr std::uint32_t kStepMs = 20;
  const std::string path = directory + "/lock";
  DirectoryLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (lock.fd_ < 0) return failed("open", path);
  for (std::uint32_t waited_ms = 0;; waited_ms += kStepMs) {
    if (::flock(lock.fd_, LOCK_EX | LOCK_NB) == 0) break;
    if (errno != EWOULDBLOCK && errno != EINTR) return failed("lock", path);
    if (waited_ms >= wait_ms) {
      const std::string process = holder(lock.fd_);
      return fail(Errc::locked,
                  directory + " is open for writing by " +
                      (process.empty() ? "another process" : "process " + process),
                  "try again later, or wait for it with --wait");
    }
    const timespec step{0, kStepMs * 1'000'000L};
    ::nanosleep(&step, nullptr);
  }
  write_holder(lock.fd_);
  return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace assay::store
