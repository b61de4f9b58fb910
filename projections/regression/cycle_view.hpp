#pragma once

/// What a regression cycle amounts to: which of its items passed since it started. Pure functions;
/// the structs serialise to the JSON of `assay state regression`.

#include "projections/regression/attempts.hpp"

namespace assay::projections {

enum class CycleState : std::uint8_t {
  listed,
  awaiting_endorsement,
  ready,
  running,
  completed,
};

struct CycleItemView {
  std::optional<EventId> event;  ///< the result that decides
  CycleItem item;
  ItemOutcome outcome = ItemOutcome::not_run;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(item), CEREAL_NVP(outcome));
  }
};

struct CycleView {
  std::optional<EventId> completed;
  std::optional<Identifier> document;
  std::map<CycleIrregularity, Tally> irregularities;
  std::vector<CycleItemView> items;
  std::set<events::TestKind> kinds;
  std::uint64_t passed = 0;
  Identifier regression;
  CycleState state = CycleState::listed;
  std::set<EventId> triggers;
  /// A commitment that both sides signed and that is to these very items, none listed after it;
  /// without one it covers nothing.
  bool valid = false;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(completed), CEREAL_NVP(document), CEREAL_NVP(irregularities),
            CEREAL_NVP(items), CEREAL_NVP(kinds), CEREAL_NVP(passed), CEREAL_NVP(regression),
            CEREAL_NVP(state), CEREAL_NVP(triggers), CEREAL_NVP(valid));
  }
  /// True when it lists items of the place, and all of them passed.
  [[nodiscard]] bool covers(const Place& place) const;
  [[nodiscard]] bool lists(const Place& place) const;
};

/// The cycle as it answers one change, which `same` names too (impact_map.hpp): with what passed
/// since the first start that names it. What ran for another change, before anybody named this one,
/// says nothing of it; nor does what ran before the deployment, where a fix was named and its build
/// came later.
[[nodiscard]] CycleView answer_to(const EventId& change, const std::set<EventId>& same,
                                  const CycleView& cycle, const PhaseBoard& board,
                                  const Regression& state, const Until& until);
/// In the order of their ids.
[[nodiscard]] std::vector<CycleView> view_cycles(const PhaseBoard& board, const Regression& state,
                                                 const Until& until = {});

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::CycleState>[] = {
    "LISTED", "AWAITING_ENDORSEMENT", "READY", "RUNNING", "COMPLETED"};
}  // namespace assay
