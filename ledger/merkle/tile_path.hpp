#pragma once

/// Which tiles a log of a given size consists of, and the paths they are served under (C2SP
/// tlog-tiles). Thread word: pure functions and plain values.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"

namespace assay::merkle {

/// Tree levels that one tile spans, and hashes (or entries) in a full tile (or bundle).
inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 1U << kTileHeight;
/// Tile levels that a tree of at most 2^63 - 1 leaves can have.
inline constexpr unsigned kTileLevels = 8;
/// The highest level that a path can name.
inline constexpr unsigned kTileLevelMax = 63;

/// Hash `i` of the tile is the tree node at level 8 * `level`, index 256 * `index` + i.
struct TileId {
  unsigned level = 0;           // 0 to 63; 0 holds the leaf hashes
  std::uint64_t index = 0;      // 0-based, at `level`
  unsigned width = kTileWidth;  // hashes in it, 1 to 256; less than 256 is a partial tile
  auto operator<=>(const TileId&) const = default;
};

/// The entries 256 * `index` to 256 * `index` + `width` - 1, whose leaf hashes are the level 0 tile
/// of the same index and width.
struct BundleId {
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // 1 to 256
  auto operator<=>(const BundleId&) const = default;
};

/// "tile/<level>/<index>[.p/<width>]", for example "tile/0/x001/x234/067.p/5". Needs a level and a
/// width in range.
[[nodiscard]] std::string format_tile_path(const TileId& tile);
/// "tile/entries/<index>[.p/<width>]". Needs a width in range.
[[nodiscard]] std::string format_bundle_path(const BundleId& bundle);

/// The inverse, and of nothing but what the two functions above produce. Errors: malformed.
[[nodiscard]] Result<TileId> parse_tile_path(std::string_view path);
[[nodiscard]] Result<BundleId> parse_bundle_path(std::string_view path);

/// What one level of a log holds: the full tiles 0 to full_count - 1, then the partial tile of that
/// index unless `partial_width` is 0.
struct LevelInventory {
  unsigned level = 0;
  std::uint64_t full_count = 0;
  unsigned partial_width = 0;  // 0 to 255
  auto operator<=>(const LevelInventory&) const = default;
};

/// The levels that are not empty in a log of `size` leaves, upwards. Entry bundles are as level 0.
[[nodiscard]] std::vector<LevelInventory> tile_inventory(std::uint64_t size);

/// Every tile of a log of `size` leaves, by level and index. Takes memory in proportion: about
/// size / 255 tiles of 24 bytes each.
[[nodiscard]] std::vector<TileId> tiles_of(std::uint64_t size);

/// Tile `index` of `level` with the width that it has in a log of `size` leaves.
/// Errors: not_found (that log has no such tile).
[[nodiscard]] Result<TileId> tile_in(unsigned level, std::uint64_t index, std::uint64_t size);

}  // namespace assay::merkle
