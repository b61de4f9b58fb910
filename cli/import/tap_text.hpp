#pragma once

/// Finds the test points in TAP text (Test Anything Protocol 12 to 14) that a tool left inside a
/// report, piece by piece. Pure, thread-compatible; memory: one line and 16 bytes a point.
///
/// Only points at the left margin count; indented ones belong to a subtest, whose own point
/// follows. A "#" behind a backslash starts no directive. It reads what is there and judges
/// nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::import {

enum class TapDirective : std::uint8_t { none, skip, todo };

struct TapPoint {
  std::uint64_t number = 0;  ///< as written, else the place in the stream, 1-based
  bool ok = false;
  TapDirective directive = TapDirective::none;
};

class TapText {
 public:
  /// Pieces may be cut anywhere.
  void feed(std::string_view text);
  /// The text has ended: the last line counts too.
  void finish();

  [[nodiscard]] const std::vector<TapPoint>& points() const noexcept { return points_; }
  /// How many points the plan "1..N" announces.
  [[nodiscard]] std::optional<std::uint64_t> planned() const noexcept { return planned_; }
  [[nodiscard]] bool bailed_out() const noexcept { return bailed_out_; }

 private:
  void take_line(std::string_view line);

  std::string line_;
  std::vector<TapPoint> points_;
  std::optional<std::uint64_t> planned_;
  bool bailed_out_ = false;
};

/// The number that a description begins with ("7 - joins HAN", "9"); 0 if there is none.
[[nodiscard]] std::uint64_t leading_number(std::string_view text) noexcept;

}  // namespace assay::import
