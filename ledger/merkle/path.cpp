#include "ledger/merkle/path.hpp"

#include <algorithm>
#include <bit>

namespace assay::merkle {

bool is_subtree(std::uint64_t start, std::uint64_t end) noexcept {
  if (start > end || end > kTreeSizeMax) return false;
  return start == end || start % std::bit_ceil(end - start) == 0;
}

std::vector<Step> path_to_root(std::uint64_t start, std::uint64_t end, std::uint64_t size) {
  ASSAY_ASSERT(is_subtree(start, end) && start < end && end <= size && size <= kTreeSizeMax);
  std::vector<Step> steps;
  bool whole = true;  // the part still looked for is the whole subtree, whose root is known
  std::uint64_t first = 0;
  std::uint64_t last = size;
  while (first != start || last != end) {
    const std::uint64_t middle = first + split_point(last - first);
    if (end <= middle) {
      steps.push_back({middle, last, Side::right});
      last = middle;
    } else if (start >= middle) {
      steps.push_back({first, middle, Side::left_outside});
      first = middle;
    } else {
      // The subtree reaches across the split, so by its alignment it begins here: its left part is
      // a node, and the rest is looked for on the right.
      steps.push_back({first, middle, Side::left_inside});
      first = start = middle;
      whole = false;
    }
  }
  if (!whole) steps.push_back({first, last, Side::seed});
  std::ranges::reverse(steps);
  return steps;
}

Folded fold_path(std::span<const Step> steps, std::span<const Hash> proof,
                 const Hash& subtree_root) noexcept {
  ASSAY_ASSERT(proof.size() == steps.size());
  Folded folded{subtree_root, subtree_root};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Hash& hash = proof[i];
    switch (steps[i].side) {
      case Side::seed: folded = {hash, hash}; break;
      case Side::left_inside:
        folded = {node_hash(hash, folded.subtree), node_hash(hash, folded.tree)};
        break;
      case Side::left_outside: folded.tree = node_hash(hash, folded.tree); break;
      case Side::right: folded.tree = node_hash(folded.tree, hash); break;
    }
  }
  return folded;
}

}  // namespace assay::merkle
