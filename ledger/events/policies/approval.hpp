#pragma once

/// Approval policies: who has to say what before it counts, and when a body has a quorum. Which
/// body approves entry, exit and completion is not known; it is data.

#include "ledger/events/documents.hpp"

namespace assay::events {

enum class Body : std::uint8_t { tag, panel, sos };
/// What an approval rule is about.
enum class Matter : std::uint8_t {
  combined_completion,
  completion,
  deferral,
  dmc_selection,
  document,
  entry,
  epcl_entry,
  exit,
  policy_activation,
  scope_change,
  severity_downgrade,
  waiver,
};

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::Body>[] = {"TAG", "PANEL", "SOS"};
template <>
inline constexpr std::string_view kEnumTexts<events::Matter>[] = {"combined_completion",
                                                                  "completion",
                                                                  "deferral",
                                                                  "dmc_selection",
                                                                  "document",
                                                                  "entry",
                                                                  "epcl_entry",
                                                                  "exit",
                                                                  "policy_activation",
                                                                  "scope_change",
                                                                  "severity_downgrade",
                                                                  "waiver"};
}  // namespace assay
namespace assay::events {

/// A body's position counts when members of at least `present_parties` parties have spoken to it,
/// and those of at least `endorsing_parties` for it. Members hold `roles`.
struct Quorum {
  Body body = Body::tag;
  std::uint64_t endorsing_parties = 0;
  std::uint64_t present_parties = 0;
  std::set<Role> roles;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(body), CEREAL_NVP(endorsing_parties), CEREAL_NVP(present_parties),
            CEREAL_NVP(roles));
  }
};

struct ApprovalRule {
  std::optional<Body> body;  ///< whose position it takes; absent: nobody's
  bool independent = false;  ///< not by the party that benefits or executes alone
  Matter matter = Matter::exit;
  std::set<Position> positions;  ///< of the body, that count as a yes
  std::set<Role> roles;          ///< one of them must have recorded or endorsed it; empty: any
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(body), CEREAL_NVP(independent), CEREAL_NVP(matter), CEREAL_NVP(positions),
            CEREAL_NVP(roles));
  }
};

struct ApprovalPolicy {
  std::vector<Quorum> quorums;      ///< ascending by body, each once
  std::vector<ApprovalRule> rules;  ///< ascending by matter; several for one matter all apply
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(quorums), CEREAL_NVP(rules));
  }
  void invariants(Invariants& v) const;
};

}  // namespace assay::events
