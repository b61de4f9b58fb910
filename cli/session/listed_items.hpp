#pragma once

/// The commitment that a baseline makes to the items listed for it: how many there are, and the
/// RFC 6962 root over them in the order in which they were listed. Nobody computes that by hand, so
/// whoever records a baseline may leave both out. Thread word: thread-compatible.

#include <string>
#include <vector>

#include "cli/app.hpp"

namespace assay::cli {

/// `pairs` of an event as member=value, with item_count and root added where the type is
/// scope_baselined or regression_scope_baselined and neither is given. They commit to what the
/// ledger lists at its end; those of scope_changed, to what the change leaves of that. Other types
/// and complete pairs come back as they are, and no ledger is opened. Errors: not_found (nothing is
/// listed for it), those of the ledger.
[[nodiscard]] Result<std::vector<std::string>> with_listed_items(const Run& run,
                                                                 const std::string& type,
                                                                 std::vector<std::string> pairs);

}  // namespace assay::cli
