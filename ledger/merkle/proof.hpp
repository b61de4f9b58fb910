#pragma once

/// Inclusion and consistency proofs (RFC 6962 section 2.1, checked as RFC 9162 sections 2.1.3.2 and
/// 2.1.4.2), and the same about a subtree, as mirrors and subtree cosignatures use them (C2SP
/// tlog-mirror, tlog-cosignature). Every proof has exactly one right length, which is compared
/// before anything is hashed. Thread word: pure functions.

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/merkle/tree.hpp"

namespace assay::merkle {

/// Hashes in the order of the RFC: the leaf's side first, the root's child last. At most 63 for
/// inclusion, 64 for consistency (63 up to 2^62 leaves).
using Proof = std::vector<Hash>;

/// Proves that leaf `index` (0-based) stands in the tree of `size` leaves, from the nodes of that
/// tree or of any larger one. Reads O(log size) nodes.
/// Errors: invalid_argument (index >= size, size above kTreeSizeMax), those of `nodes`.
[[nodiscard]] Result<Proof> prove_inclusion(std::uint64_t index, std::uint64_t size,
                                            const NodeReader& nodes);

/// Proves that the tree of `old_size` leaves is the beginning of that of `new_size`.
/// Errors: invalid_argument (old_size 0, which proves nothing, or above new_size; new_size above
/// kTreeSizeMax), those of `nodes`.
[[nodiscard]] Result<Proof> prove_consistency(std::uint64_t old_size, std::uint64_t new_size,
                                              const NodeReader& nodes);

/// Checks that `leaf` is the leaf hash at `index` of the tree `head`. The proof does not bind the
/// size: `head.size` and `head.root` must come from one signed checkpoint.
/// Errors: malformed (index outside the tree, length of the proof), tampered_hash (another root).
[[nodiscard]] Status check_inclusion(const Hash& leaf, std::uint64_t index, const TreeHead& head,
                                     std::span<const Hash> proof);

/// Checks that `newer` is `older` with leaves appended. An empty older tree is consistent with
/// everything and so proves nothing: it is refused here, and callers that allow it answer first.
/// Errors: malformed (older is empty or larger, length of the proof), forked (a root differs).
[[nodiscard]] Status check_consistency(const TreeHead& older, const TreeHead& newer,
                                       std::span<const Hash> proof);

/// The leaves [start, end) of a tree. Valid if `start` is a multiple of the smallest power of two
/// that is at least end - start; the empty subtree (start == end) is valid everywhere.
struct Subtree {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  Hash root = kEmptyRoot;
};

/// Proves that [start, end) is part of the tree of `size` leaves.
/// Errors: invalid_argument (subtree not valid or empty, or beyond `size`), those of `nodes`.
[[nodiscard]] Result<Proof> prove_subtree_consistency(std::uint64_t start, std::uint64_t end,
                                                      std::uint64_t size, const NodeReader& nodes);

/// Checks that `leaf` is the leaf hash at `index` (counted from the start of the log) of `subtree`.
/// Errors: malformed (subtree not valid, index outside it, length of the proof), tampered_hash.
[[nodiscard]] Status check_subtree_inclusion(const Hash& leaf, std::uint64_t index,
                                             const Subtree& subtree, std::span<const Hash> proof);

/// Checks that `subtree` is part of the tree `head`. The empty subtree is part of every tree: its
/// root must be kEmptyRoot, its proof empty, and it says nothing about `head`.
/// Errors: malformed (subtree not valid or beyond the tree, length of the proof), forked (a root
/// differs).
[[nodiscard]] Status check_subtree_consistency(const Subtree& subtree, const TreeHead& head,
                                               std::span<const Hash> proof);

}  // namespace assay::merkle
