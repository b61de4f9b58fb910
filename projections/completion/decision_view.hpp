#pragma once

/// Who decided what, in which role, on which state of the log, and with what authority at that time
/// (question 9): with the quorum where a body decides, and every dissent. Pure functions; the
/// structs serialise to the JSON of `assay state decisions`.

#include "projections/completion/quorum.hpp"

namespace assay::projections {

enum class ConditionState : std::uint8_t { open, overdue, lifted };

/// A condition stands until the same body takes another position on the same thing.
struct ConditionView {
  std::optional<Identifier> due;  ///< a London day, the last on which it is in time
  std::optional<EventId> lifted_by;
  ConditionState state = ConditionState::open;
  std::string text;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(due), CEREAL_NVP(lifted_by), CEREAL_NVP(state), CEREAL_NVP(text));
  }
};

struct DecisionView {
  std::string about;
  bool authorised = false;  ///< its author held a role for it when it was recorded
  std::vector<EventId> basis;
  std::vector<ConditionView> conditions;
  Speaker decided_by;
  std::vector<VoiceView> dissents;
  std::vector<std::string> dissents_in_minutes;
  std::optional<Timestamp> effective_at;  ///< absent: it waits for another voice
  std::vector<VoiceView> endorsements;
  EventId event;
  std::optional<Hash> minutes;
  std::string outcome;
  std::set<Identifier> planned_entries;
  std::optional<QuorumView> quorum;  ///< where a body decides
  Timestamp recorded_at;
  std::optional<Identifier> reference;
  std::optional<events::LogHead> seen;   ///< the log on which it was decided
  std::optional<EventId> superseded_by;  ///< a later one of the same body on the same thing
  bool tainted = false;                  ///< the author's key was compromised by then
  Identifier type;
  std::optional<Identifier> version;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(authorised), CEREAL_NVP(basis), CEREAL_NVP(conditions),
            CEREAL_NVP(decided_by), CEREAL_NVP(dissents), CEREAL_NVP(dissents_in_minutes),
            CEREAL_NVP(effective_at), CEREAL_NVP(endorsements), CEREAL_NVP(event),
            CEREAL_NVP(minutes), CEREAL_NVP(outcome), CEREAL_NVP(planned_entries),
            CEREAL_NVP(quorum), CEREAL_NVP(recorded_at), CEREAL_NVP(reference), CEREAL_NVP(seen),
            CEREAL_NVP(superseded_by), CEREAL_NVP(tainted), CEREAL_NVP(type), CEREAL_NVP(version));
  }
  [[nodiscard]] bool has_dissent() const {
    return !dissents.empty() || !dissents_in_minutes.empty();
  }
};

/// A decision of a body: TAG, the Panel, the Secretary of State.
using PositionView = DecisionView;

/// What to show; members that are absent let everything through.
struct DecisionFilter {
  std::optional<std::string> about;         ///< "phase/MOC-MDS-SIT-01"
  std::optional<Identifier> planned_entry;  ///< of decisions that name planned entries
  std::optional<Identifier> type;
  bool governance = false;  ///< also of roots, roles, keys of the log, and stated digests
};

/// In the order of the log.
[[nodiscard]] std::vector<DecisionView> view_decisions(const Facts& facts,
                                                       const DecisionFilter& filter = {});
/// Absent when the event is none that others may speak to.
[[nodiscard]] std::optional<DecisionView> view_decision(const Facts& facts, const EventId& event);
/// Those of bodies alone, in the order of the log.
[[nodiscard]] std::vector<PositionView> view_positions(const Facts& facts);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::ConditionState>[] = {"open", "overdue",
                                                                               "lifted"};
}  // namespace assay
