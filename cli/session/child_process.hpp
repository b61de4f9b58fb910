#pragma once

/// Another program, run to its end for what it prints. No shell is involved. Thread word:
/// thread-safe.

#include <string>
#include <vector>

#include "ledger/base/error.hpp"

namespace assay::cli {

struct ChildAnswer {
  int exit_code = 0;   ///< -1 where a signal ended it
  std::string output;  ///< all that it printed on standard output
};

/// The first of the arguments is the program, looked for in the PATH. Its standard error and input
/// are ours. Errors: not_found (no such program), limit (it prints more than that), io.
[[nodiscard]] Result<ChildAnswer> run_child(const std::vector<std::string>& arguments,
                                            std::size_t output_size_max_bytes);

}  // namespace assay::cli
