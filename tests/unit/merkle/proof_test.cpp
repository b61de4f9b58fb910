#include "ledger/merkle/proof.hpp"

#include <catch2/catch.hpp>

#include "ledger/merkle/path.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

TEST_CASE("an inclusion proof lists the siblings from the leaf to the root", "[merkle]") {
  const KeptTree tree(7);
  const auto hash = [&](unsigned level, std::uint64_t index) { return tree.nodes()[level][index]; };
  CHECK(prove_inclusion(0, 7, tree.reader()).value() ==
        Proof{hash(0, 1), hash(1, 1), node_hash(hash(1, 2), hash(0, 6))});
  CHECK(prove_inclusion(6, 7, tree.reader()).value() == Proof{hash(1, 2), hash(2, 0)});
  CHECK(prove_inclusion(0, 1, tree.reader()).value().empty());
}

TEST_CASE("a consistency proof begins with the old root unless the checker has it", "[merkle]") {
  const KeptTree tree(7);
  const auto hash = [&](unsigned level, std::uint64_t index) { return tree.nodes()[level][index]; };
  CHECK(prove_consistency(3, 7, tree.reader()).value() ==
        Proof{hash(0, 2), hash(0, 3), hash(1, 0), node_hash(hash(1, 2), hash(0, 6))});
  CHECK(prove_consistency(4, 7, tree.reader()).value() == Proof{node_hash(hash(1, 2), hash(0, 6))});
  CHECK(prove_consistency(6, 7, tree.reader()).value() ==
        Proof{hash(1, 2), hash(0, 6), hash(2, 0)});
  CHECK(prove_consistency(7, 7, tree.reader()).value().empty());
}

TEST_CASE("proofs of what cannot be proved are refused before a node is read", "[merkle]") {
  const NodeReader nobody = [](unsigned, std::uint64_t) -> Result<Hash> {
    FAIL("a node was read");
    return Hash{};
  };
  CHECK(prove_inclusion(7, 7, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_inclusion(0, 0, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_inclusion(0, kTreeSizeMax + 1, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_consistency(0, 7, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_consistency(8, 7, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_consistency(1, kTreeSizeMax + 1, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_subtree_consistency(1, 3, 7, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_subtree_consistency(2, 2, 7, nobody).error().code == Errc::invalid_argument);
  CHECK(prove_subtree_consistency(4, 8, 7, nobody).error().code == Errc::invalid_argument);
}

TEST_CASE("a checker says malformed of arguments and lengths, and names the difference otherwise",
          "[merkle]") {
  const KeptTree tree(7);
  const TreeHead head = tree.head(7);
  const Proof proof = prove_inclusion(2, 7, tree.reader()).value();
  REQUIRE(check_inclusion(test_leaf(2), 2, head, proof));

  CHECK(check_inclusion(test_leaf(2), 7, head, proof).error().code == Errc::malformed);
  CHECK(check_inclusion(test_leaf(2), 0, {0, kEmptyRoot}, {}).error().code == Errc::malformed);
  CHECK(check_inclusion(test_leaf(2), 2, {kTreeSizeMax + 1, head.root}, proof).error().code ==
        Errc::malformed);
  CHECK(check_inclusion(test_leaf(2), 2, head, std::span(proof).first(2)).error().code ==
        Errc::malformed);
  const Status wrong_leaf = check_inclusion(test_leaf(3), 2, head, proof);
  CHECK(wrong_leaf.error().code == Errc::tampered_hash);
  CHECK(wrong_leaf.error().message.find(head.root.hex()) != std::string::npos);
}

TEST_CASE("two heads of one log that cannot both be true are a fork", "[merkle]") {
  const KeptTree tree(7);
  const Proof proof = prove_consistency(3, 7, tree.reader()).value();
  REQUIRE(check_consistency(tree.head(3), tree.head(7), proof));

  const TreeHead other_old{3, test_leaf(9)};
  const TreeHead other_new{7, test_leaf(9)};
  CHECK(check_consistency(other_old, tree.head(7), proof).error().code == Errc::forked);
  CHECK(check_consistency(tree.head(3), other_new, proof).error().code == Errc::forked);
  CHECK(check_consistency(tree.head(7), tree.head(7), {}));
  CHECK(check_consistency(tree.head(7), other_new, {}).error().code == Errc::forked);

  CHECK(check_consistency(tree.head(3), tree.head(7), {}).error().code == Errc::malformed);
  CHECK(check_consistency(tree.head(7), tree.head(3), proof).error().code == Errc::malformed);
  CHECK(check_consistency({}, tree.head(7), {}).error().code == Errc::malformed);
  CHECK(check_consistency({}, {}, {}).error().code == Errc::malformed);
}

TEST_CASE("an inclusion proof does not bind the size of the tree", "[merkle]") {
  // This is why a TreeHead holds both: the size has to come with the root, from one checkpoint.
  const KeptTree tree(70'000);
  const Proof proof = prove_inclusion(12'345, 70'000, tree.reader()).value();
  const TreeHead head = tree.head(70'000);
  CHECK(check_inclusion(test_leaf(12'345), 12'345, head, proof));
  CHECK(check_inclusion(test_leaf(12'345), 12'345, {69'999, head.root}, proof));
}

TEST_CASE("a range is a subtree where its start is aligned to its width", "[merkle]") {
  CHECK(is_subtree(0, 0));
  CHECK(is_subtree(5, 5));
  CHECK(is_subtree(0, 7));
  CHECK(is_subtree(4, 7));
  CHECK(is_subtree(6, 7));
  CHECK_FALSE(is_subtree(2, 5));
  CHECK_FALSE(is_subtree(1, 3));
  CHECK_FALSE(is_subtree(3, 2));
  CHECK(is_subtree(0, kTreeSizeMax));
  CHECK_FALSE(is_subtree(0, kTreeSizeMax + 1));
  CHECK_FALSE(is_subtree(1, ~std::uint64_t{0}));
}

TEST_CASE("the empty subtree is part of every tree and says nothing of it", "[merkle]") {
  const TreeHead any{7, test_leaf(9)};
  CHECK(check_subtree_consistency({3, 3, kEmptyRoot}, any, {}));
  CHECK(check_subtree_consistency({3, 3, test_leaf(0)}, any, {}).error().code == Errc::forked);
  CHECK(check_subtree_consistency({3, 3, kEmptyRoot}, any, Proof{test_leaf(0)}).error().code ==
        Errc::malformed);
  CHECK(check_subtree_consistency({8, 8, kEmptyRoot}, any, {}).error().code == Errc::malformed);
  CHECK(check_subtree_inclusion(test_leaf(3), 3, {3, 3, kEmptyRoot}, {}).error().code ==
        Errc::malformed);
}
