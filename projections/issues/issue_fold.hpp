#pragma once

/// How each event changes an issue. Inner header of projections/issues.
/// Thread word: borrowed for the length of one event.

#include "projections/issues/issue_register.hpp"

namespace assay::projections {

class IssueFold {
 public:
  IssueFold(IssueRegister& issues, const RecordedEvent& event) : issues_(issues), event_(event) {}

  void operator()(const events::IssueRaised& event);
  void operator()(const events::IssueTriaged& event);
  void operator()(const events::IssueSeverityChanged& event);
  void operator()(const events::IssueScopeChanged& event);
  void operator()(const events::IssueAssigned& event);
  void operator()(const events::IssueAnalysed& event);
  void operator()(const events::IssueFixDelivered& event);
  void operator()(const events::IssueWorkaroundAgreed& event);
  void operator()(const events::IssueDeferred& event);
  void operator()(const events::IssueRejected& event);
  void operator()(const events::IssueDuplicated& event);
  void operator()(const events::RetestRecorded& event);
  void operator()(const events::IssueClosed& event);
  void operator()(const events::IssueReopened& event);
  void operator()(const events::IssueDisputed& event);
  void operator()(const events::IssueReferred& event);
  void operator()(const events::DisputeDetermined& event);

  /// Events that are not about issues.
  template <class Other>
  void operator()(const Other&) {}

 private:
  [[nodiscard]] Mark mark() const { return {event_.id, event_.party, event_.recorded_at}; }
  /// Null, and counted, when the issue was never raised.
  Issue* issue_of(const Identifier& issue);
  void unplaced();
  void flag(Issue& issue, IssueIrregularity code) const;
  /// Moves a live issue on to `next`; one that is over stays as it is until it is reopened.
  void move(Issue& issue, IssueState next) const;
  void note(Issue& issue, std::string text) const;

  IssueRegister& issues_;
  const RecordedEvent& event_;
};

}  // namespace assay::projections
