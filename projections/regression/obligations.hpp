#pragma once

/// What changes oblige to, per planned entry and kind of test (R1 to R5; MTAD 7, SVTAD 7), and how
/// far that has been done. Pure functions; the structs serialise to the JSON of
/// `assay state regression`.
///
/// Of several assessments that speak for a kind and an entry, the one that was recorded last counts
/// among those that both sides have signed. A cycle covers an entry when its commitment holds, it
/// counts for the kind, it names the change among those that it answers, it lists items of the
/// entry, and these passed since the first start that names the change; for a deployment, since the
/// build was there, too. What the cycle did not list is covered with it: which tests a regression
/// repeats is what both sides committed to.

#include "projections/regression/cycle_view.hpp"

namespace assay::projections {

/// From the one in which least is done to the one in which most is.
enum class ObligationState : std::uint8_t {
  unassessed,            ///< nobody said what the change affects
  awaiting_endorsement,  ///< one side said it
  regression_due,        ///< to be regressed, and no cycle that covers it was committed to
  items_open,            ///< a cycle was completed, but not every item passed
  under_way,
  discharged,
  no_regression_needed,
};
[[nodiscard]] constexpr bool is_open(ObligationState state) {
  return state < ObligationState::discharged;
}

struct Obligation {
  std::optional<Timestamp> assess_by;    ///< by policy; absent: before the exit
  std::optional<EventId> assessment;     ///< that counts, or that waits
  std::optional<Timestamp> assessed_at;  ///< when it took effect
  bool completed = false;  ///< the change came after a decision to exit: regression is due (R5)
  EventId change;
  ChangeKind change_kind = ChangeKind::build;
  std::vector<Identifier> cycles;  ///< that answer the change for this kind and entry
  events::TestKind kind = events::TestKind::mt;
  std::vector<Identifier> phases;
  Identifier planned_entry;
  ObligationState state = ObligationState::unassessed;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assess_by), CEREAL_NVP(assessed_at), CEREAL_NVP(assessment),
            CEREAL_NVP(change), CEREAL_NVP(change_kind), CEREAL_NVP(completed), CEREAL_NVP(cycles),
            CEREAL_NVP(kind), CEREAL_NVP(phases), CEREAL_NVP(planned_entry), CEREAL_NVP(state));
  }
};

/// All of them, in the order of planned entry, kind and change, as things stood at `until`.
[[nodiscard]] std::vector<Obligation> obligations(const Facts& facts, const Until& until = {});
/// What changed, in words: "build B2 of S1SP in ENV-1".
[[nodiscard]] std::string change_text(const Change& change);
/// Those that nothing has answered yet.
[[nodiscard]] std::vector<Obligation> open_obligations(const Facts& facts, const Until& until = {});

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::ObligationState>[] = {
    "UNASSESSED", "AWAITING_ENDORSEMENT", "REGRESSION_DUE",      "ITEMS_OPEN",
    "UNDER_WAY",  "DISCHARGED",           "NO_REGRESSION_NEEDED"};
}  // namespace assay
