#pragma once

/// Timestamps as an answer shows them. Thread word: thread-compatible.

#include "cli/app.hpp"
#include "cli/time/kept_timestamps.hpp"

namespace assay::cli {

/// One verdict over all: failed where one failed, else proved where one is.
[[nodiscard]] verify::Verdict time_verdict(const std::vector<JudgedTimestamp>& all);

/// One timestamp as a member of an answer.
[[nodiscard]] Json timestamp_json(const JudgedTimestamp& judged);

/// The section `time` of an answer, as text and as the member `time`. It says nothing where no
/// timestamp is kept and nobody asked.
void show_times(const Run& run, const std::vector<JudgedTimestamp>& all, bool asked);

/// The exit code of a verification that ended with `code`: a timestamp that failed is 12, and where
/// trusted authorities were named and none of them is proved to have stamped anything, 16.
[[nodiscard]] int exit_code_with_times(int code, const std::vector<JudgedTimestamp>& all,
                                       bool asked);

}  // namespace assay::cli
