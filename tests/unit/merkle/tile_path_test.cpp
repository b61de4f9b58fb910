#include "ledger/merkle/tile_path.hpp"

#include <catch2/catch.hpp>

#include "ledger/merkle/tree.hpp"

using namespace assay;
using namespace assay::merkle;

TEST_CASE("tile paths are written in groups of three digits", "[tiles]") {
  CHECK(format_tile_path({0, 5}) == "tile/0/005");
  CHECK(format_tile_path({3, 1'234'067}) == "tile/3/x001/x234/067");
  CHECK(format_tile_path({63, 1'000, 17}) == "tile/63/x001/000.p/17");
  CHECK(format_bundle_path({0, 256}) == "tile/entries/000");
  CHECK(format_bundle_path({999'999, 1}) == "tile/entries/x999/999.p/1");
}

TEST_CASE("tile paths are read back", "[tiles]") {
  for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{999}, std::uint64_t{1'000},
                                    std::uint64_t{1'001'000}, kTreeSizeMax}) {
    for (const unsigned width : {1U, 9U, 10U, 255U, 256U}) {
      const TileId tile{63, index, width};
      CHECK(parse_tile_path(format_tile_path(tile)).value() == tile);
      const BundleId bundle{index, width};
      CHECK(parse_bundle_path(format_bundle_path(bundle)).value() == bundle);
    }
  }
}

TEST_CASE("a path that is not exactly what is written is refused", "[tiles]") {
  for (const std::string path : {"",
                                 "tile/",
                                 "tile/0",
                                 "tile/0/",
                                 "tile/0/5",
                                 "tile/0/05",
                                 "tile/0/0005",
                                 "tile/0/x005",
                                 "tile/0/x000/005",
                                 "tile/0/001/234",
                                 "tile/0/x001/x234",
                                 "tile/0/x001//234",
                                 "tile/0/x1/234",
                                 "tile/0/x001/2345",
                                 "tile/0/xx001/234",
                                 "tile/0/X001/234",
                                 "tile/00/005",
                                 "tile/64/005",
                                 "tile/-1/005",
                                 "tile/+1/005",
                                 "tile/ 0/005",
                                 "tile//005",
                                 "tile/x/005",
                                 "/tile/0/005",
                                 "tile/0/005/",
                                 "tile/0/005 ",
                                 " tile/0/005",
                                 "tile/0/005.p",
                                 "tile/0/005.p/",
                                 "tile/0/005.p/0",
                                 "tile/0/005.p/256",
                                 "tile/0/005.p/01",
                                 "tile/0/005.p/1/2",
                                 "tile/0/005.p/1.p/1",
                                 "tile/0/.p/1",
                                 "tile/0/../005",
                                 "tile/0/x/005",
                                 "tile/0/x",
                                 "tile/0/x009/x223/x372/x036/x854/x775/808",
                                 "tile/0/x999/x999/x999/x999/x999/x999/999",
                                 "tile/0/x001/x000/x000/x000/x000/x000/x000/000",
                                 "tile/entries/005",
                                 "Tile/0/005"}) {
    CAPTURE(path);
    CHECK_FALSE(parse_tile_path(path));
  }
  for (const std::string path :
       {"tile/entries/", "tile/entries/5", "tile/entries/005.p/256", "tile/0/005",
        "tile/entries/x005", "tile/entries", "entries/005"}) {
    CAPTURE(path);
    CHECK_FALSE(parse_bundle_path(path));
  }
  CHECK_FALSE(parse_tile_path(std::string_view("tile/0/005\0", 11)));
}

TEST_CASE("a log consists of full tiles and at most one partial tile a level", "[tiles]") {
  using Levels = std::vector<LevelInventory>;
  CHECK(tile_inventory(0).empty());
  CHECK(tile_inventory(256) == Levels{{0, 1, 0}, {1, 0, 1}});
  CHECK(tile_inventory(70'000) == Levels{{0, 273, 112}, {1, 1, 17}, {2, 0, 1}});
  CHECK(tile_inventory(kTreeSizeMax).size() == 8);
  CHECK(tile_inventory(kTreeSizeMax).back() == LevelInventory{7, 0, 127});

  const std::vector<TileId> tiles = tiles_of(70'000);
  CHECK(tiles.size() == 274 + 2 + 1);
  CHECK(tiles[272] == TileId{0, 272, 256});
  CHECK(tiles[273] == TileId{0, 273, 112});
  CHECK(tiles[274] == TileId{1, 0, 256});
  CHECK(tiles.back() == TileId{2, 0, 1});
}

TEST_CASE("a tile has the width that the size of the log gives it", "[tiles]") {
  CHECK(tile_in(0, 272, 70'000).value() == TileId{0, 272, 256});
  CHECK(tile_in(0, 273, 70'000).value() == TileId{0, 273, 112});
  CHECK(tile_in(0, 274, 70'000).error().code == Errc::not_found);
  CHECK(tile_in(1, 1, 70'000).value() == TileId{1, 1, 17});
  CHECK(tile_in(3, 0, 70'000).error().code == Errc::not_found);
  CHECK(tile_in(8, 0, kTreeSizeMax).error().code == Errc::not_found);
  CHECK(tile_in(0, 1, 256).error().code == Errc::not_found);
}
