#pragma once

/// In which fields two Device Model Combinations differ. Whether a difference is material is for
/// policy to say; that it is there is computed. Thread word: pure functions.

#include "projections/plan/plan.hpp"

namespace assay::projections {

/// Ascending, each once: "ESME.firmware_ver", "ESME.hardware_ver", "ESME.manufacturer",
/// "ESME.model" and so for every type of device; "GSME" alone where only one of the two has such a
/// device; "comms_provider". Absent when the plan does not know a DMC or one of its models.
///
/// Where a combination has several devices of a type, those that both have are left out, and the
/// others are compared in the order of their fields.
[[nodiscard]] std::optional<std::vector<std::string>> dmc_difference(const Plan& plan,
                                                                     const Identifier& a,
                                                                     const Identifier& b);

}  // namespace assay::projections
