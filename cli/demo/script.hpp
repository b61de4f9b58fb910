#pragma once

/// The demo as what it is: a list of commands that a person could type, with what they read from
/// standard input. Everything in it is invented. Pure.

#include <string>
#include <vector>

namespace assay::cli {

struct DemoStep {
  std::string title;                   ///< what happens, for the reader; empty: goes on
  std::vector<std::string> arguments;  ///< of `assay`
  std::string input;                   ///< standard input
  int exit_code = 0;                   ///< that it must end with
};

/// What the demo says was said in a meeting: the bytes of the file `minutes` in it.
extern const char* const kDemoMinutes;

/// `reports`: the folder with the report files. `minutes`: a file that holds kDemoMinutes.
[[nodiscard]] std::vector<DemoStep> demo_script(const std::string& ledger,
                                                const std::string& reports,
                                                const std::string& minutes);

}  // namespace assay::cli
