#pragma once

/// The history of the choice of a DMC: by which route it was selected, when and by whom it was
/// de-selected and with which results outstanding, what took its place by which route, and whether
/// each route of the policy would have been open. Differences and moments are computed; what an
/// author said of them stands beside. Thread word: pure functions.

#include "projections/selection/course.hpp"
#include "projections/selection/dmc_life.hpp"
#include "projections/selection/results_left.hpp"
#include "projections/selection/selection_policy.hpp"
#include "projections/selection/selection_routes.hpp"

namespace assay::projections {

struct SelectionView {
  std::vector<Identifier> appeals;  ///< against it
  DmcSelection details;
  std::set<events::TestKind> kinds_served;  ///< by the policy then in force
  std::optional<PolicyUsed> policy;
  std::vector<StepAnswer> steps;  ///< of the default route
  std::string text;               ///< why the verdict is not met or undetermined
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(appeals), CEREAL_NVP(details), CEREAL_NVP(kinds_served), CEREAL_NVP(policy),
            CEREAL_NVP(steps), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

struct DeselectionView {
  DmcDeselection details;
  bool during_phase = false;         ///< as computed
  std::vector<ResultsLeft> results;  ///< of its planned entries, as they stand
  std::vector<UnderTest> under_test;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(details), CEREAL_NVP(during_phase), CEREAL_NVP(results),
            CEREAL_NVP(under_test));
  }
};

struct SubstitutionView {
  DmcSubstitution details;
  std::optional<std::vector<std::string>> differing_fields;  ///< as computed
  std::optional<bool> during_phase;  ///< the de-selection before it; absent where there was none
  bool fields_agree = false;         ///< as said and as computed
  Identifier old_dmc;
  std::optional<PolicyUsed> policy;
  std::optional<RouteAnswer> route;  ///< that it says it took; absent for the default route
  std::vector<RouteAnswer> routes;   ///< every route of the policy: would it have been open?
  std::vector<StepAnswer> steps;     ///< of the route taken
  std::string text;
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(details), CEREAL_NVP(differing_fields), CEREAL_NVP(during_phase),
            CEREAL_NVP(fields_agree), CEREAL_NVP(old_dmc), CEREAL_NVP(policy), CEREAL_NVP(route),
            CEREAL_NVP(routes), CEREAL_NVP(steps), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

struct AppealView {
  Identifier appeal;
  SelectionAppeal details;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(appeal), CEREAL_NVP(details));
  }
};

struct DmcInRelease {
  Identifier release;
  std::set<events::TestKind> selected_kinds;
  DmcState state = DmcState::defined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(release), CEREAL_NVP(selected_kinds), CEREAL_NVP(state));
  }
};

struct DmcHistory {
  std::vector<AppealView> appeals;
  Identifier comms_provider;
  std::vector<DeselectionView> deselections;
  std::vector<Identifier> device_models;
  Identifier dmc;
  std::vector<Identifier> planned_entries;
  std::vector<PpclRequest> ppcl_requests;
  std::vector<DmcProposal> proposals;
  std::vector<DmcInRelease> releases;
  std::vector<SubstitutionView> replaced_by;
  std::vector<SubstitutionView> replaces;
  std::vector<SelectionView> selections;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(appeals), CEREAL_NVP(comms_provider), CEREAL_NVP(deselections),
            CEREAL_NVP(device_models), CEREAL_NVP(dmc), CEREAL_NVP(planned_entries),
            CEREAL_NVP(ppcl_requests), CEREAL_NVP(proposals), CEREAL_NVP(releases),
            CEREAL_NVP(replaced_by), CEREAL_NVP(replaces), CEREAL_NVP(selections));
  }
};

/// DMCs that were defined, or about whose choice something was said.
[[nodiscard]] std::vector<Identifier> known_dmcs(const Facts& facts);
/// Absent for a DMC of which the log says nothing.
[[nodiscard]] std::optional<DmcHistory> dmc_history(const Facts& facts, const Identifier& dmc);

[[nodiscard]] SelectionView view_selection(const Facts& facts, const Identifier& dmc,
                                           const DmcSelection& selection);
[[nodiscard]] DeselectionView view_deselection(const Facts& facts, const Identifier& dmc,
                                               const DmcDeselection& deselection);
[[nodiscard]] SubstitutionView view_substitution(const Facts& facts, const Identifier& old_dmc,
                                                 const DmcSubstitution& substitution);

/// "a, b"
[[nodiscard]] std::string joined(const std::vector<std::string>& texts,
                                 std::string_view separator = ", ");

}  // namespace assay::projections
