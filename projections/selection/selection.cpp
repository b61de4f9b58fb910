#include "projections/selection/selection.hpp"

namespace assay::projections {

void Selection::apply(const RecordedEvent& event, Stage stage) {
  static_cast<void>(event);
  static_cast<void>(stage);
}

}  // namespace assay::projections
