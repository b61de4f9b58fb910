#pragma once

/// The damage that a drill does to copies of a ledger, one class at a time, and what must find it.
/// Thread word: thread-compatible.

#include <functional>
#include <string>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/store/store.hpp"
#include "ledger/verify/claims.hpp"

namespace assay::cli {

struct Drill {
  std::string name;  ///< of the class: "entry", "rollback"
  std::string what;  ///< is done, in a sentence's rest: "one digit of entry 20 is changed"
  /// Done to the ledger in this directory. Errors: not_found (nothing to damage in this way).
  std::function<Status(const std::string& directory)> damage;
  verify::Claim found_by = verify::Claim::chain;  ///< the claim that must fail
};

/// Every class, for a ledger with an entry at least. Errors: those of the store.
[[nodiscard]] Result<std::vector<Drill>> drills_for(const store::Store& ledger);

}  // namespace assay::cli
