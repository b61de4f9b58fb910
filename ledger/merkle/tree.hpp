#pragma once

/// The shape of the tree: how leaves and nodes are hashed (RFC 6962 section 2.1), how a tree is put
/// together from perfect subtrees, and how whoever keeps nodes hands them over.
/// Thread word: pure functions and plain values.

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay::merkle {

/// Leaves in a tree, at most; what a checkpoint's decimal size can say.
inline constexpr std::uint64_t kTreeSizeMax = (std::uint64_t{1} << 63) - 1;

/// SHA-256 of nothing: the root of the tree without leaves.
inline constexpr Hash kEmptyRoot{{0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4,
                                  0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b,
                                  0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55}};

/// SHA-256(0x00 || entry).
[[nodiscard]] Hash leaf_hash(std::string_view entry) noexcept;
/// SHA-256(0x01 || left || right).
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right) noexcept;

/// A root means nothing without the size it belongs to: an inclusion proof alone does not bind the
/// size, so the two travel together, from one signed checkpoint.
struct TreeHead {
  std::uint64_t size = 0;
  Hash root = kEmptyRoot;
  auto operator<=>(const TreeHead&) const = default;
};

/// The perfect subtree over the leaves [index << level, (index + 1) << level). Level 0 is the leaf
/// level, where the node's hash is the leaf hash; `index` counts at `level`.
struct NodeId {
  unsigned level = 0;  // 0 to 62
  std::uint64_t index = 0;
  auto operator<=>(const NodeId&) const = default;
};

/// Hands over the hash of a node that is complete. Errors: whatever its source says; a node that is
/// not there is not_found.
using NodeReader = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

/// The largest power of two below `leaf_count`, which is at least 2: where RFC 6962 splits a tree.
[[nodiscard]] std::uint64_t split_point(std::uint64_t leaf_count) noexcept;

/// The fewest perfect subtrees that make up the leaves [begin, end), left to right; none if
/// begin >= end. At most 126; for begin = 0 one for each set bit of `end`.
[[nodiscard]] std::vector<NodeId> cover(std::uint64_t begin, std::uint64_t end);

/// The root over the leaves [begin, end) where that range is itself a node of an RFC 6962 tree
/// (`begin` is a multiple of the smallest power of two >= end - begin); kEmptyRoot if begin == end.
/// Errors: those of `nodes`.
[[nodiscard]] Result<Hash> range_root(std::uint64_t begin, std::uint64_t end,
                                      const NodeReader& nodes);

/// The root that the tree had at `size` leaves, from the nodes of that tree or of any larger one.
/// Errors: invalid_argument (size above kTreeSizeMax), those of `nodes`.
[[nodiscard]] Result<Hash> root_at(std::uint64_t size, const NodeReader& nodes);

}  // namespace assay::merkle
