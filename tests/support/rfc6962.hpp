#pragma once

/// The tree straight from the definitions of RFC 6962 section 2.1, and the checks straight from the
/// algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2: slow, and written without a look at
/// ledger/merkle, to compare it with. Only the two hash functions are shared.

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/merkle/tree.hpp"

namespace assay::testing {

using Hashes = std::span<const Hash>;

[[nodiscard]] Hash defined_root(Hashes leaves);
[[nodiscard]] std::vector<Hash> defined_inclusion(std::uint64_t index, Hashes leaves);
[[nodiscard]] std::vector<Hash> defined_consistency(std::uint64_t old_size, Hashes leaves);

[[nodiscard]] bool rfc9162_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                     Hashes proof, const Hash& root);
[[nodiscard]] bool rfc9162_consistency(std::uint64_t old_size, std::uint64_t new_size, Hashes proof,
                                       const Hash& old_root, const Hash& new_root);

}  // namespace assay::testing
