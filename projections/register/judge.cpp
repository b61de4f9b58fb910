#include "projections/register/judge.hpp"

namespace assay::projections {
namespace {

struct StateRules {
  const RegisterState& state;
  const Identifier& party;

  /// What its own submission has begun is not open yet, and of the same party anyway.
  std::string begun_by_other(const std::map<Identifier, Identifier>& open, Kind kind,
                             const Identifier& id) const {
    const auto found = open.find(id);
    if (found == open.end() || found->second == party) return {};
    return subject_of(kind, id.text) + " was begun by " + found->second.text +
           "; only a key of that party goes on with it";
  }
  std::string operator()(const events::RunFinished& event) const {
    return begun_by_other(state.open_runs, Kind::run, event.run);
  }
  std::string operator()(const events::ResultImported& event) const {
    return begun_by_other(state.open_imports, Kind::import, event.import);
  }
  std::string operator()(const events::ImportFinished& event) const {
    return begun_by_other(state.open_imports, Kind::import, event.import);
  }
  std::string operator()(const events::ImportFinishedV2& event) const {
    return begun_by_other(state.open_imports, Kind::import, event.import);
  }
  std::string voice(const EventId& target, const Hash& digest) const {
    const auto found = state.decisions.find(target);
    if (found == state.decisions.end()) {
      return "event " + target.text() + " is not one that others may endorse or dissent from";
    }
    if (found->second.digest != digest) {
      return "digest is not that of event " + target.text() + ", which is " +
             found->second.digest.hex();
    }
    return {};
  }
  std::string operator()(const events::DecisionEndorsed& event) const {
    return voice(event.target, event.digest);
  }
  std::string operator()(const events::DecisionDissented& event) const {
    return voice(event.target, event.digest);
  }
  std::string operator()(const events::LogKeyRotated& event) const {
    if (event.log_key.key != state.next_log_key) {
      return "the new log key is not the one announced before, " + state.next_log_key.hex();
    }
    return {};
  }
  std::string operator()(const events::KeyRetired& event) const {
    const auto found = state.keys.find(event.key);
    if (found == state.keys.end()) return {};  // the table of ids objects already
    const std::uint64_t made = found->second.submissions;
    const std::uint64_t stated = event.last_hash.is_zero() ? 0 : event.last_sequence + 1;
    if (stated != made) {
      return "the key made " + std::to_string(made) +
             " submissions here; its retirement accounts for " + std::to_string(stated);
    }
    if (event.last_hash != found->second.last_submission) {
      return "the key's last submission here is " + found->second.last_submission.hex() +
             "; its retirement names " + event.last_hash.hex();
    }
    return {};
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

}  // namespace

std::string broken_state_rule(const EventData& data, const Identifier& party,
                              const RegisterState& state) {
  return visit_event(StateRules{state, party}, data);
}

bool needs_voices(const EventType& type) noexcept {
  return type.signers.authority == Authority::root_threshold || !type.signers.endorsed_by.empty();
}

bool takes_voices(const EventType& type) noexcept {
  const bool is_voice =
      type.name == events::DecisionEndorsed::kType || type.name == events::DecisionDissented::kType;
  return needs_voices(type) || (type.signers.decision && !is_voice);
}

}  // namespace assay::projections
