#pragma once

/// DMC selection policies: by which route a DMC is selected, and by which other routes one may take
/// another's place. Routes are data: a disabled one stays visible with its reason (SVTAD 13.11).

#include "ledger/events/policies/legal_basis.hpp"

namespace assay::events {

enum class RouteStep : std::uint8_t { consult_public, consult_sec_parties, consult_tag, position };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::RouteStep>[] = {
    "consult_public", "consult_sec_parties", "consult_tag", "tag_position"};
}  // namespace assay
namespace assay::events {

/// What must be so for a route to be open.
struct RouteCondition {
  std::optional<std::vector<std::string>> differing_fields_within;  ///< "ESME.firmware_ver"
  std::optional<bool> during_test_phase;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(differing_fields_within), CEREAL_NVP(during_test_phase));
  }
};

struct SubstitutionRoute {
  bool enabled = false;
  LegalBasis legal_basis;
  IdentifierSet releases;  ///< to which it applies; empty: to all
  Identifier route;
  std::vector<RouteStep> steps;
  RouteCondition when;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(enabled), CEREAL_NVP(legal_basis), CEREAL_NVP(releases), CEREAL_NVP(route),
            CEREAL_NVP(steps), CEREAL_NVP(when));
  }
};

struct SelectionPolicy {
  std::optional<std::uint64_t> consultation_working_days_min;
  std::vector<RouteStep> default_route;
  std::set<TestKind> shared_by_kinds;  ///< one selection serves all of them
  std::vector<SubstitutionRoute> substitution_routes;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(consultation_working_days_min), CEREAL_NVP(default_route),
            CEREAL_NVP(shared_by_kinds), CEREAL_NVP(substitution_routes));
  }
  void invariants(Invariants& v) const;
};

}  // namespace assay::events
