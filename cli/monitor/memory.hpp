#pragma once

/// What a monitor remembers from run to run, beside its pin: a file of its own that nothing is
/// believed from but what is shown again. Thread word: thread-compatible.

#include <optional>

#include "cli/monitor/observation.hpp"
#include "ledger/base/error.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::cli {

struct MonitorMemory {
  merkle::TreeHead head;  ///< that the findings are of
  std::string origin;
  Timestamp last_success;
  Timestamp newest;
  std::vector<FindingCount> findings;
};

[[nodiscard]] inline std::string memory_file_of(const std::string& pin_file) {
  return pin_file + ".monitor";
}

/// One line of JSON.
[[nodiscard]] std::string format_memory(const MonitorMemory& memory);
/// Nothing where the text is none that format_memory wrote.
[[nodiscard]] std::optional<MonitorMemory> parse_memory(std::string_view text);

}  // namespace assay::cli
