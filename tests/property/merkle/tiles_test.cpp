#include <map>

#include <catch2/catch.hpp>

#include "ledger/merkle/proof.hpp"
#include "ledger/merkle/tile_reader.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

namespace {

constexpr std::uint64_t kLarge = 70'000;

TileSource source_of(const KeptTree& tree) {
  return [&tree](const TileId& id) { return encode_tile(id, tree.reader()); };
}

/// The tiles of the tree, with one bit of one tile the other way round.
TileSource altered(const KeptTree& tree, const TileId& target, std::size_t bit) {
  return [&tree, target, bit](const TileId& id) -> Result<std::string> {
    ASSAY_TRY(std::string bytes, encode_tile(id, tree.reader()));
    if (id == target) bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    return bytes;
  };
}

}  // namespace

TEST_CASE("tiles give every node of a tree, and no other", "[tiles]") {
  const KeptTree tree(kLarge);
  for (const std::uint64_t size :
       {1U, 2U, 254U, 255U, 256U, 257U, 511U, 512U, 513U, 65'535U, 65'536U, 65'537U, 70'000U}) {
    CAPTURE(size);
    TileReader reader = TileReader::open(tree.head(size), source_of(tree)).value();
    for (unsigned level = 0; level < 20; ++level) {
      CAPTURE(level);
      for (std::uint64_t index = 0; index < size >> level; ++index) {
        const auto node = reader.node(level, index);
        if (!node || *node != tree.nodes()[level][index]) FAIL("node " << index);
      }
      REQUIRE(reader.node(level, size >> level).error().code == Errc::not_found);
    }
  }
}

TEST_CASE("tiles of every small size give the same proofs as the nodes", "[tiles]") {
  const KeptTree tree(600);
  for (std::uint64_t size = 1; size <= 600; size += 7) {
    TileReader reader = TileReader::open(tree.head(size), source_of(tree)).value();
    for (std::uint64_t index = 0; index < size; index += 5) {
      CAPTURE(size, index);
      REQUIRE(prove_inclusion(index, size, reader.nodes()).value() ==
              prove_inclusion(index, size, tree.reader()).value());
      REQUIRE(prove_consistency(index + 1, size, reader.nodes()).value() ==
              prove_consistency(index + 1, size, tree.reader()).value());
    }
  }
}

TEST_CASE("one altered bit in any tile is found where the tile is used", "[tiles]") {
  Random random;
  CAPTURE(Random::seed());
  const KeptTree tree(kLarge);
  for (const TileId& target : tiles_of(kLarge)) {
    const std::size_t bit = random.below(std::uint64_t{target.width} * 256);
    CAPTURE(format_tile_path(target), bit);
    auto reader = TileReader::open(tree.head(kLarge), altered(tree, target, bit));
    if (target.width < kTileWidth) {
      REQUIRE(reader.error().code == Errc::tampered_hash);
      continue;
    }
    const std::uint64_t first = target.index * kTileWidth;
    const Error error = reader.value().node(8 * target.level, first + random.below(256)).error();
    REQUIRE(error.code == Errc::tampered_hash);
    REQUIRE(error.message.starts_with(format_tile_path(target) + ": "));
  }
}

TEST_CASE("the tiles of a log are what its inventory counts, and their paths are distinct",
          "[tiles]") {
  for (std::uint64_t size = 0; size <= 1'100; ++size) {
    CAPTURE(size);
    std::map<std::string, TileId> paths;
    std::uint64_t hashes = 0;
    for (const TileId& tile : tiles_of(size)) {
      hashes += tile.width;
      REQUIRE(tile_in(tile.level, tile.index, size).value() == tile);
      REQUIRE(paths.emplace(format_tile_path(tile), tile).second);
      REQUIRE(parse_tile_path(format_tile_path(tile)).value() == tile);
    }
    REQUIRE(hashes == size + size / 256);
  }
}

TEST_CASE("every index has one path, and no other path is read as it", "[tiles]") {
  Random random;
  CAPTURE(Random::seed());
  for (int round = 0; round < 20'000; ++round) {
    const TileId tile{static_cast<unsigned>(random.below(64)), random.of_any_size(kTreeSizeMax),
                      1 + static_cast<unsigned>(random.below(256))};
    std::string path = format_tile_path(tile);
    REQUIRE(parse_tile_path(path).value() == tile);
    path[random.below(path.size())] = "0123456789x/.p "[random.below(15)];
    const auto other = parse_tile_path(path);
    if (other) REQUIRE(format_tile_path(*other) == path);
  }
}
