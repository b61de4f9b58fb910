#include "ledger/merkle/tile.hpp"

#include <catch2/catch.hpp>

#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

TEST_CASE("a tile holds the hashes of its level in order", "[tiles]") {
  const KeptTree tree(600);
  const std::string first = encode_tile({0, 1, 256}, tree.reader()).value();
  REQUIRE(first.size() == 8192);
  CHECK(first.substr(0, 32) == test_leaf(256).view());
  CHECK(first.substr(8192 - 32) == test_leaf(511).view());
  const std::string above = encode_tile({1, 0, 2}, tree.reader()).value();
  CHECK(above == std::string(tree.nodes()[8][0].view()) + std::string(tree.nodes()[8][1].view()));
  CHECK(encode_tile({0, 2, 89}, tree.reader()).error().code == Errc::not_found);
}

TEST_CASE("a tile gives its hashes and every node they complete", "[tiles]") {
  const KeptTree tree(256);
  for (const unsigned width : {1U, 2U, 3U, 100U, 255U, 256U}) {
    CAPTURE(width);
    const Tile tile =
        Tile::decode(encode_tile({0, 0, width}, tree.reader()).value(), width).value();
    CHECK(tile.width() == width);
    for (unsigned height = 0; height <= 8; ++height) {
      for (unsigned i = 0; i < width >> height; ++i) {
        REQUIRE(tile.node(height, i) != nullptr);
        REQUIRE(*tile.node(height, i) == tree.nodes()[height][i]);
      }
      REQUIRE(tile.node(height, width >> height) == nullptr);
    }
    CHECK(tile.node(9, 0) == nullptr);
  }
}

TEST_CASE("a tile of another size is refused", "[tiles]") {
  const std::string bytes(3 * 32, 'x');
  CHECK(Tile::decode(bytes, 3));
  CHECK(Tile::decode(bytes, 2).error().code == Errc::malformed);
  CHECK(Tile::decode(bytes, 4).error().code == Errc::malformed);
  CHECK(Tile::decode(bytes.substr(1), 3).error().code == Errc::malformed);
  CHECK(Tile::decode("", 1).error().code == Errc::malformed);
}

TEST_CASE("a bundle holds each entry after its length", "[tiles]") {
  std::string bundle;
  const std::string largest(65'535, 'e');
  REQUIRE(append_to_bundle(bundle, "abc"));
  REQUIRE(append_to_bundle(bundle, ""));
  REQUIRE(append_to_bundle(bundle, largest));
  CHECK(bundle.substr(0, 7) == std::string("\x00\x03"
                                           "abc\x00\x00",
                                           7));
  const auto entries = decode_bundle(bundle, 3).value();
  CHECK(entries == std::vector<std::string_view>{"abc", "", largest});

  const std::string before = bundle;
  CHECK(append_to_bundle(bundle, largest + "e").error().code == Errc::limit);
  CHECK(bundle == before);
}

TEST_CASE("a bundle cut anywhere, continued or miscounted is refused", "[tiles]") {
  std::string bundle;
  for (const std::string_view entry : {"first", "", "third"}) {
    REQUIRE(append_to_bundle(bundle, entry));
  }
  for (std::size_t size_bytes = 0; size_bytes < bundle.size(); ++size_bytes) {
    CHECK(decode_bundle(bundle.substr(0, size_bytes), 3).error().code == Errc::malformed);
  }
  CHECK(decode_bundle(bundle + '\0', 3).error().code == Errc::malformed);
  CHECK(decode_bundle(bundle, 2).error().code == Errc::malformed);
  CHECK(decode_bundle(bundle, 4).error().code == Errc::malformed);
}
