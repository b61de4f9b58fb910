#pragma once

/// Where an issue counts: the phase that it was raised in, the planned entries that it affects
/// there, and the kinds of test that its runs count for. An issue that ends a chain of duplicates
/// counts also where they do, so that calling an issue a duplicate never makes it affect less.
/// Thread word: plain values, borrowed from the states.

#include "ledger/events/policies/threshold.hpp"
#include "projections/fold/programme_fold.hpp"
#include "projections/issues/issue_register.hpp"

namespace assay::projections {

struct IssuePlace {
  std::set<Identifier> groups;  ///< as the raiser named them; empty: those of the entries
  Identifier phase;
  std::set<Identifier> planned_entries;
  std::set<events::TestKind> run_kinds;  ///< what its runs and results count for
};

struct IssueReach {
  std::vector<Identifier> duplicates;  ///< that end in this one, in the order of their ids
  Identifier id;
  const Issue* issue = nullptr;
  bool open = false;                     ///< its state counts as open under the policy
  std::vector<IssuePlace> places;        ///< its own first
  std::optional<Identifier> counted_by;  ///< set on a duplicate: the issue that counts for it
};

/// Every issue of the register, in the order of their ids. What fails closed here:
///   an issue that names no planned entry affects every entry of its phase;
///   a disputed issue, where the policy does not list DISPUTED, counts as in the state beneath;
///   a duplicate whose chain ends in nothing counts as open.
[[nodiscard]] std::vector<IssueReach> reach_of_issues(const Facts& facts,
                                                      const events::ThresholdPolicy& policy);

}  // namespace assay::projections
