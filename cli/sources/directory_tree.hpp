#pragma once

/// A directory as a tree of files to verify. It may have come from anybody: no link is followed,
/// nothing but plain files is read, and a file that is too large is refused before it is read.
/// Thread word: thread-safe.

#include "keys/posix_file.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::cli {

class DirectoryTree final : public verify::FileTree {
 public:
  /// Errors: not_found, invalid_argument (not a directory), io.
  [[nodiscard]] static Result<DirectoryTree> open(const std::string& path);

  [[nodiscard]] Status stream(const std::string& name, std::uint64_t size_max_bytes,
                              const PieceSink& sink) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const override;
  [[nodiscard]] bool is_folder(const std::string& name) const;

 private:
  explicit DirectoryTree(keys::FileDescriptor folder) : folder_(std::move(folder)) {}
  keys::FileDescriptor folder_;
};

/// True for a directory that has what a published log has at its top.
[[nodiscard]] bool looks_published(const std::string& path);

}  // namespace assay::cli
