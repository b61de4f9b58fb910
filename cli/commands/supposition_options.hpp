#pragma once

/// The options by which `assay what-if` is told what to suppose. Thread word: plain values.

#include "cli/app.hpp"
#include "projections/supposition/supposed_rulebook.hpp"

namespace assay::cli {

struct SuppositionOptions {
  std::vector<std::string> rulebooks;
  std::string reading;
  std::string counting;
  std::string severity_at;
  std::string carry_over;
  std::string deselected;
  std::optional<std::uint64_t> untriaged_as;
  std::optional<std::uint64_t> downgrades_ignored_hours;
};

void add_supposition_options(CLI::App* command, SuppositionOptions& options);

/// What is supposed, and in `said` the same for the answer in JSON. Errors: invalid_argument
/// (nothing is supposed), those of reading rulebook files.
[[nodiscard]] Result<projections::Supposition> suppose_from(Run& run,
                                                            const SuppositionOptions& options,
                                                            Json& said);

}  // namespace assay::cli
