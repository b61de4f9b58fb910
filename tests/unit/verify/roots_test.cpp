#include "ledger/verify/roots.hpp"

#include <catch2/catch.hpp>

#include "tests/support/tree_nodes.hpp"

namespace roots_test {

using namespace assay;
using namespace assay::testing;
using verify::RootHistory;

namespace {

void push_until(RootHistory& roots, const KeptTree& tree, std::uint64_t size) {
  while (roots.head().size < size) roots.push(tree.head(roots.head().size + 1).root);
}

}  // namespace

TEST_CASE("Roots on the way are found again") {
  const KeptTree tree(40);
  RootHistory roots({0, merkle::kEmptyRoot}, nullptr);
  push_until(roots, tree, 40);
  CHECK(roots.head() == tree.head(40));
  for (std::uint64_t size = 0; size <= 40; ++size) CHECK(roots.at(size) == tree.head(size).root);
}

TEST_CASE("A root from before the start is proved from nodes, where there are any") {
  const KeptTree tree(40);
  const merkle::NodeReader nodes = tree.reader();
  RootHistory with_nodes(tree.head(16), &nodes);
  push_until(with_nodes, tree, 40);
  RootHistory without(tree.head(16), nullptr);
  push_until(without, tree, 40);
  for (std::uint64_t size = 1; size < 16; ++size) {
    CAPTURE(size);
    CHECK(with_nodes.at(size) == tree.head(size).root);
    CHECK(without.at(size).error().code == Errc::not_found);
  }
  CHECK(without.at(0) == merkle::kEmptyRoot);
  CHECK(without.at(16) == tree.head(16).root);
}

TEST_CASE("Nodes that do not prove what they say are not believed") {
  const KeptTree tree(40);
  const merkle::NodeReader lying = [&](unsigned level, std::uint64_t index) -> Result<Hash> {
    if (level == 0 && index == 3) return sha256("another leaf");
    if (level == 2 && index == 0) return sha256("another node");
    return tree.reader()(level, index);
  };
  RootHistory roots(tree.head(16), &lying);
  push_until(roots, tree, 40);
  CHECK_FALSE(roots.at(4));
}

TEST_CASE("The history is bounded") {
  // Equal roots do: only how many are kept is of interest here.
  RootHistory roots({0, merkle::kEmptyRoot}, nullptr);
  for (std::size_t i = 0; i < RootHistory::kRootsKept + 5; ++i) roots.push(sha256("r"));
  CHECK(roots.head().size == RootHistory::kRootsKept + 5);
  CHECK_FALSE(roots.at(5));
  CHECK(roots.at(6));
}

}  // namespace roots_test
