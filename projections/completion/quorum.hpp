#pragma once

/// When a body has spoken: who endorsed and who dissented, and whether that is a quorum under the
/// approval policy that was in force when the position was recorded. Pure functions.
///
/// Parties are counted, not people. A voice counts for the body when its speaker held one of the
/// body's roles as they spoke. Of several voices of one member the last counts; a member is a
/// holder, whichever key they use, or a root key. A party whose members disagree is present and
/// does not endorse. A voice whose key was compromised by then is shown and counts for nobody.
/// Whoever recorded the position has not thereby spoken to it.

#include "projections/completion/completion.hpp"
#include "projections/fold/programme_fold.hpp"
#include "projections/rulebook/in_force.hpp"

namespace assay::projections {

struct VoiceView {
  EventId event;
  std::optional<Identifier> holder;  ///< absent for a root key
  bool member = false;               ///< counts for the body
  Identifier party;
  std::set<Role> roles;  ///< held when it spoke
  bool tainted = false;  ///< its key was compromised by then
  std::string text;      ///< a comment, or the reason of a dissent
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(holder), CEREAL_NVP(member), CEREAL_NVP(party),
            CEREAL_NVP(roles), CEREAL_NVP(tainted), CEREAL_NVP(text));
  }
};

struct QuorumView {
  events::Body body = events::Body::tag;
  std::set<Identifier> endorsing;
  std::uint64_t endorsing_needed = 0;
  std::optional<Identifier> policy;
  std::optional<std::uint64_t> policy_version;
  std::set<Identifier> present;
  std::uint64_t present_needed = 0;
  std::string text;  ///< why, in one sentence
  /// Undetermined where no approval policy is in force; not applicable where it sets no quorum.
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(body), CEREAL_NVP(endorsing), CEREAL_NVP(endorsing_needed),
            CEREAL_NVP(policy), CEREAL_NVP(policy_version), CEREAL_NVP(present),
            CEREAL_NVP(present_needed), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

struct Voices {
  std::vector<VoiceView> dissents;
  std::vector<VoiceView> endorsements;
};

/// The body that speaks by events of this type; absent for decisions that nobody takes as a body.
[[nodiscard]] std::optional<events::Body> body_of(const StatedDecision& decision);

/// The voices that the register holds for the decision, in the order of the log.
[[nodiscard]] Voices voices_of(const Facts& facts, const EventId& decision);

/// True when the key was compromised at that time, as far as was said by now.
[[nodiscard]] bool is_tainted(const Facts& facts, const Hash& key, Timestamp at);
/// The same of the key that recorded a decision or a voice.
[[nodiscard]] bool is_tainted(const Facts& facts, const EventId& said);

/// To what an approval policy applies when the subject is decided on: kind, release and SMSO of the
/// phases, reports and planned entries that it names, where they agree.
[[nodiscard]] PolicyTarget target_of_subject(const Facts& facts, const std::string& subject);

/// Marks the voices that count and counts them.
[[nodiscard]] QuorumView count_quorum(const Facts& facts, const StatedDecision& decision,
                                      events::Body body, Voices& voices);

}  // namespace assay::projections
