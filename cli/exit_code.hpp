#pragma once

/// The exit codes, stable for ever: below 10 something about the run, from 10 something about the
/// evidence, 16 "could not check". `assay help exit-codes` prints this table.

#include <span>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::cli {

enum class ExitCode : std::uint8_t {
  done = 0,
  internal = 1,
  usage = 2,
  not_found = 3,
  conflict = 4,
  rejected = 5,
  locked = 6,
  key = 7,
  gate_not_met = 8,
  hash = 10,
  order = 11,
  signature = 12,
  forked = 13,
  projection = 14,
  evidence = 15,
  incomplete = 16,
};

[[nodiscard]] ExitCode exit_code_of(Errc code) noexcept;

struct ExitCodeRow {
  ExitCode code;
  std::string_view meaning;
};
[[nodiscard]] std::span<const ExitCodeRow> exit_code_table() noexcept;

}  // namespace assay::cli
