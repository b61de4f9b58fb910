#include "projections/rulebook/rulebook.hpp"

namespace assay::projections {

void Rulebook::apply(const RecordedEvent& event, Stage stage) {
  static_cast<void>(event);
  static_cast<void>(stage);
}

}  // namespace assay::projections
