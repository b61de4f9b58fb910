#pragma once

/// What the programme consists of: releases, groups, device models, DMCs, devices, test cases, what
/// scopes hold, under which policies phases were planned, and what the Depth and Breadth documents
/// promise. What is declared a second time stays as it was
/// first declared, and is counted in `unplaced`. Thread word: thread-compatible; const access may
/// run beside itself.

#include "projections/fold/projection.hpp"
#include "projections/plan/plan_state.hpp"
#include "projections/plan/scope_contents.hpp"

namespace assay::projections {

struct Plan {
  static constexpr std::string_view kName = "plan";
  static constexpr std::uint64_t kVersion = 1;

  std::map<Identifier, DeviceModel> device_models;
  std::map<Identifier, Device> devices;  ///< by EUI-64
  std::map<Identifier, Dmc> dmcs;
  std::map<Identifier, Group> groups;
  std::map<Identifier, PhasePlan> phase_plans;  ///< of phases whose plan names policies
  std::map<Identifier, std::map<Identifier, DocumentItems>> promises;  ///< document, version
  std::map<Identifier, Release> releases;
  std::map<Identifier, ScopeContents> scopes;
  std::map<Identifier, std::map<Identifier, TestCase>> test_cases;  ///< test case, version
  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(device_models), CEREAL_NVP(devices), CEREAL_NVP(dmcs), CEREAL_NVP(groups),
            CEREAL_NVP(phase_plans), CEREAL_NVP(promises), CEREAL_NVP(releases), CEREAL_NVP(scopes),
            CEREAL_NVP(test_cases), CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
