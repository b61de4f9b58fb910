#pragma once

/// The end of testing and what surrounds it: evaluations, reports, work-off plans, waivers,
/// decisions with the roles of those who spoke, audits, verifications, witnesses, corrections.
/// Readers use the views beside this file. Thread word: thread-compatible; const access may run
/// beside itself.

#include "projections/completion/decision_state.hpp"
#include "projections/completion/integrity_state.hpp"
#include "projections/completion/report_state.hpp"
#include "projections/fold/projection.hpp"
#include "projections/register/register_state.hpp"

namespace assay::projections {

struct Completion {
  static constexpr std::string_view kName = "completion";
  static constexpr std::uint64_t kVersion = 1;

  std::vector<Anchor> anchors;
  std::vector<Attestation> attestations;
  std::map<Identifier, AuditReport> audits;
  std::optional<Timestamp> began;  ///< of the first entry
  Tally clock_resets;
  std::map<std::string, ClockRecord> clocks;  ///< by source
  std::vector<Correction> corrections;
  std::map<std::uint64_t, std::vector<Cosignature>> cosignatures;  ///< by size of the log
  std::map<EventId, StatedDecision> decisions;
  std::map<Identifier, PostExitDefect> defects;
  std::map<EventId, Evaluation> evaluations;
  std::map<Hash, RoleHolder> holders;  ///< of registered keys
  std::map<Identifier, Report> reports;
  std::map<RoleHolder, std::set<Role>> roles;  ///< in force
  std::map<EventId, Speaker> speakers;         ///< of decisions and of voices
  Unplaced unplaced;
  std::vector<Verification> verifications;
  std::map<Identifier, RuleWaiver> waivers;
  std::map<Identifier, WorkOffPlan> work_off_plans;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(anchors), CEREAL_NVP(attestations), CEREAL_NVP(audits), CEREAL_NVP(began),
            CEREAL_NVP(clock_resets), CEREAL_NVP(clocks), CEREAL_NVP(corrections),
            CEREAL_NVP(cosignatures), CEREAL_NVP(decisions), CEREAL_NVP(defects),
            CEREAL_NVP(evaluations), CEREAL_NVP(holders), CEREAL_NVP(reports), CEREAL_NVP(roles),
            CEREAL_NVP(speakers), CEREAL_NVP(unplaced), CEREAL_NVP(verifications),
            CEREAL_NVP(waivers), CEREAL_NVP(work_off_plans));
  }
};

}  // namespace assay::projections
