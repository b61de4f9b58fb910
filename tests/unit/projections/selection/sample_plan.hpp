#pragma once

/// The programme's sample plan: device models, combinations, groups and planned entries of the
/// release MOC, all of them invented, and events about selection in one line each.

#include <initializer_list>
#include <string>
#include <vector>

#include "tests/support/make_events.hpp"

namespace assay::testing {

struct SampleModel {
  const char* id;
  events::DeviceType type;
  const char* manufacturer;
  const char* model;
  const char* hardware;
  const char* firmware;
};
inline constexpr SampleModel kSampleModels[] = {
    {"M1", events::DeviceType::esme, "Landis+Gyr", "E470", "INV-H1", "INV-1.07"},
    {"M2", events::DeviceType::esme, "Landis+Gyr", "E470", "INV-H1", "INV-1.09"},
    {"M3", events::DeviceType::gsme, "Landis+Gyr", "Libra 310", "INV-H2", "INV-2.31"},
    {"M4", events::DeviceType::chf, "Landis+Gyr", "INV-CH-A", "INV-H3", "INV-3.02"},
    {"M5", events::DeviceType::ppmid, "INV-Display", "INV-IHD-1", "INV-H4", "INV-0.9"},
    {"M6", events::DeviceType::esme, "Honeywell Elster", "AS300P", "INV-H5", "INV-5.11"},
    {"M7", events::DeviceType::gsme, "Honeywell Elster", "BK-G4E", "INV-H6", "INV-6.00"},
    {"M8", events::DeviceType::chf, "Honeywell Elster", "INV-CH-B", "INV-H7", "INV-7.4"},
    {"M9", events::DeviceType::esme, "Secure Meters", "Liberty 100", "INV-H8", "INV-8.2"},
    {"MA", events::DeviceType::ppmid, "Secure Meters", "Pipit 500", "INV-H9", "INV-1.1"},
    {"MB", events::DeviceType::esme, "Honeywell Elster", "AS300P", "INV-H5", "INV-5.12"},
};

inline std::vector<EventData> sample_models() {
  std::vector<EventData> said;
  for (const SampleModel& row : kSampleModels) {
    events::DeviceModelRegistered model;
    model.device_model = row.id;
    model.device_type = row.type;
    model.firmware_version = row.firmware;
    model.hardware_version = row.hardware;
    model.manufacturer = row.manufacturer;
    model.model = row.model;
    said.emplace_back(model);
  }
  return said;
}

inline events::DmcDefined dmc_defined(const char* id, Ids models, const char* provider) {
  events::DmcDefined event;
  event.comms_provider = provider;
  event.device_models = IdentifierSet::of(std::move(models));
  event.dmc = id;
  return event;
}

inline std::vector<EventData> sample_dmcs() {
  return {dmc_defined("DMC-MDS-001", {"M1", "M3", "M4", "M5"}, "INV-CSP-1"),
          dmc_defined("DMC-MDS-002", {"M6", "M7", "M8", "M5"}, "INV-CSP-1"),
          dmc_defined("DMC-MDS-003", {"M2", "M3", "M4", "M5"}, "INV-CSP-1"),
          dmc_defined("DMC-MDS-004", {"MB", "M7", "M8", "M5"}, "INV-CSP-1"),
          dmc_defined("DMC-SEC-001", {"M9", "MA"}, "INV-CSP-2")};
}

inline events::ReleaseDeclared release_declared(const char* id, Ids cohorts) {
  events::ReleaseDeclared event;
  event.cohorts = IdentifierSet::of(std::move(cohorts));
  event.release = id;
  event.title = std::string("Release ") + id;
  return event;
}

inline events::GroupDeclared group_declared(const char* id, const char* smso, Ids releases) {
  events::GroupDeclared event;
  event.group = id;
  event.releases = IdentifierSet::of(std::move(releases));
  event.smso = smso;
  return event;
}

/// A planned entry of the release MOC that requires MT and SIT.
inline events::PlannedEntryDeclared moc_entry(const char* id, const char* dmc,
                                              events::Category category, const char* smso = "MDS",
                                              const char* group = "ZA") {
  events::PlannedEntryDeclared event;
  event.category = category;
  event.dmc = dmc;
  event.groups = IdentifierSet::of({group});
  event.planned_entry = id;
  event.release = "MOC";
  event.required_kinds = {events::TestKind::mt, events::TestKind::sit};
  event.smso = smso;
  return event;
}

// The choice of DMCs, in the release MOC.
inline events::DmcProposed dmc_proposed(const char* dmc, std::set<events::TestKind> kinds) {
  events::DmcProposed event;
  event.dmc = dmc;
  event.kinds = std::move(kinds);
  event.rationale = "many installations";
  event.release = "MOC";
  event.smso = "MDS";
  return event;
}
inline events::DmcSelected dmc_selected(const char* dmc, std::set<events::TestKind> kinds,
                                        const char* consultation = nullptr,
                                        std::optional<EventId> position = std::nullopt) {
  events::DmcSelected event;
  if (consultation != nullptr) event.consultation = consultation;
  event.dmc = dmc;
  event.kinds = std::move(kinds);
  event.position = position;
  event.release = "MOC";
  return event;
}
inline events::DmcDeselected dmc_deselected(const char* dmc, bool during_phase,
                                            const char* release = "MOC") {
  events::DmcDeselected event;
  event.dmc = dmc;
  event.during_phase = during_phase;
  event.reason = "its firmware changes";
  event.release = release;
  return event;
}
inline events::DmcSubstituted dmc_substituted(const char* old_dmc, const char* new_dmc,
                                              const char* route, std::vector<std::string> fields) {
  events::DmcSubstituted event;
  event.differing_fields = std::move(fields);
  event.new_dmc = new_dmc;
  event.old_dmc = old_dmc;
  event.release = "MOC";
  event.route = route;
  return event;
}

inline Timestamp at(const char* text) { return Timestamp::parse(text).value(); }

inline events::ConsultationOpened consultation_opened(const char* id,
                                                      std::set<events::Audience> audiences,
                                                      const char* opens, const char* closes) {
  events::ConsultationOpened event;
  event.about = "dmc_selection";
  event.audiences = std::move(audiences);
  event.closes_at = at(closes);
  event.consultation = id;
  event.opens_at = at(opens);
  event.title = "Which combinations are tested";
  return event;
}
inline events::ConsultationClosed consultation_closed(const char* id, const char* closed,
                                                      std::uint64_t responses = 0) {
  events::ConsultationClosed event;
  event.closed_at = at(closed);
  event.consultation = id;
  event.responses_count = responses;
  return event;
}

// The EPCL.
inline events::EquivalenceClaimed equivalence_claimed(const char* planned_entry,
                                                      const char* tested_dmc,
                                                      std::vector<std::string> fields) {
  events::EquivalenceClaimed event;
  event.differing_fields = std::move(fields);
  event.planned_entry = planned_entry;
  event.tested_dmc = tested_dmc;
  return event;
}
inline events::EpclEntryMade epcl_entry_made(const char* planned_entry, const char* date,
                                             events::EpclBasis basis = events::EpclBasis::tested,
                                             std::vector<EventId> completions = {}) {
  events::EpclEntryMade event;
  event.basis = basis;
  event.completions = std::move(completions);
  event.date_first_added = date;
  event.list_version = "1";
  event.planned_entry = planned_entry;
  return event;
}
inline events::EpclEntryRemoved epcl_entry_removed(const char* planned_entry) {
  events::EpclEntryRemoved event;
  event.planned_entry = planned_entry;
  event.reason = "withdrawn by its manufacturer";
  return event;
}

}  // namespace assay::testing
