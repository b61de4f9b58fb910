#pragma once

/// How far long work is, for whoever waits: a bar where standard error is a terminal, else a line
/// every ten seconds, so that a log says that something goes on and does not fill up. With
/// --progress-fd N a program is told, one JSON object a line:
///
///   {"type":"progress","what":"verifying","done":20480,"total":2000000}
///
/// Thread word: thread-compatible.

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
  [[nodiscard]] std::uint64_t seconds_left(const Timestamp& now, std::uint64_t done) const;
  void draw_bar(const Timestamp& now, std::uint64_t done);
  void print_line(const Timestamp& now, std::uint64_t done);
  void tell_program(const Timestamp& now, std::uint64_t done);

  Timestamp drawn_;
  Timestamp told_;
  std::uint64_t done_ = 0;
  bool shown_ = false;
};

}  // namespace assay::cli
