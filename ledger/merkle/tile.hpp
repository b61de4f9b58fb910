#pragma once

/// What a tile of hashes and a bundle of entries contain (C2SP tlog-tiles): up to 256 hashes of 32
/// bytes, or up to 256 times (16-bit big-endian length, entry).
/// Thread word: pure functions; a Tile is immutable.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/merkle/tile_path.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::merkle {

/// The bytes of a tile, 32 times its width, from the nodes of the tree. Needs a level below 8.
/// Errors: those of `nodes`.
[[nodiscard]] Result<std::string> encode_tile(const TileId& tile, const NodeReader& nodes);

/// A tile's hashes and every complete node above them within the tile. Holds at most 511 hashes
/// (16 KiB).
class Tile {
 public:
  /// Reads `width` (1 to 256) hashes and computes the nodes above them. Errors: malformed (size).
  [[nodiscard]] static Result<Tile> decode(std::string_view bytes, unsigned width);

  [[nodiscard]] unsigned width() const noexcept {
    return static_cast<unsigned>(levels_.front().size());
  }
  /// The node `index` at `height` above the tile's own hashes: 0 is the hashes themselves, 8 (only
  /// in a full tile) the root. nullptr where the tile does not complete that node.
  [[nodiscard]] const Hash* node(unsigned height, std::uint64_t index) const noexcept;

 private:
  std::vector<std::vector<Hash>> levels_;  // levels_[h] holds width >> h nodes
};

/// Appends one entry to the bytes of a bundle. Errors: limit (above 65,535 bytes; nothing
/// appended).
[[nodiscard]] Status append_to_bundle(std::string& bundle, std::string_view entry);

/// The `width` (1 to 256) entries of a bundle, as views into `bytes`.
/// Errors: malformed (fewer or more bytes than that many entries).
[[nodiscard]] Result<std::vector<std::string_view>> decode_bundle(std::string_view bytes,
                                                                  unsigned width);

}  // namespace assay::merkle
