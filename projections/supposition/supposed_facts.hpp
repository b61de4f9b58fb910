#pragma once

/// The states as they would be under a supposition: the rulebook changes, and severities where
/// downgrades are not believed; everything else that was recorded stands. Thread word:
/// thread-compatible; borrows the facts and owns what is supposed.

#include "projections/fold/programme_fold.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/supposition/supposed_rulebook.hpp"

namespace assay::projections {

/// The register without the downgrades that were recorded within the hours before `cutoff`.
[[nodiscard]] IssueRegister without_downgrades(const IssueRegister& issues, std::uint64_t hours,
                                               Timestamp cutoff);

class SupposedFacts {
 public:
  SupposedFacts(const Facts& as_is, const Supposition& supposition);
  SupposedFacts(const SupposedFacts&) = delete;
  SupposedFacts& operator=(const SupposedFacts&) = delete;

  /// Borrowed from this object, and from what the facts were borrowed from.
  [[nodiscard]] Facts facts() const;
  [[nodiscard]] const SupposedRulebook& rulebook() const noexcept { return rulebook_; }

 private:
  const Facts as_is_;
  SupposedRulebook rulebook_;
  std::optional<IssueRegister> issues_;  ///< absent: as they are
};

}  // namespace assay::projections
