#pragma once

/// What one run of the monitor saw, and how it is told to Prometheus. Thread word: plain values and
/// pure functions.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/time.hpp"
#include "ledger/verify/report.hpp"

namespace assay::cli {

/// Findings of one rule.
struct FindingCount {
  std::string rule;
  std::string severity;
  std::uint64_t standing = 0;
  std::uint64_t waived = 0;
};

struct Observation {
  std::string log;  ///< as it was named to the run: a directory or an address
  std::string origin;
  Timestamp ran_at;
  std::uint64_t run_ms = 0;
  int exit_code = 0;

  // The rest is what was verified; where the run could not look, what an earlier one had.
  std::optional<Timestamp> last_success;
  std::uint64_t entries = 0;
  std::uint64_t new_entries = 0;
  std::optional<Timestamp> newest;  ///< when the last entry was recorded
  std::vector<FindingCount> findings;

  /// Absent where the run could not look.
  std::optional<std::array<verify::Verdict, verify::kClaims>> verdicts;
};

/// In Prometheus' text exposition format 0.0.4, for its node exporter's textfile collector. Times
/// are seconds since 1970; label values are escaped.
[[nodiscard]] std::string prometheus_text(const Observation& seen);

}  // namespace assay::cli
