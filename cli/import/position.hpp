#pragma once

/// Where something stands in a file. Plain value.

#include <compare>
#include <cstdint>

namespace assay::import {

struct Position {
  std::uint64_t offset_bytes = 0;  ///< from the start of the file, 0-based
  std::uint64_t line = 1;          ///< 1-based
  std::uint64_t column = 1;        ///< 1-based, in characters

  auto operator<=>(const Position&) const = default;
};

}  // namespace assay::import
