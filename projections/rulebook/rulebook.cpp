#include "projections/rulebook/rulebook.hpp"

#include <charconv>

namespace assay::projections {
namespace {

/// "policy/THR-SAMPLE-A.v1" in its parts; absent when `about` names something else.
std::optional<std::pair<Identifier, std::uint64_t>> policy_version(std::string_view about) {
  const std::string prefix = subject_of(Kind::policy, "");
  const std::size_t mark = about.rfind(".v");
  if (!about.starts_with(prefix) || mark == std::string_view::npos) return std::nullopt;
  const std::string_view digits = about.substr(mark + 2);
  std::uint64_t version = 0;
  const auto read = std::from_chars(digits.begin(), digits.end(), version);
  if (read.ec != std::errc() || read.ptr != digits.end()) return std::nullopt;
  return std::pair(Identifier(std::string(about.substr(prefix.size(), mark - prefix.size()))),
                   version);
}

events::Position as_position(events::BodyDecision decision) {
  switch (decision) {
    case events::BodyDecision::approved: return events::Position::endorsed;
    case events::BodyDecision::approved_with_conditions:
      return events::Position::endorsed_with_comments;
    case events::BodyDecision::rejected: return events::Position::not_endorsed;
    case events::BodyDecision::deferred: break;
  }
  return events::Position::noted;
}

class RulebookFold {
 public:
  RulebookFold(Rulebook& rulebook, const RecordedEvent& event)
      : rulebook_(rulebook), event_(event) {}

  void operator()(const events::PolicyPublished& event) {
    const auto [at, made] = rulebook_.policies[event.policy].versions.try_emplace(event.version);
    if (!made) return unplaced();
    at->second = {event.body, event.digest, event.interpretation, event.legal_basis, event.note,
                  {},         mark(),       event.title};
  }
  void operator()(const events::PolicyActivated& event) {
    Policy* const policy = policy_with(event.policy, event.version);
    if (policy == nullptr) return unplaced();
    policy->activations.push_back(
        {event.approval, event.effective_from, mark(), event.scope, event.version});
  }
  void operator()(const events::PolicySuperseded& event) {
    Policy* const policy = policy_with(event.policy, event.old_version);
    const bool successor_missing =
        policy != nullptr && event.new_version && !policy->versions.contains(*event.new_version);
    if (policy == nullptr || successor_missing) return unplaced();
    policy->supersessions.push_back(
        {event.effective_from, mark(), event.new_version, event.old_version, event.reason});
  }
  void operator()(const events::ClauseStatusRecorded& event) {
    rulebook_.clauses[{event.clause, event.document}].push_back(
        {event.document_version, event.effective_on, mark(), event.note, event.source, event.status,
         event.text_digest});
  }
  void operator()(const events::TagPositionRecorded& event) {
    position(event.about, events::Body::tag, event.position);
  }
  void operator()(const events::PanelDecisionRecorded& event) {
    position(event.about, events::Body::panel, as_position(event.decision));
  }
  void operator()(const events::SosDecisionRecorded& event) {
    position(event.about, events::Body::sos, as_position(event.decision));
  }
  /// Events that are not about the rulebook.
  template <class Other>
  void operator()(const Other&) {}

 private:
  [[nodiscard]] Mark mark() const { return {event_.id, event_.party, event_.recorded_at}; }
  Policy* policy_with(const Identifier& policy, std::uint64_t version) {
    const auto found = rulebook_.policies.find(policy);
    const bool known =
        found != rulebook_.policies.end() && found->second.versions.contains(version);
    return known ? &found->second : nullptr;
  }
  /// Positions on other things are the affair of other projections.
  void position(std::string_view about, events::Body body, events::Position said) {
    const auto named = policy_version(about);
    if (!named) return;
    Policy* const policy = policy_with(named->first, named->second);
    if (policy == nullptr) return unplaced();
    policy->versions.at(named->second).positions.push_back({body, mark(), said});
  }
  void unplaced() {
    rulebook_.unplaced[Identifier(std::string(type_of(event_.data).name))].add(event_.id);
  }

  Rulebook& rulebook_;
  const RecordedEvent& event_;
};

}  // namespace

void Rulebook::apply(const RecordedEvent& event, Stage stage) {
  // No event about the rulebook needs another party's voice to take effect; one that ever does
  // counts once it has it.
  if (stage == Stage::awaiting_voices) return;
  visit_event(RulebookFold(*this, event), event.data);
}

}  // namespace assay::projections
