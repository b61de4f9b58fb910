#include "ledger/merkle/compact_range.hpp"

#include <utility>

namespace assay::merkle {
namespace {

Status check_size(std::uint64_t size) {
  if (size <= kTreeSizeMax) return {};
  return fail(Errc::malformed, "tree size " + std::to_string(size) + " is above 2^63 - 1");
}

}  // namespace

Result<CompactRange> CompactRange::from(std::uint64_t size, std::vector<Hash> hashes) {
  ASSAY_CHECK(check_size(size));
  const auto expected = static_cast<std::size_t>(std::popcount(size));
  if (hashes.size() != expected) {
    return fail(Errc::malformed, "a tree of " + std::to_string(size) + " leaves consists of " +
                                     std::to_string(expected) + " perfect subtrees, not " +
                                     std::to_string(hashes.size()));
  }
  CompactRange range;
  range.size_ = size;
  range.hashes_ = std::move(hashes);
  return range;
}

Result<CompactRange> CompactRange::from(std::uint64_t size, const NodeReader& nodes) {
  ASSAY_CHECK(check_size(size));
  std::vector<Hash> hashes;
  for (const NodeId node : cover(0, size)) {
    ASSAY_TRY(hashes.emplace_back(), nodes(node.level, node.index));
  }
  return from(size, std::move(hashes));
}

Hash CompactRange::root() const noexcept {
  if (hashes_.empty()) return kEmptyRoot;
  Hash root = hashes_.back();
  for (std::size_t i = hashes_.size() - 1; i-- > 0;) root = node_hash(hashes_[i], root);
  return root;
}

}  // namespace assay::merkle
