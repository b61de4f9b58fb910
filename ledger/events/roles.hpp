#pragma once

/// The roles of the test programme, and what a type of event says about its signers.

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "ledger/format/archive_traits.hpp"

namespace assay {

enum class Role : std::uint8_t {
  dcc_rm,     ///< release manager of the programme
  dcc_tm,     ///< test manager, owner of phases
  dcc_im,     ///< Testing Issue manager
  dcc_reg,    ///< regulation and compliance
  sp_tl,      ///< service provider test lead
  smso_tl,    ///< SMSO test lead
  harness,    ///< automated test tool
  mfr,        ///< manufacturer
  tag_sec,    ///< TAG secretariat
  tag_mem,    ///< TAG member
  panel_sec,  ///< SEC Panel secretariat
  sos,        ///< Secretary of State's department
  aud,        ///< external auditor, in regimes that require one
  wit,        ///< witness of checkpoints
  ver,        ///< independent verifier
};
template <>
inline constexpr std::string_view kEnumTexts<Role>[] = {
    "DCC-RM",  "DCC-TM",  "DCC-IM",    "DCC-REG", "SP-TL", "SMSO-TL", "HARNESS", "MFR",
    "TAG-SEC", "TAG-MEM", "PANEL-SEC", "SOS",     "AUD",   "WIT",     "VER"};

/// A set of roles. Thread word: plain value.
class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (const Role role : roles) bits_ |= bit(role);
  }
  [[nodiscard]] constexpr bool contains(Role role) const { return (bits_ & bit(role)) != 0; }
  [[nodiscard]] constexpr bool intersects(RoleSet other) const {
    return (bits_ & other.bits_) != 0;
  }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  constexpr void insert(Role role) { bits_ |= bit(role); }

 private:
  static constexpr std::uint32_t bit(Role role) { return 1U << static_cast<unsigned>(role); }
  std::uint32_t bits_ = 0;
};

/// Who may say an event, and what makes it take effect (domain rules: the signer columns).
enum class Authority : std::uint8_t {
  genesis,         ///< only in entry 0, by all root keys
  roles,           ///< a key that holds one of `recorded_by`
  roles_or_root,   ///< as above, or a root key
  root_threshold,  ///< a root key; takes effect when root keys of `root_threshold` parties have
                   ///< said it
  any_key,         ///< every registered key, whatever its roles
};

struct Signers {
  Authority authority = Authority::roles;
  RoleSet recorded_by{};
  /// When not empty: takes effect at the entry in which a key of another party that holds one of
  /// these roles endorses it.
  RoleSet endorsed_by{};
  /// The endorsement may come from the author's own party, by another holder (four eyes in one
  /// house).
  bool own_party_endorses = false;
  /// A decision must name the head of the log that its author had seen.
  bool decision = false;
};

}  // namespace assay
