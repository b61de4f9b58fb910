#pragma once

/// Trees for tests: one that keeps every node, and one too large to keep.

#include <cstdint>
#include <set>
#include <vector>

#include "ledger/merkle/compact_range.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::testing {

/// The hash of leaf `index`, whose entry is "leaf <index>".
[[nodiscard]] Hash test_leaf(std::uint64_t index);

/// A tree of test leaves with all its complete nodes, kept as a store would keep them.
class KeptTree {
 public:
  explicit KeptTree(std::uint64_t size) { grow(size); }

  void grow(std::uint64_t size);
  [[nodiscard]] std::uint64_t size() const { return range_.size(); }
  [[nodiscard]] const std::vector<Hash>& leaves() const { return nodes_.front(); }
  [[nodiscard]] const std::vector<std::vector<Hash>>& nodes() const { return nodes_; }
  /// Borrows this tree. A node that is not complete is not_found.
  [[nodiscard]] merkle::NodeReader reader() const;
  /// The head at `size` leaves, which must not be above size().
  [[nodiscard]] merkle::TreeHead head(std::uint64_t size) const;

 private:
  merkle::CompactRange range_;
  std::vector<std::vector<Hash>> nodes_{1};  // nodes_[level][index]
};

/// A tree of up to 2^63 - 1 leaves that are all alike but for a few: the nodes over equal leaves
/// are equal, so any of them can be computed at once.
class SparseTree {
 public:
  /// The leaves at `special` are test leaves; all others are test_leaf(0).
  explicit SparseTree(std::set<std::uint64_t> special);
  [[nodiscard]] Hash node(unsigned level, std::uint64_t index) const;
  [[nodiscard]] merkle::NodeReader reader() const;

 private:
  std::set<std::uint64_t> special_;
  std::vector<Hash> plain_;  // plain_[level]: the node over equal leaves
};

/// The same hash with one bit the other way round.
[[nodiscard]] Hash flip_bit(Hash hash, std::size_t bit);

/// Tests that flip every bit take each kBitStep-th: every one, but where a sanitizer makes hashing
/// ten times as slow while all bits still take the same way through the code.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::size_t kBitStep = 31;
#else
inline constexpr std::size_t kBitStep = 1;
#endif

}  // namespace assay::testing
