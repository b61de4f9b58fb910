#pragma once

/// JSON as people and tools write it, made canonical: white space and any order of members are
/// fine; repeated members, fractions, nulls and bytes that are not UTF-8 are refused with their
/// place. Pure.

#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::cli {

/// One JSON value of at most `size_max_bytes`, in canonical form. Errors: malformed (byte offset
/// and reason), limit.
[[nodiscard]] Result<std::string> canonical_from_json(std::string_view text,
                                                      std::size_t size_max_bytes);

}  // namespace assay::cli
