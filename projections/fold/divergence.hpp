#pragma once

/// Two folds of one log that come to different states: after which entry do they part? Asked of
/// both at the middle of what is left, again and again, so ten million entries take 24 questions.
/// Pure.

#include <functional>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay::projections {

/// The digest of a fold's state after the first `size` entries. May fail in its own ways.
using DigestAt = std::function<Result<Hash>(std::uint64_t size)>;

/// The two agree after `low` entries and differ after `high`, which the caller knows: neither is
/// asked for. Returns a size in (low, high] after which they differ although they agreed one entry
/// before: the last entry of that size is folded differently. It is the first such entry unless
/// they differed earlier and agreed again. `low` < `high`. Errors: those of the two.
[[nodiscard]] Result<std::uint64_t> first_divergence(std::uint64_t low, std::uint64_t high,
                                                     const DigestAt& one, const DigestAt& other);

}  // namespace assay::projections
