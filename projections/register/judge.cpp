#include "projections/register/judge.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

struct StateRules {
  const RegisterState& state;

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
  bool is_root(const Hash& key) const {
    return std::any_of(state.roots.begin(), state.roots.end(),
                       [&](const events::RootKey& root) { return root.key == key; });
  }
  bool is_logs(const Hash& key) const {
    return key == state.log_key.key || key == state.next_log_key;
  }
  static std::string purpose(bool free, const Hash& key, std::string_view taken_by) {
    if (free) return {};
    return "one key has one purpose: " + key.hex() + " is " + std::string(taken_by);
  }
  std::string operator()(const events::LedgerCreated& event) const {
    for (const events::RootKey& root : event.roots) {
      const bool free = root.key != event.log_key.key && root.key != event.next_log_key;
      if (!free) return purpose(free, root.key, "a root key and a key of the log");
    }
    return {};
  }
  std::string operator()(const events::KeyRegistered& event) const {
    return purpose(!is_root(event.key) && !is_logs(event.key), event.key,
                   "a root key or a key of the log");
  }
  std::string operator()(const events::RootsChanged& event) const {
    for (const events::RootKey& root : event.roots) {
      const bool free = !state.keys.contains(root.key) && !is_logs(root.key);
      if (!free) return purpose(free, root.key, "a registered key or a key of the log");
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
    const Hash& next = event.next_log_key;
    return purpose(!is_root(next) && !state.keys.contains(next), next,
                   "a root key or a registered key");
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
    return {};
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

}  // namespace

std::string broken_state_rule(const EventData& data, const RegisterState& state) {
  return std::visit(StateRules{state}, data);
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
