#pragma once

/// Events about the ledger itself: genesis, parties, keys, roles, thresholds, endorsements.

#include "ledger/events/invariants.hpp"
#include "ledger/events/roles.hpp"
#include "ledger/format/commitment.hpp"

namespace assay::events {

enum class PartyClass : std::uint8_t {
  dcc,
  service_provider,
  smso,
  supplier,
  network,
  manufacturer,
  tag,
  sec_panel,
  secas,
  government,
  auditor,
  witness,
};
}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::PartyClass>[] = {
    "DCC", "SERVICE_PROVIDER", "SMSO",  "SUPPLIER",   "NETWORK", "MANUFACTURER",
    "TAG", "SEC_PANEL",        "SECAS", "GOVERNMENT", "AUDITOR", "WITNESS"};
}  // namespace assay
namespace assay::events {

/// A key that may change roots, roles and the log's key.
struct RootKey {
  Hash key;                ///< SHA-256 of `public_key`
  Identifier party;        ///< thresholds count parties, not keys
  Base64Bytes public_key;  ///< DER SubjectPublicKeyInfo
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(key), CEREAL_NVP(party), CEREAL_NVP(public_key));
  }
};

/// The key that signs checkpoints.
struct LogKey {
  Hash key;
  Base64Bytes public_key;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(key), CEREAL_NVP(public_key));
  }
};

void check_roots(Invariants& v, const std::vector<RootKey>& roots, std::uint64_t threshold);
void check_key_id(Invariants& v, const Hash& key, const Base64Bytes& public_key);

/// Entry 0: what everything after it rests on.
struct LedgerCreated {
  static constexpr std::string_view kType = "ledger_created";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::genesis};
  LogKey log_key;
  Hash next_log_key;  ///< key id of the key that will replace `log_key`
  std::string origin;
  std::string programme;
  std::uint64_t root_threshold = 1;
  std::vector<RootKey> roots;  ///< ascending by key
  Hash rulebook;               ///< digest of the rulebook that is in force at the start

  void evidence_files(std::vector<Hash>& files) const { files.push_back(rulebook); }
  [[nodiscard]] std::string subject() const { return "log/genesis"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(log_key), CEREAL_NVP(next_log_key), CEREAL_NVP(origin),
            CEREAL_NVP(programme), CEREAL_NVP(root_threshold), CEREAL_NVP(roots),
            CEREAL_NVP(rulebook));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::log, "genesis");
    check_roots(v, roots, root_threshold);
    check_key_id(v, log_key.key, log_key.public_key);
    v.require(next_log_key != log_key.key, "the next log key must be another key than the log key");
  }
};

struct PartyRegistered {
  static constexpr std::string_view kType = "party_registered";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::roles_or_root,
                                    .recorded_by = {Role::dcc_reg}};
  PartyClass class_ = PartyClass::dcc;
  std::optional<std::string> eui64;  ///< 16 hexadecimal digits in pairs, as on the certificate
  std::string name;
  Identifier party;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::party, party.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("class", class_), CEREAL_NVP(eui64), CEREAL_NVP(name),
            CEREAL_NVP(party));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::party, party.text);
    v.require(!name.empty(), "a party needs a name");
  }
};

/// A key of a person (by pseudonym) or of a tool. The new key signs the submission too.
struct KeyRegistered {
  static constexpr std::string_view kType = "key_registered";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::roles_or_root,
                                    .recorded_by = {Role::dcc_reg}};
  Identifier holder;                      ///< pseudonym, or the tool's name
  std::optional<Commitment> holder_name;  ///< confidential: whom the pseudonym stands for
  Hash key;
  Identifier party;
  Base64Bytes public_key;
  Timestamp valid_from;  ///< inclusive, against recorded_at
  Timestamp valid_to;    ///< exclusive

  [[nodiscard]] std::string subject() const { return subject_of(Kind::key, key.hex()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(holder), CEREAL_NVP(holder_name), CEREAL_NVP(key), CEREAL_NVP(party),
            CEREAL_NVP(public_key), CEREAL_NVP(valid_from), CEREAL_NVP(valid_to));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::party, party.text);
    v.creates(Kind::key, key.hex());
    check_key_id(v, key, public_key);
    v.require(valid_from < valid_to, "valid_to must lie after valid_from");
  }
};

/// The key may no longer sign. With `compromised_since`, what it signed from then on is tainted.
struct KeyRevoked {
  static constexpr std::string_view kType = "key_revoked";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::roles_or_root,
                                    .recorded_by = {Role::dcc_reg}};
  std::optional<Timestamp> compromised_since;
  Hash key;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::key, key.hex()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(compromised_since), CEREAL_NVP(key), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::key, key.hex());  // a retired key may turn out to be compromised
    v.require(!reason.empty(), "a revocation needs a reason");
  }
};

/// The key is put away in good order; its last submission is stated, so that none can be dropped.
struct KeyRetired {
  static constexpr std::string_view kType = "key_retired";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::roles_or_root,
                                    .recorded_by = {Role::dcc_reg}};
  Hash key;
  Hash last_hash;  ///< SHA-256 of the key's last submission; zero if it never made one
  std::uint64_t last_sequence = 0;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::key, key.hex()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(key), CEREAL_NVP(last_hash), CEREAL_NVP(last_sequence), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const { v.closes(Kind::key, key.hex()); }
};

struct RoleGranted {
  static constexpr std::string_view kType = "role_granted";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::root_threshold};
  Identifier holder;
  Identifier party;
  Role role = Role::dcc_tm;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::party, party.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(holder), CEREAL_NVP(party), CEREAL_NVP(role));
  }
  void invariants(Invariants& v) const { v.exists(Kind::party, party.text); }
};

struct RoleWithdrawn {
  static constexpr std::string_view kType = "role_withdrawn";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::root_threshold};
  Identifier holder;
  Identifier party;
  std::string reason;
  Role role = Role::dcc_tm;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::party, party.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(holder), CEREAL_NVP(party), CEREAL_NVP(reason), CEREAL_NVP(role));
  }
  void invariants(Invariants& v) const { v.exists(Kind::party, party.text); }
};

/// Replaces the set of root keys, and their threshold. Every new root key signs the submission too.
struct RootsChanged {
  static constexpr std::string_view kType = "roots_changed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::root_threshold, .decision = true};
  std::string reason;
  std::uint64_t root_threshold = 1;
  std::vector<RootKey> roots;

  [[nodiscard]] std::string subject() const { return "log/roots"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason), CEREAL_NVP(root_threshold), CEREAL_NVP(roots));
  }
  void invariants(Invariants& v) const { check_roots(v, roots, root_threshold); }
};

/// The log's key gives way to the one whose id was fixed before. The new key signs the submission
/// too.
struct LogKeyRotated {
  static constexpr std::string_view kType = "log_key_rotated";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::root_threshold, .decision = true};
  LogKey log_key;
  Hash next_log_key;
  std::string reason;

  [[nodiscard]] std::string subject() const { return "log/key"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(log_key), CEREAL_NVP(next_log_key), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    check_key_id(v, log_key.key, log_key.public_key);
    v.require(next_log_key != log_key.key, "the next log key must be another key than the log key");
  }
};

/// The way out of a bad clock jump: after it, recorded_at may once be earlier than before.
struct ClockReset {
  static constexpr std::string_view kType = "clock_reset";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::root_threshold};
  std::string reason;

  [[nodiscard]] std::string subject() const { return "log/clock"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.require(!reason.empty(), "a clock reset needs a reason");
  }
};

/// One more voice for an event that needs several, or for a position: signed by its own author.
struct DecisionEndorsed {
  static constexpr std::string_view kType = "decision_endorsed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key, .decision = true};
  std::optional<std::string> comment;
  Hash digest;  ///< SHA-256 of the endorsed event's bytes
  EventId target;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::decision, target.text()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(comment), CEREAL_NVP(digest), CEREAL_NVP(target));
  }
  void invariants(Invariants&) const {}
};

struct DecisionDissented {
  static constexpr std::string_view kType = "decision_dissented";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key, .decision = true};
  Hash digest;
  std::string reason;
  EventId target;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::decision, target.text()); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(reason), CEREAL_NVP(target));
  }
  void invariants(Invariants& v) const { v.require(!reason.empty(), "a dissent needs a reason"); }
};

/// "Nothing happened": bounds the silence of an author's stream.
struct Heartbeat {
  static constexpr std::string_view kType = "heartbeat";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  std::optional<std::string> note;

  [[nodiscard]] std::string subject() const { return "log/heartbeat"; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(note));
  }
  void invariants(Invariants&) const {}
};

}  // namespace assay::events
