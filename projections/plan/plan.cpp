#include "projections/plan/plan.hpp"

namespace assay::projections {

void Plan::apply(const RecordedEvent& event, Stage stage) {
  static_cast<void>(event);
  static_cast<void>(stage);
}

}  // namespace assay::projections
