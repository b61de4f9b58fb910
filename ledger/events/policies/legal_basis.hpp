#pragma once

/// On what a policy rests, and what the status of a clause can be. Nothing of a clause's text is
/// compiled in; these are only the words that policies and the register of clauses share.

#include "ledger/events/programme.hpp"

namespace assay::events {

enum class ClauseStatus : std::uint8_t {
  proposed,  ///< under consultation; not in force
  in_force,
  removal_proposed,  ///< still in force
  removed,
  withdrawn_before_effect,  ///< proposed once, and never in force
};

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::ClauseStatus>[] = {
    "proposed", "in_force", "removal_proposed", "removed", "withdrawn_before_effect"};
}  // namespace assay
namespace assay::events {

struct LegalBasis {
  std::string clause;
  std::string document;  ///< as quoted: "SMETS1 SVTAD"
  ClauseStatus status = ClauseStatus::proposed;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clause), CEREAL_NVP(document), CEREAL_NVP(status));
  }
};

}  // namespace assay::events
