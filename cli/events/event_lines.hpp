#pragma once

/// Events that a producer writes one JSON object a line, taken as they come: what is there already
/// makes one batch, and nothing waits for a line that has not been written yet. A producer that
/// runs for hours so gets each event recorded within a moment, and one that is fast gets many in
/// one submission. Thread word: thread-compatible.

#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/time.hpp"

namespace assay::cli {

class EventLines {
 public:
  /// `in` is borrowed; `name` is what messages call it.
  EventLines(std::istream& in, std::string name) : in_(in), name_(std::move(name)) {}

  /// Waits for a line, and takes the ones behind it as far as they are there, at most 600,000 bytes
  /// of canonical events. Empty at the end, and after a line that is no event. `now` stands in for
  /// a missing occurred_at. Blank lines are passed over; a line has at most 57,344 bytes.
  [[nodiscard]] std::vector<std::string> next(const std::function<Timestamp()>& now);

  /// Why the lines ended before the stream did, with the line's number.
  [[nodiscard]] const std::optional<Error>& problem() const noexcept { return problem_; }

 private:
  /// The next line without its end; nothing at the end of the stream, or with a problem.
  [[nodiscard]] std::optional<std::string> line();

  std::istream& in_;
  std::string name_;
  std::size_t number_ = 0;
  std::optional<Error> problem_;
};

}  // namespace assay::cli
