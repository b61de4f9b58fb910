#include "ledger/merkle/compact_range.hpp"

#include <catch2/catch.hpp>

#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

TEST_CASE("an empty range has the empty root", "[merkle]") {
  CHECK(CompactRange().root() == kEmptyRoot);
  CHECK(CompactRange().head() == TreeHead{});
  CHECK(CompactRange::from(0, std::vector<Hash>{}).value().root() == kEmptyRoot);
}

TEST_CASE("an append reports each node it completes, upwards", "[merkle]") {
  CompactRange range;
  std::vector<NodeId> completed;
  const auto note = [&](NodeId node, const Hash&) { completed.push_back(node); };
  for (std::uint64_t i = 0; i < 4; ++i) range.append(test_leaf(i), note);
  CHECK(completed == std::vector<NodeId>{{0, 0}, {0, 1}, {1, 0}, {0, 2}, {0, 3}, {1, 1}, {2, 0}});
  CHECK(range.size() == 4);
  REQUIRE(range.hashes().size() == 1);
  CHECK(range.hashes()[0] ==
        node_hash(node_hash(test_leaf(0), test_leaf(1)), node_hash(test_leaf(2), test_leaf(3))));
}

TEST_CASE("a range taken up from its hashes or its nodes goes on as if it had not stopped",
          "[merkle]") {
  const KeptTree tree(70);
  CompactRange whole;
  for (std::uint64_t size = 0; size <= 70; ++size) {
    REQUIRE(whole.head() == tree.head(size));
    const std::vector<Hash> hashes(whole.hashes().begin(), whole.hashes().end());
    CompactRange from_hashes = CompactRange::from(size, hashes).value();
    CompactRange from_nodes = CompactRange::from(size, tree.reader()).value();
    REQUIRE(from_hashes.head() == whole.head());
    REQUIRE(from_nodes.head() == whole.head());
    whole.append(test_leaf(size));
    from_hashes.append(test_leaf(size));
    from_nodes.append(test_leaf(size));
    REQUIRE(from_hashes.head() == whole.head());
    REQUIRE(from_nodes.head() == whole.head());
  }
}

TEST_CASE("a range is refused with the wrong number of hashes", "[merkle]") {
  CHECK(CompactRange::from(5, std::vector<Hash>(1)).error().code == Errc::malformed);
  CHECK(CompactRange::from(5, std::vector<Hash>(3)).error().code == Errc::malformed);
  CHECK(CompactRange::from(kTreeSizeMax + 1, std::vector<Hash>(1)).error().code == Errc::malformed);
  CHECK(CompactRange::from(6, KeptTree(5).reader()).error().code == Errc::not_found);
}
