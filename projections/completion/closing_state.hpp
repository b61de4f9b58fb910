#pragma once

/// What became of a planned entry after the exit from a phase was decided for it (domain states
/// COMPLETED, COMPLETED_CLEAN and REGRESSION_DUE). Pure functions.

#include "projections/completion/completion.hpp"
#include "projections/regression/obligations.hpp"

namespace assay::projections {

enum class ClosingState : std::uint8_t {
  not_exited,
  regression_due,   ///< a later change fell on it, and nothing has answered that yet
  conditions_open,  ///< exited with conditions, and work-off items of the phase are not completed
  clean,
};

/// `open` is open_obligations(facts), worked out once for all places.
[[nodiscard]] ClosingState closing_state(const Facts& facts, const Place& place,
                                         const std::vector<Obligation>& open);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::ClosingState>[] = {
    "NOT_EXITED", "REGRESSION_DUE", "CONDITIONS_OPEN", "CLEAN"};
}  // namespace assay
