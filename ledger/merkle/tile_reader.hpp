#pragma once

/// Reads the nodes of a tree out of tiles that nobody has to be trusted for: every tile is checked
/// against a signed root before a hash of it is used (C2SP tlog-tiles).

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "ledger/merkle/tile.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::merkle {

/// Hands over the bytes of a tile. Errors: whatever its source says; a tile that is not there is
/// not_found.
using TileSource = std::function<Result<std::string>(const TileId&)>;

/// The tree `head`, read from tiles. At most one partial tile a level holds the hashes that make up
/// the root, so these are checked when the reader is opened; every full tile is checked against its
/// hash in the tile above it. Keeps one tile a level besides: at most 256 KiB.
/// Thread word: thread-compatible.
class TileReader {
 public:
  /// Reads and checks the partial tiles. Where one is gone (a log may delete it once the full tile
  /// exists), the beginning of the full tile serves.
  /// Errors: tampered_hash (the tiles do not make up `head.root`), malformed (a tile's size; a head
  /// above kTreeSizeMax), those of `source`.
  [[nodiscard]] static Result<TileReader> open(const TreeHead& head, TileSource source);

  /// Errors: not_found (that tree has no such node), tampered_hash (a tile differs from its hash in
  /// the tile above), malformed (a tile's size), those of the source.
  [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index);

  /// The same as a function, which borrows this reader.
  [[nodiscard]] NodeReader nodes() {
    return [this](unsigned level, std::uint64_t index) { return node(level, index); };
  }

  [[nodiscard]] const TreeHead& head() const noexcept { return head_; }

 private:
  struct Kept {
    std::uint64_t index = 0;
    Tile tile;
  };

  TileReader(const TreeHead& head, TileSource source) : head_(head), source_(std::move(source)) {}

  Result<Tile> fetch(const TileId& id) const;
  Status check_root() const;
  Result<const Tile*> tile(unsigned level, std::uint64_t index);

  TreeHead head_;
  TileSource source_;
  std::array<std::optional<Kept>, kTileLevels> partial_;  // checked by open()
  std::array<std::optional<Kept>, kTileLevels> full_;     // the last one used, checked
};

}  // namespace assay::merkle
