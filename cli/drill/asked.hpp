#pragma once

/// Verifiers, asked about a damaged copy of a log. Thread word: thread-compatible.

#include <string>
#include <vector>

#include "cli/app.hpp"
#include "ledger/verify/claims.hpp"

namespace assay::cli {

/// What a verifier said of a damaged copy.
struct Found {
  std::vector<std::string> claims;  ///< that failed
  std::string message;              ///< of the first
  int exit_code = 0;
  bool caught = false;  ///< by the claim that must find it, with a code of evidence
};

/// What `assay verify PLACE --pin PIN` says of it. A copy that cannot even be opened is caught
/// where the error is one of evidence.
[[nodiscard]] Found verify_copy(const Run& run, const std::string& place, const std::string& pin,
                                verify::Claim expected);

/// What verify.sh, which lies at `script`, says of it: a program that shares no code with this one.
/// It does not know which claim is meant, so any code of evidence counts as caught.
/// Errors: those of run_child.
[[nodiscard]] Result<Found> ask_script(const std::string& script, const std::string& log_id,
                                       const std::string& place);

}  // namespace assay::cli
