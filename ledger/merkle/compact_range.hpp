#pragma once

/// What a writer keeps of a tree so that it can go on appending: one hash for each set bit of the
/// size, the roots of the perfect subtrees that the tree consists of, largest (leftmost) first.
/// Thread word: thread-compatible.

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "ledger/merkle/tree.hpp"

namespace assay::merkle {

class CompactRange {
 public:
  CompactRange() = default;

  /// Takes up a tree of `size` leaves where it stopped. Compare root() with a known root
  /// afterwards: the number of hashes is all that can be checked here.
  /// Errors: malformed (number of hashes, or size above kTreeSizeMax).
  [[nodiscard]] static Result<CompactRange> from(std::uint64_t size, std::vector<Hash> hashes);
  /// The same, from the nodes of that tree or of a larger one. Errors: malformed, those of `nodes`.
  [[nodiscard]] static Result<CompactRange> from(std::uint64_t size, const NodeReader& nodes);

  /// Adds a leaf and calls `visit(NodeId, const Hash&)` for each node that it completes: the leaf
  /// itself, then its ancestors upwards. Persisting these is enough for every later proof. Costs
  /// one node hash an append on average, at most 62. The tree must hold fewer than kTreeSizeMax.
  template <class Visitor>
  void append(const Hash& leaf, Visitor&& visit);
  void append(const Hash& leaf) {
    append(leaf, [](NodeId, const Hash&) {});
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] std::span<const Hash> hashes() const noexcept { return hashes_; }
  [[nodiscard]] Hash root() const noexcept;
  [[nodiscard]] TreeHead head() const noexcept { return {size_, root()}; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> hashes_;  // popcount(size_) of them
};

template <class Visitor>
void CompactRange::append(const Hash& leaf, Visitor&& visit) {
  ASSAY_ASSERT(size_ < kTreeSizeMax);
  NodeId node{0, size_};
  Hash hash = leaf;
  visit(node, std::as_const(hash));
  // An odd index is a right child: its left sibling is the last hash kept, and the two make a node.
  while ((node.index & 1U) != 0) {
    hash = node_hash(hashes_.back(), hash);
    hashes_.pop_back();
    node = {node.level + 1, node.index >> 1U};
    visit(node, std::as_const(hash));
  }
  hashes_.push_back(hash);
  ++size_;
}

}  // namespace assay::merkle
