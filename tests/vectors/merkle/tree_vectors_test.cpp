// A tree of 1,000 leaves with roots, proofs and tiles; names of tiles; ranges to cover.

#include <map>

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "ledger/merkle/proof.hpp"
#include "ledger/merkle/tile_reader.hpp"
#include "tests/support/tree_nodes.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;
using nlohmann::json;

namespace {

json derived(const char* name) { return read_json_vector(vectors_folder() / "derived" / name); }

Proof read_proof(const json& list) {
  Proof proof;
  for (const json& text : list) {
    proof.push_back(Hash::from_bytes(from_base64(text.get<std::string>()).value()).value());
  }
  return proof;
}

}  // namespace

TEST_CASE("the roots of the published tree are computed at every size", "[merkle]") {
  const KeptTree tree(1'000);  // its leaves are "leaf N", as the vectors' are
  const json roots = derived("rfc6962-leafN.json").at("roots_by_size_b64");
  CHECK(roots.size() == 27);
  for (const auto& [size, root] : roots.items()) {
    CAPTURE(size);
    CHECK(to_base64(tree.head(std::stoull(size)).root.view()) == root.get<std::string>());
  }
}

TEST_CASE("the proofs of the published tree are built and checked", "[merkle]") {
  const KeptTree tree(1'000);
  const json vectors = derived("rfc6962-leafN.json");
  CHECK(vectors.at("inclusion").size() == 24);
  for (const json& vector : vectors.at("inclusion")) {
    const auto index = vector.at("index").get<std::uint64_t>();
    const auto size = vector.at("size").get<std::uint64_t>();
    CAPTURE(index, size);
    const Proof proof = read_proof(vector.at("proof_b64"));
    CHECK(prove_inclusion(index, size, tree.reader()).value() == proof);
    CHECK(check_inclusion(test_leaf(index), index, tree.head(size), proof));
  }
  CHECK(vectors.at("consistency").size() == 13);
  for (const json& vector : vectors.at("consistency")) {
    const auto older = vector.at("old").get<std::uint64_t>();
    const auto newer = vector.at("new").get<std::uint64_t>();
    CAPTURE(older, newer);
    const Proof proof = read_proof(vector.at("proof_b64"));
    CHECK(prove_consistency(older, newer, tree.reader()).value() == proof);
    CHECK(check_consistency(tree.head(older), tree.head(newer), proof));
  }
}

TEST_CASE("the tiles and bundles of the published tree have the published bytes", "[tiles]") {
  const KeptTree tree(1'000);
  std::map<std::string, std::string> digests;
  for (const TileId& tile : tiles_of(1'000)) {
    digests[format_tile_path(tile)] = sha256(encode_tile(tile, tree.reader()).value()).hex();
    if (tile.level > 0) continue;
    std::string bundle;
    for (std::uint64_t i = 0; i < tile.width; ++i) {
      REQUIRE(append_to_bundle(bundle, "leaf " + std::to_string(tile.index * kTileWidth + i)));
    }
    const auto entries = decode_bundle(bundle, tile.width).value();
    CHECK(leaf_hash(entries.back()) == test_leaf(tile.index * kTileWidth + tile.width - 1));
    digests[format_bundle_path({tile.index, tile.width})] = sha256(bundle).hex();
  }
  CHECK(digests == derived("rfc6962-leafN.json")
                       .at("tiles_at_size_1000_sha256")
                       .get<std::map<std::string, std::string>>());
}

TEST_CASE("tiles are named and counted as published", "[tiles]") {
  const json vectors = derived("tile-paths.json");
  CHECK(vectors.at("index_paths").size() == 11);
  for (const auto& [index, path] : vectors.at("index_paths").items()) {
    const TileId tile{3, std::stoull(index), kTileWidth};
    const std::string expected = "tile/3/" + path.get<std::string>();
    CHECK(format_tile_path(tile) == expected);
    CHECK(parse_tile_path(expected).value() == tile);
  }
  CHECK(vectors.at("tile_inventory").size() == 12);
  for (const auto& [size, levels] : vectors.at("tile_inventory").items()) {
    CAPTURE(size);
    std::vector<LevelInventory> expected;
    for (const json& level : levels) {
      expected.push_back({level.at("level").get<unsigned>(), level.at("full").get<std::uint64_t>(),
                          level.at("partial_width").get<unsigned>()});
    }
    CHECK(tile_inventory(std::stoull(size)) == expected);
  }
}

TEST_CASE("the ranges that a fuzzer found worth keeping are covered without gaps", "[merkle]") {
  const auto folder = vectors_folder() / "transparency-dev" / "merkle" / "compact" / "testdata" /
                      "fuzz" / "FuzzRangeNodes";
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    const std::string text = read_vector(file.path());
    REQUIRE(std::sscanf(text.c_str(), "go test fuzz v1\nuint64(%lu)\nuint64(%lu)", &begin, &end) ==
            2);
    CAPTURE(begin, end);
    std::uint64_t reached = std::min(begin, end);
    for (const NodeId node : cover(begin, end)) {
      CHECK(node.index << node.level == reached);
      reached += std::uint64_t{1} << node.level;
    }
    CHECK(reached == end);
    ++files;
  }
  CHECK(files == 19);
}
