#include "ledger/merkle/tile_reader.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "ledger/merkle/proof.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

namespace {

using Tiles = std::map<std::string, std::string>;

Tiles tiles_at(const KeptTree& tree, std::uint64_t size) {
  Tiles tiles;
  for (const TileId& id : tiles_of(size)) {
    tiles[format_tile_path(id)] = encode_tile(id, tree.reader()).value();
  }
  return tiles;
}

TileSource source_of(const Tiles& tiles) {
  return [&tiles](const TileId& id) -> Result<std::string> {
    const auto found = tiles.find(format_tile_path(id));
    if (found == tiles.end()) return fail(Errc::not_found, "no such tile");
    return found->second;
  };
}

}  // namespace

TEST_CASE("proofs built from tiles equal proofs built from nodes", "[tiles]") {
  const KeptTree tree(600);
  const Tiles tiles = tiles_at(tree, 600);
  TileReader reader = TileReader::open(tree.head(600), source_of(tiles)).value();
  for (const std::uint64_t index : {0U, 255U, 256U, 511U, 512U, 599U}) {
    CHECK(prove_inclusion(index, 600, reader.nodes()).value() ==
          prove_inclusion(index, 600, tree.reader()).value());
  }
  CHECK(prove_consistency(300, 600, reader.nodes()).value() ==
        prove_consistency(300, 600, tree.reader()).value());
  CHECK(root_at(417, reader.nodes()).value() == tree.head(417).root);
}

TEST_CASE("the reader of an empty log has no nodes and insists on the empty root", "[tiles]") {
  const Tiles none;
  TileReader reader = TileReader::open({}, source_of(none)).value();
  CHECK(reader.node(0, 0).error().code == Errc::not_found);
  CHECK(TileReader::open({0, test_leaf(0)}, source_of(none)).error().code == Errc::tampered_hash);
}

TEST_CASE("a node that the tree does not have is not found", "[tiles]") {
  const KeptTree tree(600);
  const Tiles tiles = tiles_at(tree, 600);
  TileReader reader = TileReader::open(tree.head(600), source_of(tiles)).value();
  CHECK(reader.node(0, 600).error().code == Errc::not_found);
  CHECK(reader.node(9, 1).error().code == Errc::not_found);
  CHECK(reader.node(10, 0).error().code == Errc::not_found);
  CHECK(reader.node(64, 0).error().code == Errc::not_found);
  CHECK(reader.node(200, ~std::uint64_t{0}).error().code == Errc::not_found);
}

TEST_CASE("a partial tile that is gone is read from the full tile", "[tiles]") {
  const KeptTree tree(600);
  Tiles later = tiles_at(tree, 600);
  later["tile/1/000.p/1"] = encode_tile({1, 0, 1}, tree.reader()).value();
  REQUIRE_FALSE(later.contains("tile/0/001.p/44"));
  TileReader reader = TileReader::open(tree.head(300), source_of(later)).value();
  CHECK(reader.node(0, 299).value() == test_leaf(299));
  CHECK(reader.node(0, 300).error().code == Errc::not_found);
}

TEST_CASE("a tile that is missing, of another size or altered is named", "[tiles]") {
  const KeptTree tree(600);
  Tiles tiles = tiles_at(tree, 600);

  SECTION("missing full tile") {
    tiles.erase("tile/0/001");
    TileReader reader = TileReader::open(tree.head(600), source_of(tiles)).value();
    CHECK(reader.node(0, 0));
    const Error error = reader.node(0, 256).error();
    CHECK(error.code == Errc::not_found);
    CHECK(error.message.starts_with("tile/0/001: "));
  }
  SECTION("missing partial tile") {
    tiles.erase("tile/0/002.p/88");
    const Error error = TileReader::open(tree.head(600), source_of(tiles)).error();
    CHECK(error.code == Errc::not_found);
    CHECK(error.message.starts_with("tile/0/002.p/88: "));
  }
  SECTION("shorter full tile") {
    tiles["tile/0/001"].pop_back();
    TileReader reader = TileReader::open(tree.head(600), source_of(tiles)).value();
    CHECK(reader.node(0, 256).error().code == Errc::malformed);
  }
  SECTION("altered full tile") {
    tiles["tile/0/001"][4000] ^= 1;
    TileReader reader = TileReader::open(tree.head(600), source_of(tiles)).value();
    CHECK(reader.node(8, 1));
    const Error error = reader.node(0, 256).error();
    CHECK(error.code == Errc::tampered_hash);
    CHECK(error.message.starts_with("tile/0/001: "));
  }
  SECTION("altered partial tile") {
    tiles["tile/1/000.p/2"][0] ^= 1;
    CHECK(TileReader::open(tree.head(600), source_of(tiles)).error().code == Errc::tampered_hash);
  }
  SECTION("another root") {
    CHECK(TileReader::open({600, test_leaf(0)}, source_of(tiles)).error().code ==
          Errc::tampered_hash);
  }
  SECTION("a size out of bounds") {
    CHECK(TileReader::open({kTreeSizeMax + 1, test_leaf(0)}, source_of(tiles)).error().code ==
          Errc::malformed);
  }
}

TEST_CASE("a source's own errors pass through", "[tiles]") {
  const TileSource broken = [](const TileId&) -> Result<std::string> {
    return fail(Errc::io, "disk on fire");
  };
  CHECK(TileReader::open({5, test_leaf(0)}, broken).error().code == Errc::io);
}
