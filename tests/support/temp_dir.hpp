#pragma once

/// A directory of its own, removed with everything in it.

#include <cstdlib>
#include <filesystem>
#include <string>

#include "ledger/base/error.hpp"

namespace assay::testing {

class TempDir {
 public:
  /// Under `parent`, or the system's folder for temporary files.
  explicit TempDir(const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::filesystem::create_directories(parent);
    std::string name = (parent / "assay-XXXXXX").string();
    ASSAY_ASSERT(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string path() const { return path_.string(); }
  /// A name inside it.
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace assay::testing
