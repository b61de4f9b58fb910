#include "projections/regression/regression.hpp"

namespace assay::projections {

void Regression::apply(const RecordedEvent& event, Stage stage) {
  static_cast<void>(event);
  static_cast<void>(stage);
}

}  // namespace assay::projections
