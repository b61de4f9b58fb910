#pragma once

/// What is kept of decisions and of who speaks: what an event decided, in its own words, and which
/// roles its author held at that time. Voices stand in the register; here is what they weighed.
/// Thread word: plain values.

#include <set>

#include "ledger/events/completion.hpp"
#include "projections/board/marks.hpp"

namespace assay::projections {

/// Whoever recorded a decision, or spoke to one, as the log knew them then.
struct Speaker {
  std::optional<Identifier> holder;  ///< absent for a root key
  Hash key;
  Identifier party;
  Timestamp recorded_at;
  std::set<Role> roles;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(holder), CEREAL_NVP(key), CEREAL_NVP(party), CEREAL_NVP(recorded_at),
            CEREAL_NVP(roles));
  }
};

/// A decision, or anything else that others may speak to.
struct StatedDecision {
  std::string about;           ///< its subject
  std::vector<EventId> basis;  ///< what it says that it rests on: basis, approval
  std::vector<events::Condition> conditions;
  std::vector<std::string> dissents;  ///< that minutes name; without a voice of their own
  std::optional<Timestamp> effective_at;
  Mark mark;
  std::optional<Hash> minutes;
  std::string outcome;  ///< "exit_with_conditions", "endorsed"; empty where the type says it all
  std::set<Identifier> planned_entries;
  std::optional<Identifier> reference;  ///< the meeting, or the direction
  std::optional<events::LogHead> seen;
  Identifier type;
  std::uint64_t type_version = 1;
  std::optional<Identifier> version;  ///< of the document that it is about
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(basis), CEREAL_NVP(conditions), CEREAL_NVP(dissents),
            CEREAL_NVP(effective_at), CEREAL_NVP(mark), CEREAL_NVP(minutes), CEREAL_NVP(outcome),
            CEREAL_NVP(planned_entries), CEREAL_NVP(reference), CEREAL_NVP(seen), CEREAL_NVP(type),
            CEREAL_NVP(type_version), CEREAL_NVP(version));
  }
};

}  // namespace assay::projections
