#pragma once

/// Chains of duplicates: an issue that was put aside as a duplicate lives on in the one at the end
/// of its chain. Pure functions of the issue register.

#include "projections/issues/issue_register.hpp"

namespace assay::projections {

/// True while the issue stands as a duplicate, whether it was called one or closed as one.
[[nodiscard]] bool is_duplicate(const Issue& issue);

/// The issue at the end of the chain that starts with `from`; `from` itself where it is no
/// duplicate. Absent when the chain goes round in circles, or ends in nothing that was ever raised.
[[nodiscard]] std::optional<Identifier> end_of_chain(const IssueRegister& issues,
                                                     const Identifier& from);

}  // namespace assay::projections
