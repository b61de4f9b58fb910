#include "projections/completion/completion.hpp"

namespace assay::projections {

void Completion::apply(const RecordedEvent& event, Stage stage) {
  static_cast<void>(event);
  static_cast<void>(stage);
}

}  // namespace assay::projections
