#include <bit>

#include <catch2/catch.hpp>

#include "ledger/merkle/path.hpp"
#include "ledger/merkle/proof.hpp"
#include "tests/support/random.hpp"
#include "tests/support/rfc6962.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

namespace {

constexpr std::uint64_t kSmall = 48;

Subtree subtree_of(const KeptTree& tree, std::uint64_t start, std::uint64_t end) {
  return {start, end, defined_root(Hashes(tree.leaves()).subspan(start, end - start))};
}

}  // namespace

TEST_CASE("every subtree of every small tree is proved part of it", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t size = 1; size <= kSmall; ++size) {
    const TreeHead head = tree.head(size);
    for (std::uint64_t start = 0; start < size; ++start) {
      for (std::uint64_t end = start + 1; end <= size; ++end) {
        CAPTURE(start, end, size);
        const Subtree subtree = subtree_of(tree, start, end);
        const auto proof = prove_subtree_consistency(start, end, size, tree.reader());
        REQUIRE(proof.has_value() == is_subtree(start, end));
        if (!proof) {
          REQUIRE(check_subtree_consistency(subtree, head, {}).error().code == Errc::malformed);
          continue;
        }
        REQUIRE(range_root(start, end, tree.reader()).value() == subtree.root);
        REQUIRE(check_subtree_consistency(subtree, head, *proof));
        const Subtree other{start, end, flip_bit(subtree.root, 7)};
        REQUIRE(check_subtree_consistency(other, head, *proof).error().code == Errc::forked);
        if (start == 0) REQUIRE(*proof == prove_consistency(end, size, tree.reader()).value());
        if (end == start + 1)
          REQUIRE(*proof == prove_inclusion(start, size, tree.reader()).value());
      }
    }
  }
}

TEST_CASE("one altered bit in any hash of a subtree's proof is noticed", "[merkle]") {
  Random random;
  CAPTURE(Random::seed());
  const KeptTree tree(kSmall);
  for (std::uint64_t size = 1; size <= kSmall; ++size) {
    for (std::uint64_t start = 0; start < size; ++start) {
      for (std::uint64_t end = start + 1; end <= size; ++end) {
        if (!is_subtree(start, end)) continue;
        CAPTURE(start, end, size);
        Proof proof = prove_subtree_consistency(start, end, size, tree.reader()).value();
        for (Hash& hash : proof) {
          const Hash kept = hash;
          hash = flip_bit(hash, random.below(256));
          REQUIRE(check_subtree_consistency(subtree_of(tree, start, end), tree.head(size), proof)
                      .error()
                      .code == Errc::forked);
          hash = kept;
        }
      }
    }
  }
}

TEST_CASE("every leaf of a subtree is proved in it by its index in the log", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t start = 0; start < kSmall; ++start) {
    for (std::uint64_t end = start + 1; end <= kSmall; ++end) {
      if (!is_subtree(start, end)) continue;
      const Subtree subtree = subtree_of(tree, start, end);
      const Hashes leaves = Hashes(tree.leaves()).subspan(start, end - start);
      for (std::uint64_t index = start; index < end; ++index) {
        CAPTURE(start, end, index);
        const Proof proof = defined_inclusion(index - start, leaves);
        REQUIRE(check_subtree_inclusion(test_leaf(index), index, subtree, proof));
        REQUIRE_FALSE(check_subtree_inclusion(test_leaf(index), index + 1, subtree, proof));
        REQUIRE_FALSE(check_subtree_inclusion(test_leaf(index + 1), index, subtree, proof));
      }
      REQUIRE(check_subtree_inclusion(test_leaf(start), end, subtree, {}).error().code ==
              Errc::malformed);
      if (start > 0) {
        REQUIRE(check_subtree_inclusion(test_leaf(start), start - 1, subtree, {}).error().code ==
                Errc::malformed);
      }
    }
  }
}

TEST_CASE("a range is covered without gaps by perfect subtrees, and by no fewer", "[merkle]") {
  for (std::uint64_t begin = 0; begin <= 100; ++begin) {
    for (std::uint64_t end = begin; end <= 100; ++end) {
      CAPTURE(begin, end);
      std::uint64_t reached = begin;
      const std::vector<NodeId> nodes = cover(begin, end);
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        REQUIRE(nodes[i].index << nodes[i].level == reached);
        reached += std::uint64_t{1} << nodes[i].level;
        // Two neighbours that are siblings could be one node.
        if (i > 0 && nodes[i].level == nodes[i - 1].level) REQUIRE(nodes[i].index % 2 == 0);
      }
      REQUIRE(reached == end);
    }
  }
}
