#pragma once

/// Sets of ids as states keep them. Thread word: pure.

#include <set>

#include "ledger/format/values.hpp"

namespace assay::projections {

[[nodiscard]] inline std::set<Identifier> set_of(const IdentifierSet& ids) {
  return {ids.ids.begin(), ids.ids.end()};
}

}  // namespace assay::projections
