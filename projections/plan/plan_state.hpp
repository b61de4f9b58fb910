#pragma once

/// What the plan keeps of the things that are to be tested, and of the tests. Nothing here changes
/// once it is declared, except that a document's list of items may grow. Thread word: plain values.

#include <set>

#include "projections/board/marks.hpp"

namespace assay::projections {

struct Release {
  std::set<Identifier> cohorts;  ///< SMSOs
  Mark declared;
  std::string title;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cohorts), CEREAL_NVP(declared), CEREAL_NVP(title));
  }
};

/// A GroupID of the TMAD.
struct Group {
  Mark declared;
  std::optional<std::string> description;
  std::set<Identifier> releases;  ///< to which it applies
  Identifier smso;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(declared), CEREAL_NVP(description), CEREAL_NVP(releases), CEREAL_NVP(smso));
  }
};

struct DeviceModel {
  std::optional<std::string> cpl_ref;
  std::string firmware_version;
  std::string hardware_version;
  std::string manufacturer;
  std::string model;
  Mark registered;
  std::optional<std::string> source;  ///< where the registration was taken from
  events::DeviceType type = events::DeviceType::esme;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cpl_ref), CEREAL_NVP(firmware_version), CEREAL_NVP(hardware_version),
            CEREAL_NVP(manufacturer), CEREAL_NVP(model), CEREAL_NVP(registered), CEREAL_NVP(source),
            CEREAL_NVP(type));
  }
};

struct Dmc {
  Identifier comms_provider;
  Mark defined;
  std::set<Identifier> device_models;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(comms_provider), CEREAL_NVP(defined), CEREAL_NVP(device_models));
  }
};

/// A device on a rig.
struct Device {
  Identifier device_model;
  Mark enrolled;
  std::string location;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(device_model), CEREAL_NVP(enrolled), CEREAL_NVP(location));
  }
};

/// One version of a test case.
struct TestCase {
  std::optional<Hash> digest;
  Mark registered;
  std::set<std::string> requirements;
  std::optional<std::string> service_reference;
  std::set<events::SystemSide> sides;  ///< empty where the registration did not say
  std::set<Identifier> tags;
  std::string title;
  std::optional<std::string> tmad_step;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(registered), CEREAL_NVP(requirements),
            CEREAL_NVP(service_reference), CEREAL_NVP(sides), CEREAL_NVP(tags), CEREAL_NVP(title),
            CEREAL_NVP(tmad_step));
  }
};

/// The policies that a phase was planned under, as its plan names them.
struct PhasePlan {
  Mark planned;
  events::PhasePolicies policies;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(planned), CEREAL_NVP(policies));
  }
};

/// What one version of a Depth and Breadth document promises.
struct DocumentItems {
  std::vector<EventId> events;              ///< that list them, in the order of the log
  std::vector<events::PromisedItem> items;  ///< in the order of listing
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(items));
  }
};

}  // namespace assay::projections
