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

/// Damage to a copy of the log as it is published, where every verifier can look: the directory is
/// what `damage` is done to.
struct PublishedDrill : Drill {
  bool for_shell = false;  ///< verify.sh looks at this, too
};

/// For the published directory of a log of `size` entries. Errors: those of reading it.
[[nodiscard]] Result<std::vector<PublishedDrill>> published_drills_for(const std::string& directory,
                                                                       std::uint64_t size);

/// Every class, for a ledger with an entry at least. Errors: those of the store.
[[nodiscard]] Result<std::vector<Drill>> drills_for(const store::Store& ledger);

}  // namespace assay::cli
