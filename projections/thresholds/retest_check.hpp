#pragma once

/// Whether a fix was tested where it matters. Pure functions of the states.

#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"

namespace assay::projections {

/// Which build came after which, as far as deployments tell: builds are names, and nothing in a
/// name says what is newer. Borrows nothing.
class BuildOrder {
 public:
  explicit BuildOrder(const PhaseBoard& board);
  /// True when `build` is `fix`, or was first seen after it as the same component of the same
  /// environment. A build that was rolled back to is not newer than what it replaced.
  [[nodiscard]] bool is_at_least(const std::string& build, const std::string& fix) const;

 private:
  /// By environment and component: builds in the order in which they were first seen.
  std::map<std::pair<Identifier, std::string>, std::vector<std::string>> seen_;
};

/// The affected planned entries on which no retest passed on the build of the last fix or on a
/// later one. Empty when all is well. Where no fix names its build, any retest after the issue was
/// raised does. That an imported result passed is taken from the retest's record.
[[nodiscard]] std::vector<Identifier> entries_without_retest(const PhaseBoard& board,
                                                             const BuildOrder& order,
                                                             const Issue& issue);

}  // namespace assay::projections
