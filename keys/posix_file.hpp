#pragma once

/// Files as this folder needs them: whole reads with a limit, writes that are complete or an error,
/// creation and replacement that are atomic and durable. Plain POSIX; interrupted calls are
/// repeated, short writes continued, descriptors are close-on-exec.
///
/// Errors of every function: no_space (ENOSPC, EDQUOT), not_found, conflict (the name exists),
/// key_unavailable (permission), io (everything else). Messages name the path and the step.
/// Thread word: FileDescriptor is thread-compatible; the functions are thread-safe.

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>

#include "ledger/base/error.hpp"

namespace assay::keys {

/// Owns one descriptor; closes it. Nothing here waits for close() to report a failed write:
/// whatever matters was synced before.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) noexcept : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { reset(); }

  [[nodiscard]] int get() const noexcept { return fd_; }
  void reset() noexcept;

 private:
  int fd_ = -1;
};

/// The error of a failed call: "<doing> <path>: <reason>".
[[nodiscard]] Error system_error(int error_number, std::string_view doing, std::string_view path);

/// open(2) of an existing file; never creates, never blocks on a FIFO.
[[nodiscard]] Result<FileDescriptor> open_existing(const std::string& path, int flags);

/// Everything from the file's beginning. Errors: also malformed (more than `limit_bytes`).
[[nodiscard]] Result<std::string> read_whole(const FileDescriptor& file, const std::string& path,
                                             std::size_t limit_bytes);

/// Up to `most_bytes` from `offset`; fewer only at the end of the file.
[[nodiscard]] Result<std::string> read_at(const FileDescriptor& file, const std::string& path,
                                          std::uint64_t offset, std::size_t most_bytes);

/// Writes all of `bytes` at `offset`. After an error any part of them may stand in the file.
[[nodiscard]] Status write_at(const FileDescriptor& file, const std::string& path,
                              std::string_view bytes, std::uint64_t offset);

/// fdatasync(2). An error is always outcome_unknown: after it the kernel forgets which pages were
/// not written, so asking again would answer yes.
[[nodiscard]] Status sync_data(const FileDescriptor& file, const std::string& path);

/// Makes `directory` with mode 0700, durably, if it is absent; its parent must exist.
[[nodiscard]] Status make_directory(const std::string& directory);

/// Of what only its owner may read.
inline constexpr mode_t kPrivateFileMode = 0600;

/// Creates directory/name holding `bytes`, with exactly `mode`, durably. A crash leaves either the
/// whole file or none, and perhaps a hidden temporary file beside it (".<name>.<random>.tmp").
/// Errors: conflict (the name exists; it is left as it was), outcome_unknown (the file is there,
/// but its directory could not be synced).
[[nodiscard]] Status create_file(const std::string& directory, const std::string& name,
                                 std::string_view bytes, mode_t mode);

/// The same, whether or not the name is taken: whoever opens it finds the whole of what was there
/// or the whole of `bytes`.
[[nodiscard]] Status replace_file(const std::string& directory, const std::string& name,
                                  std::string_view bytes, mode_t mode);

/// An exclusive flock(2), asked for until `wait_ms` have passed; it goes with the descriptor.
/// Errors: locked, with `hint`.
[[nodiscard]] Status lock_exclusive(const FileDescriptor& file, const std::string& path,
                                    std::uint32_t wait_ms, std::string_view hint);

}  // namespace assay::keys
