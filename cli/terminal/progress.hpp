#pragma once

/// A progress bar on standard error, on a terminal only; in a log, nothing. Thread word:
/// thread-compatible.

#include "cli/app.hpp"

namespace assay::cli {

class Progress {
 public:
  /// `what` is being done to `total` things.
  Progress(const Run& run, std::string what, std::uint64_t total);
  void update(std::uint64_t done);
  /// Takes the bar away.
  void finish();
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  const Run& run_;
  std::string what_;
  std::uint64_t total_;
  Timestamp started_;
  Timestamp drawn_;
  bool shown_ = false;
};

}  // namespace assay::cli
