#pragma once

/// What `record` and `draft` share: where events come from.

#include "cli/app.hpp"

namespace assay::cli {

struct EventOptions {
  std::string type;
  std::vector<std::string> pairs;
  std::string file;
  std::string occurred_at;
  std::vector<std::string> expect;
  std::string submission_id;
  bool stream = false;
};

void add_event_options(CLI::App* command, EventOptions& options);

/// Options that contradict each other. Errors: invalid_argument.
[[nodiscard]] Status check_event_options(const EventOptions& options);
/// Canonical events, in order. Errors: those of check_event_options; malformed (with file and
/// line), rejected (an unknown type), not_found.
[[nodiscard]] Result<std::vector<std::string>> read_events(const Run& run,
                                                           const EventOptions& options);
/// `--expect SUBJECT=SIZE`. Errors: invalid_argument.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::uint64_t>>> read_expectations(
    const EventOptions& options);

}  // namespace assay::cli
