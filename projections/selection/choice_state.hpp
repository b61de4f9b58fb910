#pragma once

/// What is kept of the choice of one DMC: proposed, selected, de-selected, replaced, appealed
/// against, asked for. Every step stays; what holds now is computed from them. Thread word: plain
/// values.

#include <set>

#include "projections/board/marks.hpp"

namespace assay::projections {

struct DmcProposal {
  std::set<events::TestKind> kinds;
  Mark mark;
  std::optional<std::string> population;
  std::string rationale;
  Identifier release;
  Identifier smso;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kinds), CEREAL_NVP(mark), CEREAL_NVP(population), CEREAL_NVP(rationale),
            CEREAL_NVP(release), CEREAL_NVP(smso));
  }
};

struct DmcSelection {
  std::optional<Identifier> consultation;
  std::set<events::TestKind> kinds;  ///< as its author names them
  Mark mark;
  std::optional<EventId> position;
  Identifier release;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(consultation), CEREAL_NVP(kinds), CEREAL_NVP(mark), CEREAL_NVP(position),
            CEREAL_NVP(release));
  }
};

struct DmcDeselection {
  Mark mark;
  std::optional<Identifier> phase;
  std::string reason;
  Identifier release;
  bool said_during_phase = false;  ///< as its author says
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(phase), CEREAL_NVP(reason), CEREAL_NVP(release),
            CEREAL_NVP(said_during_phase));
  }
};

/// The DMC under which it is kept gave its place to `new_dmc`.
struct DmcSubstitution {
  std::optional<Identifier> consultation;
  std::optional<Timestamp> effective_at;  ///< absent while TAG's secretariat has not endorsed it
  Mark mark;
  Identifier new_dmc;
  std::optional<EventId> position;
  Identifier release;
  Identifier route;
  std::set<std::string> said_fields;  ///< that differ, as its author says
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(consultation), CEREAL_NVP(effective_at), CEREAL_NVP(mark),
            CEREAL_NVP(new_dmc), CEREAL_NVP(position), CEREAL_NVP(release), CEREAL_NVP(route),
            CEREAL_NVP(said_fields));
  }
};

/// Somebody asked for the combination to be made eligible (SEC H14.36A).
struct PpclRequest {
  Identifier date;
  events::PpclDetermination determination = events::PpclDetermination::undetermined;
  Mark mark;
  Identifier requested_by;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(date), CEREAL_NVP(determination), CEREAL_NVP(mark),
            CEREAL_NVP(requested_by));
  }
};

/// Everything that was said about one DMC, each list in the order of the log.
struct DmcChoice {
  std::vector<DmcDeselection> deselections;
  std::vector<PpclRequest> ppcl_requests;
  std::vector<DmcProposal> proposals;
  std::vector<DmcSelection> selections;
  std::vector<DmcSubstitution> substitutions;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(deselections), CEREAL_NVP(ppcl_requests), CEREAL_NVP(proposals),
            CEREAL_NVP(selections), CEREAL_NVP(substitutions));
  }
};

struct AppealDetermination {
  std::optional<Identifier> determined_by;  ///< a party; absent: who recorded it
  Mark mark;
  events::AppealOutcome outcome = events::AppealOutcome::dismissed;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(determined_by), CEREAL_NVP(mark), CEREAL_NVP(outcome), CEREAL_NVP(reason));
  }
};

struct SelectionAppeal {
  std::optional<AppealDetermination> determined;
  Identifier dmc;
  std::string grounds;
  Mark mark;
  EventId selection;  ///< the event that is appealed against
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(determined), CEREAL_NVP(dmc), CEREAL_NVP(grounds), CEREAL_NVP(mark),
            CEREAL_NVP(selection));
  }
};

}  // namespace assay::projections
