#pragma once

/// Events that say what is to be tested: releases, groups, device models, DMCs, planned entries.

#include "ledger/events/invariants.hpp"
#include "ledger/events/roles.hpp"

namespace assay::events {

enum class TestKind : std::uint8_t { mt, sit, srvt, regression };
enum class Category : std::uint8_t { active, dormant, mixed };
enum class DeviceType : std::uint8_t { esme, gsme, chf, gpf, ppmid, ihd, hcalcs };
enum class WithdrawalReason : std::uint8_t { deselected, uneconomic, excluded, other };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::TestKind>[] = {"MT", "SIT", "SRVT",
                                                                    "REGRESSION"};
template <>
inline constexpr std::string_view kEnumTexts<events::Category>[] = {"ACTIVE", "DORMANT", "MIXED"};
template <>
inline constexpr std::string_view kEnumTexts<events::DeviceType>[] = {
    "ESME", "GSME", "CHF", "GPF", "PPMID", "IHD", "HCALCS"};
template <>
inline constexpr std::string_view kEnumTexts<events::WithdrawalReason>[] = {
    "deselected", "uneconomic", "excluded", "other"};
}  // namespace assay
namespace assay::events {

struct ReleaseDeclared {
  static constexpr std::string_view kType = "release_declared";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  IdentifierSet cohorts;  ///< SMSOs whose installations the release covers
  Identifier release;
  std::string title;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::release, release.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cohorts), CEREAL_NVP(release), CEREAL_NVP(title));
  }
  void invariants(Invariants& v) const { v.creates(Kind::release, release.text); }
};

/// A GroupID of the TMAD: an opaque name for a part of a cohort.
struct GroupDeclared {
  static constexpr std::string_view kType = "group_declared";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  std::optional<std::string> description;
  Identifier group;
  IdentifierSet releases;
  Identifier smso;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::group, group.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(description), CEREAL_NVP(group), CEREAL_NVP(releases), CEREAL_NVP(smso));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::group, group.text);
    v.all_exist(Kind::release, releases.ids);
  }
};

struct DeviceModelRegistered {
  static constexpr std::string_view kType = "device_model_registered";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm, Role::mfr}};
  std::optional<std::string> cpl_ref;  ///< entry on the Central Products List
  Identifier device_model;
  DeviceType device_type = DeviceType::esme;
  std::string firmware_version;
  std::string hardware_version;
  std::string manufacturer;
  std::string model;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::device_model, device_model.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cpl_ref), CEREAL_NVP(device_model), CEREAL_NVP(device_type),
            CEREAL_NVP(firmware_version), CEREAL_NVP(hardware_version), CEREAL_NVP(manufacturer),
            CEREAL_NVP(model));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::device_model, device_model.text);
    const std::string separator(1, '\0');
    v.unique(Kind::device_model, std::string(enum_text(device_type)) + separator + manufacturer +
                                     separator + model + separator + hardware_version + separator +
                                     firmware_version);
  }
};

/// As version 1, and where what is said of the model was taken from.
struct DeviceModelRegisteredV2 : DeviceModelRegistered {
  static constexpr std::uint64_t kVersion = 2;
  std::optional<std::string> source;  ///< "CPL of 2019-08-01", a manufacturer's declaration, …

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cpl_ref), CEREAL_NVP(device_model), CEREAL_NVP(device_type),
            CEREAL_NVP(firmware_version), CEREAL_NVP(hardware_version), CEREAL_NVP(manufacturer),
            CEREAL_NVP(model), CEREAL_NVP(source));
  }
};

/// A Device Model Combination: device models and the communications provider.
struct DmcDefined {
  static constexpr std::string_view kType = "dmc_defined";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  Identifier comms_provider;
  IdentifierSet device_models;
  Identifier dmc;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::dmc, dmc.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(comms_provider), CEREAL_NVP(device_models), CEREAL_NVP(dmc));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::dmc, dmc.text);
    v.require(!device_models.ids.empty(), "a DMC names at least one device model");
    v.all_exist(Kind::device_model, device_models.ids);
    std::string combination = comms_provider.text;
    for (const Identifier& id : device_models.ids) combination += " " + id.text;
    v.unique(Kind::dmc, combination);
  }
};

/// The unit of every entry and exit decision: release × SMSO × DMC × category, planned for the
/// EPCL.
struct PlannedEntryDeclared {
  static constexpr std::string_view kType = "planned_entry_declared";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  Category category = Category::active;
  Identifier dmc;
  IdentifierSet groups;
  Identifier planned_entry;
  Identifier release;
  std::set<TestKind> required_kinds;  ///< what "tested" means for this entry
  Identifier smso;
  std::optional<Identifier> target_date;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::planned_entry, planned_entry.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(dmc), CEREAL_NVP(groups), CEREAL_NVP(planned_entry),
            CEREAL_NVP(release), CEREAL_NVP(required_kinds), CEREAL_NVP(smso),
            CEREAL_NVP(target_date));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::planned_entry, planned_entry.text);
    v.exists(Kind::release, release.text);
    v.exists(Kind::dmc, dmc.text);
    v.all_exist(Kind::group, groups.ids);
    v.require(!required_kinds.empty(), "a planned entry requires at least one kind of test");
    v.require(!target_date || is_date(target_date->text), "target_date is a date like 2019-11-22");
    v.unique(Kind::planned_entry, release.text + " " + smso.text + " " + dmc.text + " " +
                                      std::string(enum_text(category)));
  }
};

struct PlannedEntryAmended {
  static constexpr std::string_view kType = "planned_entry_amended";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  std::optional<IdentifierSet> groups;
  Identifier planned_entry;
  std::string reason;
  std::optional<std::set<TestKind>> required_kinds;
  std::optional<Identifier> target_date;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::planned_entry, planned_entry.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(groups), CEREAL_NVP(planned_entry), CEREAL_NVP(reason),
            CEREAL_NVP(required_kinds), CEREAL_NVP(target_date));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::planned_entry, planned_entry.text);
    if (groups) v.all_exist(Kind::group, groups->ids);
    v.require(!reason.empty(), "an amendment needs a reason");
    v.require(!required_kinds || !required_kinds->empty(),
              "a planned entry requires at least one kind of test");
    v.require(!target_date || is_date(target_date->text), "target_date is a date like 2019-11-22");
  }
};

struct PlannedEntryWithdrawn {
  static constexpr std::string_view kType = "planned_entry_withdrawn";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  std::optional<Identifier> consultation;
  std::string explanation;
  Identifier planned_entry;
  WithdrawalReason reason = WithdrawalReason::other;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::planned_entry, planned_entry.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(consultation), CEREAL_NVP(explanation), CEREAL_NVP(planned_entry),
            CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const { v.exists(Kind::planned_entry, planned_entry.text); }
};

}  // namespace assay::events
