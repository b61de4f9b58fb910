#pragma once

/// The annex of docs/format.md that lists every event type, written from the catalogue: who may
/// record it, its members, its subject, and its hard invariants. What depends on a member's value
/// is found by handing each type values that are named after their members.

#include <set>
#include <string>

namespace assay::testing {

/// The lines of the annex, each at most 120 characters.
[[nodiscard]] std::string event_annex();

/// "<type> <member>" for every member that is a hash and not an evidence file's digest.
[[nodiscard]] std::set<std::string> hashes_of_no_file();

}  // namespace assay::testing
