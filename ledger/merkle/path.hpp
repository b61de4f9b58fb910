#pragma once

/// The way from a subtree up to the root, which every proof follows: inclusion is the case of one
/// leaf, consistency that of a subtree that starts at 0 (RFC 6962 sections 2.1.1 and 2.1.2, in the
/// common form that C2SP tlog-mirror gives them). Prover and checker walk the same steps, so that
/// the length of a proof and the side of each hash are known before any hash is looked at.
/// Thread word: pure functions.

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/merkle/tree.hpp"

namespace assay::merkle {

/// What a hash of a proof is to the subtree that the proof is about.
enum class Side : std::uint8_t {
  seed,          ///< the rightmost part of the subtree itself: where computing starts
  left_inside,   ///< to the left, and part of the subtree
  left_outside,  ///< to the left, before the subtree
  right,         ///< to the right, after the subtree
};

/// One hash of a proof: the root over the leaves [begin, end).
struct Step {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  Side side = Side::seed;
};

/// True if `start` is a multiple of the smallest power of two that is at least end - start, so that
/// [start, end) is a node of every tree that contains it; the empty range always is.
[[nodiscard]] bool is_subtree(std::uint64_t start, std::uint64_t end) noexcept;

/// The steps from the subtree [start, end) to the root of the tree of `size` leaves, in the order
/// of the proof (bottom first). Needs is_subtree(start, end) and start < end <= size <=
/// kTreeSizeMax.
[[nodiscard]] std::vector<Step> path_to_root(std::uint64_t start, std::uint64_t end,
                                             std::uint64_t size);

/// What a proof says: the roots of the subtree and of the whole tree that follow from it.
struct Folded {
  Hash subtree;
  Hash tree;
};

/// Joins `proof`, one hash a step, from the bottom up. `subtree_root` is where computing starts
/// unless the steps begin with a seed. Needs proof.size() == steps.size().
[[nodiscard]] Folded fold_path(std::span<const Step> steps, std::span<const Hash> proof,
                               const Hash& subtree_root) noexcept;

}  // namespace assay::merkle
