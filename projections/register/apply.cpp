#include <algorithm>

#include "projections/register/register.hpp"

namespace assay::projections {
namespace {

/// What each governance event changes once it is in effect, and which runs and imports are open.
/// Other events change nothing here.
struct Apply {
  RegisterState& state;  // its size is still that before the entry
  EventId id;
  const Identifier& party;  // that said it

  void take_log_key(const events::LogKey& key, const Hash& next) {
    state.log_key = key;
    state.next_log_key = next;
    state.log_key_history.note(state.size + 1, key.key);
  }

  void operator()(const events::LedgerCreated& event) {
    state.origin = event.origin;
    state.programme = event.programme;
    take_log_key(event.log_key, event.next_log_key);
    state.roots = event.roots;
    state.root_threshold = event.root_threshold;
    state.rulebook = event.rulebook;
  }
  void operator()(const events::PartyRegistered& event) {
    state.parties[event.party] = {event.class_, event.name, id};
  }
  void operator()(const events::KeyRegistered& event) {
    RegisteredKey& key = state.keys[event.key];
    key.holder = event.holder;
    key.party = event.party;
    key.public_key = event.public_key;
    key.registered = id;
    key.valid_from = event.valid_from;
    key.valid_to = event.valid_to;
  }
  void operator()(const events::KeyRevoked& event) {
    const auto found = state.keys.find(event.key);
    if (found == state.keys.end()) return;
    RegisteredKey& key = found->second;
    key.status = KeyStatus::revoked;
    // A second revocation can widen the taint of the first and never narrow it.
    if (event.compromised_since) {
      key.compromised_since = std::min(key.compromised_since.value_or(*event.compromised_since),
                                       *event.compromised_since);
    }
  }
  void operator()(const events::KeyRetired& event) {
    const auto found = state.keys.find(event.key);
    if (found == state.keys.end() || found->second.status == KeyStatus::revoked) return;
    found->second.status = KeyStatus::retired;
  }
  void operator()(const events::RoleGranted& event) {
    state.roles[{event.holder, event.party}].insert(event.role);
  }
  void operator()(const events::RoleWithdrawn& event) {
    const auto found = state.roles.find({event.holder, event.party});
    if (found == state.roles.end()) return;
    found->second.erase(event.role);
    if (found->second.empty()) state.roles.erase(found);
  }
  void operator()(const events::RootsChanged& event) {
    state.roots = event.roots;
    state.root_threshold = event.root_threshold;
  }
  void operator()(const events::LogKeyRotated& event) {
    take_log_key(event.log_key, event.next_log_key);
  }
  void operator()(const events::RunStarted& event) { state.open_runs[event.run] = party; }
  void operator()(const events::RunFinished& event) { state.open_runs.erase(event.run); }
  void operator()(const events::ImportStarted& event) { state.open_imports[event.import] = party; }
  void operator()(const events::ImportFinished& event) { state.open_imports.erase(event.import); }
  void operator()(const events::ImportFinishedV2& event) { state.open_imports.erase(event.import); }
  void operator()(const events::ClockReset&) { state.clock_reset = true; }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void Register::apply(const EventData& data, const EventId& id, const Identifier& party) {
  visit_event(Apply{state_, id, party}, data);
}

}  // namespace assay::projections
