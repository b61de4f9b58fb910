#pragma once

/// Second versions of events about Test Phases: each is its first version and what that lacked.
/// What is added is optional, so whoever has nothing to say records as before.

#include "ledger/events/phases.hpp"
#include "ledger/events/policy_version.hpp"

namespace assay::events {

enum class CryptoMaterial : std::uint8_t { live, test };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::CryptoMaterial>[] = {"live", "test"};
}  // namespace assay
namespace assay::events {

/// The policies that a phase was planned under. That there are such, and which ones govern it in
/// the end, is for a finding (X-POLICY): a plan that names a wrong one is recorded.
struct PhasePolicies {
  std::optional<PolicyVersion> entry;
  std::optional<PolicyVersion> exit;
  std::optional<PolicyVersion> regression;
  std::optional<PolicyVersion> threshold;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(entry), CEREAL_NVP(exit), CEREAL_NVP(regression), CEREAL_NVP(threshold));
  }
};

/// As version 1, and the policies that it is planned under.
struct PhasePlannedV2 : PhasePlanned {
  static constexpr std::uint64_t kVersion = 2;
  std::optional<PhasePolicies> policies;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(groups), CEREAL_NVP(kind), CEREAL_NVP(name),
            CEREAL_NVP(phase), CEREAL_NVP(planned_entries), CEREAL_NVP(policies),
            CEREAL_NVP(stage));
  }
  void invariants(Invariants& v) const {
    PhasePlanned::invariants(v);
    v.require(!policies || policies->entry || policies->exit || policies->regression ||
                  policies->threshold,
              "policies names at least one policy");
  }
};

/// As version 1; an item may name the version of its test case, and a variant.
struct ScopeItemsListedV2 {
  static constexpr std::string_view kType = "scope_items_listed";
  static constexpr std::uint64_t kVersion = 2;
  static constexpr Signers kSigners = ScopeItemsListed::kSigners;
  std::vector<ScopeItemV2> items;
  Identifier phase;
  Identifier scope;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::scope, scope.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(items), CEREAL_NVP(phase), CEREAL_NVP(scope));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    for (const ScopeItemV2& item : items) check_item(v, scope, item);
  }
};

/// As version 1, and the document in which both sides read the items, kept as evidence.
struct ScopeBaselinedV2 : ScopeBaselined {
  static constexpr std::uint64_t kVersion = 2;
  std::optional<Hash> items_document;

  void evidence_files(std::vector<Hash>& files) const {
    if (items_document) files.push_back(*items_document);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item_count), CEREAL_NVP(items_document), CEREAL_NVP(phase), CEREAL_NVP(root),
            CEREAL_NVP(scope), CEREAL_NVP(version));
  }
};

/// As version 1, with items of version 2, and a commitment to the scope as the change leaves it:
/// the RFC 6962 root over the items that stay, in the order in which they were listed, and then the
/// items added, each in canonical form.
struct ScopeChangedV2 {
  static constexpr std::string_view kType = "scope_changed";
  static constexpr std::uint64_t kVersion = 2;
  static constexpr Signers kSigners = ScopeChanged::kSigners;
  std::vector<ScopeItemV2> added;
  std::optional<EventId> approval;          ///< the position or decision that approved the change
  std::optional<std::uint64_t> item_count;  ///< after the change
  Identifier phase;
  std::string reason;
  IdentifierSet removed;
  std::optional<Hash> root;  ///< after the change; zero items have the root of the empty tree
  Identifier scope;
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::scope, scope.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(added), CEREAL_NVP(approval), CEREAL_NVP(item_count), CEREAL_NVP(phase),
            CEREAL_NVP(reason), CEREAL_NVP(removed), CEREAL_NVP(root), CEREAL_NVP(scope),
            CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::scope, scope.text);
    v.exists(Kind::phase, phase.text);
    v.event(approval);
    v.require(!reason.empty(), "a change of scope needs a reason");
    v.require(item_count.has_value() == root.has_value(), "item_count and root go together");
    for (const ScopeItemV2& item : added) check_item(v, scope, item);
  }
};

/// As version 1, and with which keys and certificates the environment works.
struct EnvironmentBaselinedV2 : EnvironmentBaselined {
  static constexpr std::uint64_t kVersion = 2;
  std::optional<CryptoMaterial> crypto_material;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(components), CEREAL_NVP(crypto_material), CEREAL_NVP(environment),
            CEREAL_NVP(phases));
  }
};

/// As version 1, and the criteria of the test approach by which testing stops, or may go on.
template <class First>
struct PhaseInterruptionV2 : First {
  static constexpr std::uint64_t kVersion = 2;
  std::optional<IdentifierSet> criteria;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criteria), cereal::make_nvp("phase", this->phase),
            cereal::make_nvp("reason", this->reason));
  }
  void invariants(Invariants& v) const {
    First::invariants(v);
    v.require(!criteria || !criteria->ids.empty(), "criteria names at least one criterion");
  }
};
struct PhaseSuspendedV2 : PhaseInterruptionV2<PhaseSuspended> {};
struct PhaseResumedV2 : PhaseInterruptionV2<PhaseResumed> {};
struct PhaseAbortedV2 : PhaseInterruptionV2<PhaseAborted> {};

}  // namespace assay::events
