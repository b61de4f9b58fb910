#include "projections/completion/quorum.hpp"

#include <algorithm>

#include "projections/board/phase_board.hpp"
#include "projections/register/register.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

VoiceView view_voice(const Facts& facts, const Voice& voice) {
  VoiceView view;
  view.event = voice.event;
  view.party = voice.party;
  view.text = voice.text.value_or("");
  const auto speaker = facts.completion.speakers.find(voice.event);
  if (speaker == facts.completion.speakers.end()) return view;
  view.holder = speaker->second.holder;
  view.roles = speaker->second.roles;
  view.tainted = is_tainted(facts, voice.key, speaker->second.recorded_at);
  return view;
}

/// One value where all that are named agree; else nobody knows which of them is meant.
template <class Value>
class Agreed {
 public:
  void see(const Value& value) {
    if (!seen_) value_ = value;
    if (seen_ && value_ != value) value_.reset();
    seen_ = true;
  }
  [[nodiscard]] std::optional<Value> value() const { return value_; }

 private:
  bool seen_ = false;
  std::optional<Value> value_;
};

class Targeting {
 public:
  explicit Targeting(const Facts& facts) : facts_(facts) {}

  void phase(const Identifier& id) {
    const auto found = facts_.board.phases.find(id);
    if (found != facts_.board.phases.end()) kind_.see(found->second.kind);
  }
  void planned_entry(const Identifier& id) {
    const auto found = facts_.board.planned_entries.find(id);
    if (found == facts_.board.planned_entries.end()) return;
    release_.see(found->second.release);
    smso_.see(found->second.smso);
  }
  [[nodiscard]] PolicyTarget target() const {
    return {kind_.value(), release_.value(), smso_.value()};
  }

 private:
  const Facts& facts_;
  Agreed<events::TestKind> kind_;
  Agreed<Identifier> release_;
  Agreed<Identifier> smso_;
};

/// By member, since the last voice of each counts; then by party. A holder keeps their voice when
/// their key is renewed; a root key has no holder, and is a member of its own.
struct Counting {
  struct Said {
    EventId event;
    Identifier party;
    bool endorses = false;
  };
  struct Member {
    Identifier party;
    std::optional<Identifier> holder;
    Hash root_key;  ///< zero for a holder
    auto operator<=>(const Member&) const = default;
  };
  std::map<Member, Said> by_member;

  void take(const Facts& facts, const VoiceView& voice, bool endorses) {
    if (!voice.member || voice.tainted) return;
    const auto speaker = facts.completion.speakers.find(voice.event);
    const bool root = !voice.holder && speaker != facts.completion.speakers.end();
    Said& said = by_member[{voice.party, voice.holder, root ? speaker->second.key : Hash()}];
    if (said.party == voice.party && voice.event < said.event) return;
    said = {voice.event, voice.party, endorses};
  }
  void sum(QuorumView& quorum) const {
    std::set<Identifier> dissenting;
    for (const auto& [key, said] : by_member) {
      quorum.present.insert(said.party);
      (said.endorses ? quorum.endorsing : dissenting).insert(said.party);
    }
    for (const Identifier& party : dissenting) quorum.endorsing.erase(party);
  }
};

void mark_members(const std::set<Role>& roles, std::vector<VoiceView>& voices) {
  for (VoiceView& voice : voices) {
    voice.member = roles.empty() || std::ranges::any_of(voice.roles, [&](Role role) {
                     return roles.contains(role);
                   });
  }
}

}  // namespace

std::optional<events::Body> body_of(const StatedDecision& decision) {
  if (decision.type.text == events::TagPositionRecorded::kType) return events::Body::tag;
  if (decision.type.text == events::PanelDecisionRecorded::kType) return events::Body::panel;
  if (decision.type.text == events::SosDecisionRecorded::kType) return events::Body::sos;
  return std::nullopt;
}

Voices voices_of(const Facts& facts, const EventId& decision) {
  Voices voices;
  const auto& decisions = facts.programme.state().decisions;
  const auto found = decisions.find(decision);
  if (found == decisions.end()) return voices;
  for (const Voice& voice : found->second.endorsements) {
    voices.endorsements.push_back(view_voice(facts, voice));
  }
  for (const Voice& voice : found->second.dissents) {
    voices.dissents.push_back(view_voice(facts, voice));
  }
  return voices;
}

bool is_tainted(const Facts& facts, const Hash& key, Timestamp at) {
  const auto& keys = facts.programme.state().keys;
  const auto found = keys.find(key);
  return found != keys.end() && found->second.compromised_since &&
         *found->second.compromised_since <= at;
}

bool is_tainted(const Facts& facts, const EventId& said) {
  const auto speaker = facts.completion.speakers.find(said);
  return speaker != facts.completion.speakers.end() &&
         is_tainted(facts, speaker->second.key, speaker->second.recorded_at);
}

PolicyTarget target_of_subject(const Facts& facts, const std::string& subject) {
  Targeting targeting(facts);
  const std::size_t slash = subject.find('/');
  const std::string kind = subject.substr(0, slash);
  const Identifier id(slash == std::string::npos ? "" : subject.substr(slash + 1));
  if (kind == text_of(Kind::phase)) {
    targeting.phase(id);
    const auto phase = facts.board.phases.find(id);
    if (phase != facts.board.phases.end()) {
      for (const Identifier& entry : phase->second.planned_entries) targeting.planned_entry(entry);
    }
  } else if (kind == text_of(Kind::planned_entry)) {
    targeting.planned_entry(id);
  } else if (kind == text_of(Kind::report)) {
    const auto report = facts.completion.reports.find(id);
    if (report != facts.completion.reports.end()) {
      for (const Identifier& phase : report->second.phases) targeting.phase(phase);
      for (const Identifier& entry : report->second.planned_entries) targeting.planned_entry(entry);
    }
  } else if (kind == text_of(Kind::release)) {
    return {std::nullopt, id, std::nullopt};
  }
  return targeting.target();
}

QuorumView count_quorum(const Facts& facts, const StatedDecision& decision, events::Body body,
                        Voices& voices) {
  QuorumView view;
  view.body = body;
  const auto in_force =
      policy_in_force(facts.rulebook, events::PolicyKind::approval,
                      target_of_subject(facts, decision.about), decision.mark.recorded_at);
  if (!in_force) {
    view.text = "no approval policy was in force: whether this is a quorum is not known";
    return view;
  }
  view.policy = in_force->policy;
  view.policy_version = in_force->version;
  const auto& quorums = in_force->body->approval->quorums;
  const auto quorum = std::ranges::find(quorums, body, &events::Quorum::body);
  if (quorum == quorums.end()) {
    view.verdict = events::Verdict::not_applicable;
    view.text = say("the approval policy sets no quorum for ", body);
    return view;
  }
  mark_members(quorum->roles, voices.endorsements);
  mark_members(quorum->roles, voices.dissents);
  Counting counting;
  for (const VoiceView& voice : voices.endorsements) counting.take(facts, voice, true);
  for (const VoiceView& voice : voices.dissents) counting.take(facts, voice, false);
  counting.sum(view);
  view.endorsing_needed = quorum->endorsing_parties;
  view.present_needed = quorum->present_parties;
  const bool met =
      view.present.size() >= view.present_needed && view.endorsing.size() >= view.endorsing_needed;
  view.verdict = met ? events::Verdict::met : events::Verdict::not_met;
  view.text = say("members of ", view.present.size(), " parties of the ", view.present_needed,
                  " that it takes have spoken, and those of ", view.endorsing.size(), " of ",
                  view.endorsing_needed, " for it");
  return view;
}

}  // namespace assay::projections
