#include "ledger/merkle/tree.hpp"

#include <catch2/catch.hpp>

#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

TEST_CASE("leaves and nodes are hashed with different prefixes", "[merkle]") {
  CHECK(leaf_hash("") == sha256(std::string_view("\x00", 1)));
  CHECK(leaf_hash("abc") == sha256(std::string_view("\x00"
                                                    "abc",
                                                    4)));
  const Hash left = leaf_hash("l");
  const Hash right = leaf_hash("r");
  CHECK(node_hash(left, right) ==
        sha256("\x01" + std::string(left.view()) + std::string(right.view())));
  CHECK(node_hash(left, right) != node_hash(right, left));
}

TEST_CASE("a leaf of any size is hashed whole", "[merkle]") {
  for (std::size_t size_bytes = 0; size_bytes < 600; ++size_bytes) {
    const std::string entry(size_bytes, 'x');
    REQUIRE(leaf_hash(entry) == sha256(std::string(1, '\0') + entry));
  }
}

TEST_CASE("the root of the empty tree is the hash of nothing", "[merkle]") {
  CHECK(kEmptyRoot == sha256(""));
  CHECK(root_at(0, KeptTree(5).reader()).value() == kEmptyRoot);
}

TEST_CASE("a tree is split at the largest power of two below its size", "[merkle]") {
  CHECK(split_point(2) == 1);
  CHECK(split_point(3) == 2);
  CHECK(split_point(4) == 2);
  CHECK(split_point(5) == 4);
  CHECK(split_point(kTreeSizeMax) == std::uint64_t{1} << 62);
}

TEST_CASE("a range is covered by its fewest perfect subtrees", "[merkle]") {
  using Nodes = std::vector<NodeId>;
  CHECK(cover(3, 3).empty());
  CHECK(cover(4, 3).empty());
  CHECK(cover(0, 1) == Nodes{{0, 0}});
  CHECK(cover(0, 7) == Nodes{{2, 0}, {1, 2}, {0, 6}});
  CHECK(cover(1, 6) == Nodes{{0, 1}, {1, 1}, {1, 2}});
  CHECK(cover(0, kTreeSizeMax).size() == 63);
  CHECK(cover(1, kTreeSizeMax).size() == 124);
}

TEST_CASE("a root needs a size within bounds and nodes that are there", "[merkle]") {
  const KeptTree tree(5);
  CHECK(root_at(kTreeSizeMax + 1, tree.reader()).error().code == Errc::invalid_argument);
  CHECK(root_at(6, tree.reader()).error().code == Errc::not_found);
  CHECK(root_at(5, tree.reader()).value() ==
        node_hash(
            node_hash(node_hash(test_leaf(0), test_leaf(1)), node_hash(test_leaf(2), test_leaf(3))),
            test_leaf(4)));
}
