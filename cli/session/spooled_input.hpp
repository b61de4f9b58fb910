#pragma once

/// Report files as they were named on the line. Standard input ("-") can be read only once, and a
/// report is read several times: it is put into a temporary file, which goes away with the object.
/// Thread word: thread-compatible.

#include "cli/app.hpp"

namespace assay::cli {

struct Report {
  std::string path;  ///< where its bytes are
  std::string name;  ///< how it was named; "standard-input" for "-"
};

class Reports {
 public:
  /// Errors: invalid_argument ("-" twice), limit, io, no_space.
  [[nodiscard]] static Result<Reports> open(const Run& run, const std::vector<std::string>& names);

  [[nodiscard]] const std::vector<Report>& list() const noexcept { return list_; }

  Reports(Reports&& other) noexcept;
  Reports& operator=(Reports&&) = delete;
  ~Reports();

 private:
  Reports() = default;
  [[nodiscard]] Status spool(std::istream& in);

  std::vector<Report> list_;
  std::string temporary_;  ///< empty: none
};

}  // namespace assay::cli
