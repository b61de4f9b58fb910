#pragma once

/// The rules by which one case gets its one verdict, and the words for each rule. Pure.
///
/// The worst of what a case holds counts (failed, then error, then skipped, then passed), but for
/// what tools are known to mean otherwise. Every departure is a reading with a code, so that a
/// summary can say how often it was made, and where first.

#include <optional>
#include <string_view>
#include <vector>

#include "cli/import/junit_model.hpp"
#include "cli/import/junit_plan.hpp"

namespace assay::import {

struct Verdict {
  JunitOutcome outcome = JunitOutcome::passed;
  bool left_out = false;                   ///< no result at all: a phantom
  std::vector<std::string_view> readings;  ///< choices made, by code
  std::vector<std::string_view> warnings;  ///< contradictions met, by code
};

[[nodiscard]] Verdict judge(const JunitCase& found, const JunitDialect& dialect, CaseFate fate);

/// One sentence for a code of `judge`; a code that it does not know is a bug and aborts.
[[nodiscard]] std::string_view sentence_of(std::string_view code);

/// What attributes such as status="notrun" or result="failed" say; empty where they say nothing, or
/// that the case passed.
[[nodiscard]] std::optional<JunitOutcome> stated_outcome(const JunitCase& found);

/// A failed case that is no test: a hook, a class's set-up, a file that did not load.
[[nodiscard]] bool is_pseudo_case(const JunitCase& found, const JunitDialect& dialect);

/// jest-junit's record of a file that did not load, which it may write twice.
[[nodiscard]] bool is_load_failure_of_jest(const JunitCase& found) noexcept;

/// A skip that says "known to fail": todo, xfail, Catch2's !mayfail.
[[nodiscard]] bool expects_failure(const JunitDetail& skip) noexcept;

}  // namespace assay::import
