#pragma once

/// The directory that a log is published to, as it is written. A file appears under its name whole
/// or not at all, and only once its bytes are on the disk; a file that never changes is written
/// once and compared ever after. Readers look at the directory all the while, so the order of the
/// calls is the order in which they see things.
///
/// Files are made in the folder `.new`, which no reader looks at, and renamed from there. No link
/// is followed. In a trial nothing is written, and the counts say what would have been. Thread
/// word: thread-compatible.

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "keys/posix_file.hpp"
#include "ledger/base/error.hpp"

namespace assay::cli {

class PublishFolder {
 public:
  struct Counts {
    std::uint64_t written = 0;
    std::uint64_t written_size_bytes = 0;
    std::uint64_t unchanged = 0;
  };
  using Pieces = std::function<Status(const std::function<Status(std::string_view piece)>& sink)>;

  /// Makes `path` where it is absent, not its parent, and keeps other publishers out of it.
  /// Errors: not_found (the parent), invalid_argument (not a folder), locked, io.
  [[nodiscard]] static Result<PublishFolder> open(const std::string& path, bool dry_run);

  /// A file that never changes. Errors: conflict (it is there with other bytes, or is no plain
  /// file; it is left as it was), io, no_space.
  [[nodiscard]] Status place(const std::string& name, std::string_view bytes);
  /// The same for one that is named by its digest and may be large: where it is there with
  /// `size_bytes`, it is not read. Errors: also those of `pieces`.
  [[nodiscard]] Status place_large(const std::string& name, std::uint64_t size_bytes,
                                   const Pieces& pieces);
  /// A file that may change. One with these bytes is left alone. Errors: as above.
  [[nodiscard]] Status replace(const std::string& name, std::string_view bytes);
  /// Everything so far is on the disk, with its names. Errors: io.
  [[nodiscard]] Status settle();

  ~PublishFolder();
  PublishFolder(PublishFolder&&) noexcept = default;
  PublishFolder& operator=(PublishFolder&&) = delete;

  /// What is there. Errors: not_found, limit, rejected, io.
  [[nodiscard]] Result<std::string> read(const std::string& name, std::size_t size_max_bytes) const;
  [[nodiscard]] bool has(const std::string& name) const;

  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }
  /// Where the folder is not there yet, which only a trial meets.
  [[nodiscard]] bool absent() const noexcept { return folder_.get() < 0; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  PublishFolder(std::string path, bool dry_run) : path_(std::move(path)), dry_run_(dry_run) {}
  [[nodiscard]] Result<std::optional<std::uint64_t>> size_of(const std::string& name) const;
  [[nodiscard]] Status write(const std::string& name, const Pieces& pieces);
  [[nodiscard]] Status clear_unfinished();
  [[nodiscard]] Error other_bytes(const std::string& name) const;

  std::string path_;
  bool dry_run_;
  keys::FileDescriptor folder_;
  keys::FileDescriptor unfinished_;  // .new
  std::set<std::string> touched_;    // folders with new names, "" for the top
  Counts counts_;
};

}  // namespace assay::cli
