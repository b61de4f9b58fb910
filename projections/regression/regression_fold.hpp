#pragma once

/// How each event changes the state: one visitor, its functions in two files by theme
/// (regression.cpp: changes and assessments; fold_cycles.cpp). Inner header of
/// projections/regression. Thread word: borrowed for the length of one event.

#include "projections/regression/regression.hpp"

namespace assay::projections {

class RegressionFold {
 public:
  RegressionFold(Regression& state, const RecordedEvent& event, Stage stage)
      : state_(state), event_(event), stage_(stage) {}

  void operator()(const events::DeviceModelRegistered& event);
  void operator()(const events::DeviceModelRegisteredV2& event) {
    (*this)(static_cast<const events::DeviceModelRegistered&>(event));
  }
  void operator()(const events::DmcDefined& event);
  void operator()(const events::BuildDeployed& event);
  void operator()(const events::IssueFixDelivered& event);
  void operator()(const events::ImpactAssessed& event);

  void operator()(const events::RegressionItemsListed& event);
  void operator()(const events::RegressionScopeBaselined& event);
  void operator()(const events::RegressionStarted& event);
  void operator()(const events::RegressionCompleted& event);

  /// Events that change nothing here.
  template <class Other>
  void operator()(const Other&) {}

 private:
  [[nodiscard]] Mark mark() const { return {event_.id, event_.party, event_.recorded_at}; }
  void unplaced();

  Regression& state_;
  const RecordedEvent& event_;
  Stage stage_;
};

}  // namespace assay::projections
