#pragma once

/// The programme register's state: parties, keys, roles, roots, decisions that wait for voices.
/// Ordered containers and integers only; one canonical JSON form, whose SHA-256 is its state
/// digest. Thread word: plain values.

#include <map>
#include <set>

#include "ledger/events/governance.hpp"
#include "ledger/verify/log_keys.hpp"
#include "projections/register/event_counts.hpp"
#include "projections/register/id_table.hpp"

namespace assay::projections {

struct Party {
  events::PartyClass class_ = events::PartyClass::dcc;
  std::string name;
  EventId registered;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("class", class_), CEREAL_NVP(name), CEREAL_NVP(registered));
  }
};

enum class KeyStatus : std::uint8_t { active, retired, revoked };

struct RegisteredKey {
  std::optional<Timestamp> compromised_since;
  Identifier holder;
  Hash last_submission;  ///< SHA-256 of the last one; zero where there is none
  Identifier party;
  Base64Bytes public_key;
  EventId registered;
  KeyStatus status = KeyStatus::active;
  std::uint64_t submissions = 0;  ///< as the key's own stream counts them
  Timestamp valid_from;
  Timestamp valid_to;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(compromised_since), CEREAL_NVP(holder), CEREAL_NVP(last_submission),
            CEREAL_NVP(party), CEREAL_NVP(public_key), CEREAL_NVP(registered), CEREAL_NVP(status),
            CEREAL_NVP(submissions), CEREAL_NVP(valid_from), CEREAL_NVP(valid_to));
  }
};

/// Roles belong to a holder within a party, so that a new key of the same holder keeps them.
struct RoleHolder {
  Identifier holder;
  Identifier party;
  auto operator<=>(const RoleHolder&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(holder), CEREAL_NVP(party));
  }
};

/// An endorsement or a dissent.
struct Voice {
  EventId event;
  Hash key;
  Identifier party;
  bool root = false;  ///< the key was a root key when it spoke
  std::optional<std::string> text;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(key), CEREAL_NVP(party), CEREAL_NVP(root),
            CEREAL_NVP(text));
  }
};

/// An event that others may speak to: one that needs more voices to take effect, or a decision.
struct Decision {
  Hash author;
  Hash digest;  ///< SHA-256 of the event's bytes
  std::vector<Voice> dissents;
  std::optional<EventId> effective;  ///< the event that completed it; itself when it needed nobody
  std::vector<Voice> endorsements;
  std::optional<std::string> event;  ///< its bytes, for as long as it waits
  Identifier party;
  std::string subject;
  Identifier type;
  std::uint64_t version = 1;  ///< of the type
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(author), CEREAL_NVP(digest), CEREAL_NVP(dissents), CEREAL_NVP(effective),
            CEREAL_NVP(endorsements), CEREAL_NVP(event), CEREAL_NVP(party), CEREAL_NVP(subject),
            CEREAL_NVP(type), CEREAL_NVP(version));
  }
};

struct RegisterState {
  bool clock_reset = false;  ///< one took effect with the last entry: the next may be earlier
  std::map<EventId, Decision> decisions;
  EventCounts events;
  IdTable ids;
  std::map<Hash, RegisteredKey> keys;
  Hash log_id;  ///< entry 0's leaf hash
  events::LogKey log_key;
  verify::LogKeyHistory log_key_history;
  Hash next_log_key;
  std::map<Identifier, Identifier> open_imports;  ///< by import: the party that began it
  std::map<Identifier, Identifier> open_runs;     ///< by run
  std::string origin;
  std::map<Identifier, Party> parties;
  std::string programme;
  std::map<RoleHolder, std::set<Role>> roles;
  std::uint64_t root_threshold = 0;
  std::vector<events::RootKey> roots;
  Timestamp recorded_at;  ///< of the last entry
  Hash rulebook;
  std::uint64_t size = 0;
  std::uint64_t unknown_events = 0;  ///< of types that this build does not know
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clock_reset), CEREAL_NVP(decisions), CEREAL_NVP(events), CEREAL_NVP(ids),
            CEREAL_NVP(keys), CEREAL_NVP(log_id), CEREAL_NVP(log_key), CEREAL_NVP(log_key_history),
            CEREAL_NVP(next_log_key), CEREAL_NVP(open_imports), CEREAL_NVP(open_runs),
            CEREAL_NVP(origin), CEREAL_NVP(parties), CEREAL_NVP(programme), CEREAL_NVP(recorded_at),
            CEREAL_NVP(roles),
            CEREAL_NVP(root_threshold), CEREAL_NVP(roots), CEREAL_NVP(rulebook), CEREAL_NVP(size),
            CEREAL_NVP(unknown_events));
  }
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::KeyStatus>[] = {"active", "retired",
                                                                          "revoked"};
}  // namespace assay
