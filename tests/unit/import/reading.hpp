#pragma once

/// Reads a report in one call and keeps everything, for tests. A failed read leaves `error`.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/junit_reader.hpp"

namespace assay::import {

struct Reading {
  std::vector<JunitCase> cases;
  JunitSummary summary;
  std::optional<Error> error;

  [[nodiscard]] std::string outcomes() const {
    std::string letters;
    for (const JunitCase& c : cases) letters += "PSEF"[static_cast<std::size_t>(c.outcome)];
    return letters;
  }
};

class Collector final : public JunitSink {
 public:
  explicit Collector(std::vector<JunitCase>& cases) : cases_(cases) {}
  Status on_case(const JunitCase& found) override {
    cases_.push_back(found);
    return {};
  }

 private:
  std::vector<JunitCase>& cases_;
};

inline Reading read(std::string_view xml, const JunitOptions& options = {}) {
  Reading reading;
  Collector sink(reading.cases);
  Result<JunitSummary> summary = read_junit(xml, options, sink);
  if (summary) {
    reading.summary = *std::move(summary);
  } else {
    reading.error = std::move(summary).error();
  }
  return reading;
}

inline Reading read_repaired(std::string_view xml) {
  JunitOptions options;
  options.repair = true;
  return read(xml, options);
}

/// How often a note of that code was made.
inline std::uint64_t times(const std::vector<JunitNote>& notes, std::string_view code) {
  std::uint64_t sum = 0;
  for (const JunitNote& note : notes) sum += note.code == code ? note.count : 0;
  return sum;
}

}  // namespace assay::import
