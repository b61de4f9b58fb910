#include "tests/support/tree_nodes.hpp"

#include <string>
#include <utility>

namespace assay::testing {

Hash test_leaf(std::uint64_t index) { return merkle::leaf_hash("leaf " + std::to_string(index)); }

void KeptTree::grow(std::uint64_t size) {
  while (range_.size() < size) {
    range_.append(test_leaf(range_.size()), [this](merkle::NodeId node, const Hash& hash) {
      if (nodes_.size() <= node.level) nodes_.emplace_back();
      // Nodes of a level are completed in order, so each goes to the end.
      ASSAY_ASSERT(nodes_[node.level].size() == node.index);
      nodes_[node.level].push_back(hash);
    });
  }
}

merkle::NodeReader KeptTree::reader() const {
  return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
    if (level < nodes_.size() && index < nodes_[level].size()) return nodes_[level][index];
    return fail(Errc::not_found, "no such node");
  };
}

merkle::TreeHead KeptTree::head(std::uint64_t size) const {
  return {size, merkle::root_at(size, reader()).value()};
}

SparseTree::SparseTree(std::set<std::uint64_t> special) : special_(std::move(special)) {
  plain_.push_back(test_leaf(0));
  while (plain_.size() < 63) plain_.push_back(merkle::node_hash(plain_.back(), plain_.back()));
}

Hash SparseTree::node(unsigned level, std::uint64_t index) const {
  const auto first = special_.lower_bound(index << level);
  if (first == special_.end() || *first >> level != index) return plain_.at(level);
  if (level == 0) return test_leaf(index);
  return merkle::node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
}

merkle::NodeReader SparseTree::reader() const {
  return [this](unsigned level, std::uint64_t index) -> Result<Hash> { return node(level, index); };
}

Hash flip_bit(Hash hash, std::size_t bit) {
  hash.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  return hash;
}

}  // namespace assay::testing
