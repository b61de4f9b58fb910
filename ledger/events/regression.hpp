#pragma once

/// Events about changes after a baseline: who assessed what they affect, and the regression cycles
/// that answer them. One cycle may count for MT and SIT, once each (MTAD 7, SVTAD 7).

#include "ledger/events/phases.hpp"

namespace assay::events {

enum class ImpactVerdict : std::uint8_t { regress, no_regression_needed };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::ImpactVerdict>[] = {"regress",
                                                                         "no_regression_needed"};
}  // namespace assay
namespace assay::events {

struct ImpactAssessed {
  static constexpr std::string_view kType = "impact_assessed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl}, .endorsed_by = {Role::dcc_tm}};
  std::vector<EventId> changes;  ///< deployments, fixes and firmware changes that it is about
  std::optional<Hash> document;
  std::set<TestKind> kinds;
  IdentifierSet planned_entries;
  std::string reason;
  ImpactVerdict verdict = ImpactVerdict::regress;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::decision, changes.empty() ? "0.0" : changes.front().text());
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(changes), CEREAL_NVP(document), CEREAL_NVP(kinds),
            CEREAL_NVP(planned_entries), CEREAL_NVP(reason), CEREAL_NVP(verdict));
  }
  void evidence_files(std::vector<Hash>& files) const {
    if (document) files.push_back(*document);
  }
  void invariants(Invariants& v) const {
    v.require(!changes.empty(), "an impact assessment names the changes that it is about");
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    v.require(!reason.empty(), "an impact assessment needs a reason");
    for (const EventId& event : changes) v.event(event);
  }
};

/// One item that a regression cycle undertakes to run again.
struct RegressionItem {
  Identifier item;  ///< the scope item's id in its phase
  Identifier phase;
  Identifier planned_entry;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(phase), CEREAL_NVP(planned_entry));
  }
};

/// Items of a regression cycle, as many events as it takes; the baseline closes the list.
struct RegressionItemsListed {
  static constexpr std::string_view kType = "regression_items_listed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  std::vector<RegressionItem> items;
  Identifier regression;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::regression, regression.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(items), CEREAL_NVP(regression));
  }
  void invariants(Invariants& v) const {
    for (const RegressionItem& item : items) {
      v.exists(Kind::phase, item.phase.text);
      v.exists(Kind::planned_entry, item.planned_entry.text);
    }
  }
};

/// Commits to a cycle before it runs: its size, and the RFC 6962 root over its items in the order
/// in which they were listed, each in canonical form.
struct RegressionScopeBaselined {
  static constexpr std::string_view kType = "regression_scope_baselined";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}, .endorsed_by = {Role::sp_tl}};
  std::optional<Identifier> document;  ///< the Depth and Breadth document of regression
  std::uint64_t item_count = 0;
  std::set<TestKind> kinds;  ///< the kinds of test that the cycle counts for
  Identifier regression;
  Hash root;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::regression, regression.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(item_count), CEREAL_NVP(kinds), CEREAL_NVP(regression),
            CEREAL_NVP(root));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::regression, regression.text);
    v.require(!kinds.empty(), "a regression cycle counts for at least one kind of test");
    v.require(item_count > 0, "a regression cycle has at least one item");
  }
};

struct RegressionStarted {
  static constexpr std::string_view kType = "regression_started";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier regression;
  std::vector<EventId> triggers;  ///< the changes that it answers

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::regression, regression.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(regression), CEREAL_NVP(triggers));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::regression, regression.text);
    v.require(!triggers.empty(), "a regression cycle names the changes that it answers");
    for (const EventId& event : triggers) v.event(event);
  }
};

struct RegressionCompleted {
  static constexpr std::string_view kType = "regression_completed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier regression;
  std::string summary;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::regression, regression.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(regression), CEREAL_NVP(summary));
  }
  void invariants(Invariants& v) const { v.closes(Kind::regression, regression.text); }
};

}  // namespace assay::events
