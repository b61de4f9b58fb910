#pragma once

/// One writer a ledger: an exclusive flock(2) on DIR/lock, held while the directory is open for
/// writing. RocksDB has a lock of its own, but it can neither be waited for nor say who holds it.
/// The kernel lets go of it with the process, so a kill leaves nothing to clean up.

#include <cstdint>
#include <string>

#include "ledger/base/error.hpp"

namespace assay::store {

/// Thread word: thread-compatible.
class DirectoryLock {
 public:
  /// Holds nothing; for file systems that live in one process.
  DirectoryLock() = default;
  /// Asks for the lock of `directory`, which must exist, until `wait_ms` have passed.
  /// Errors: locked (naming the holder's process), io, no_space, not_found.
  [[nodiscard]] static Result<DirectoryLock> acquire(const std::string& directory,
                                                     std::uint32_t wait_ms);

  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int fd) noexcept : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace assay::store
