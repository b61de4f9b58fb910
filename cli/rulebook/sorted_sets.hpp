#pragma once

/// Sets in JSON as people write them: a set has one order, and people need not know it. Pure.

#include <nlohmann/json.hpp>

namespace assay::cli {

/// Puts the elements of every set of `value` (an array that `schema` calls unique) into the order
/// that the log takes: enumerations as they are declared, other texts as they sort. Repeats stay,
/// for the reader to refuse.
void sort_sets(nlohmann::json& value, const nlohmann::json& schema);

}  // namespace assay::cli
