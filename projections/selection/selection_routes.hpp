#pragma once

/// The routes by which a DMC is selected, or takes another's place. A route is data: its steps, and
/// the conditions under which it is open. Here a selection is held against them. Thread word: pure
/// functions.

#include "projections/fold/programme_fold.hpp"
#include "projections/selection/selection.hpp"

namespace assay::projections {

/// On what a selection or substitution says that it rests.
struct SelectionGround {
  EventId at;  ///< the selection itself; what was recorded after it does not count
  std::optional<Identifier> consultation;
  std::optional<EventId> position;
};

struct StepAnswer {
  std::vector<EventId> events;
  events::RouteStep step = events::RouteStep::consult_tag;
  std::string text;  ///< why
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(step), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

/// A step that consults is met by the consultation that is named, if it asked that audience and had
/// closed before; TAG is also consulted where a position of TAG is named. A position is met by one
/// that was recorded before, whatever it says.
[[nodiscard]] std::vector<StepAnswer> answer_steps(const Facts& facts,
                                                   const std::vector<events::RouteStep>& steps,
                                                   const SelectionGround& ground);
[[nodiscard]] bool all_met(const std::vector<StepAnswer>& steps);

/// Why a route is not open to a substitution.
enum class RouteObstacle : std::uint8_t {
  no_such_route,
  disabled,
  release_outside,
  difference_outside,
  difference_unknown,
  not_deselected,
  not_during_test_phase,
  during_test_phase,
};

/// What is computed of a substitution, and what a route is held against.
struct SubstitutionFacts {
  std::optional<std::vector<std::string>> differing_fields;
  std::optional<bool> during_test_phase;  ///< absent where the old DMC was not de-selected
  Identifier release;
};

struct RouteAnswer {
  bool enabled = false;
  std::string legal_basis;  ///< "SMETS1 SVTAD 13.11, withdrawn_before_effect"
  std::vector<RouteObstacle> obstacles;
  bool open = false;
  std::vector<std::string> reasons;  ///< one sentence an obstacle
  Identifier route;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(enabled), CEREAL_NVP(legal_basis), CEREAL_NVP(obstacles), CEREAL_NVP(open),
            CEREAL_NVP(reasons), CEREAL_NVP(route));
  }
};

/// Every obstacle, not only the first.
[[nodiscard]] RouteAnswer answer_route(const events::SubstitutionRoute& route,
                                       const SubstitutionFacts& facts);
/// For a route that the policy does not have.
[[nodiscard]] RouteAnswer no_such_route(const Identifier& route);

/// The name of the route that every selection policy has.
inline constexpr std::string_view kDefaultRoute = "default";

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::RouteObstacle>[] = {
    "no_such_route",      "disabled",       "release_outside",       "difference_outside",
    "difference_unknown", "not_deselected", "not_during_test_phase", "during_test_phase"};
}  // namespace assay
