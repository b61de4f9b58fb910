#pragma once

/// The commitment that a scope's baseline makes: the RFC 6962 root over its items, in the order in
/// which they were listed. Thread word: thread-compatible.

#include <string>

#include "ledger/base/error.hpp"

namespace assay::cli {

/// "root=<hex>" of the items that the ledger in `directory` lists for `scope`. Errors: not_found,
/// those of the store.
[[nodiscard]] Result<std::string> listed_scope_root(const std::string& directory,
                                                    const std::string& scope);

}  // namespace assay::cli
