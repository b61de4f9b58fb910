#include "ledger/merkle/tile_reader.hpp"

#include <utility>

namespace assay::merkle {

Result<TileReader> TileReader::open(const TreeHead& head, TileSource source) {
  if (head.size > kTreeSizeMax) {
    return fail(Errc::malformed, "tree size " + std::to_string(head.size) + " is above 2^63 - 1");
  }
  TileReader reader(head, std::move(source));
  for (const LevelInventory& level : tile_inventory(head.size)) {
    if (level.partial_width == 0) continue;
    const TileId id{level.level, level.full_count, level.partial_width};
    ASSAY_TRY(Tile tile, reader.fetch(id));
    reader.partial_[level.level] = Kept{level.full_count, std::move(tile)};
  }
  ASSAY_CHECK(reader.check_root());
  return reader;
}

Result<Tile> TileReader::fetch(const TileId& id) const {
  const std::string path = format_tile_path(id);
  Result<std::string> bytes = source_(id);
  if (!bytes && bytes.error().code == Errc::not_found && id.width < kTileWidth) {
    bytes = source_(TileId{id.level, id.index, kTileWidth});
    if (bytes && bytes->size() == kTileWidth * Hash::kSizeBytes) {
      bytes->resize(id.width * Hash::kSizeBytes);
    }
  }
  if (!bytes) return std::unexpected(std::move(bytes).error().in(path));
  Result<Tile> tile = Tile::decode(*bytes, id.width);
  if (!tile) return std::unexpected(std::move(tile).error().in(path));
  return tile;
}

/// The perfect subtrees that a tree consists of are nodes of its partial tiles, and every hash of a
/// partial tile lies below one of them.
Status TileReader::check_root() const {
  const NodeReader from_partial = [this](unsigned level, std::uint64_t index) -> Result<Hash> {
    const std::optional<Kept>& kept = partial_[level / kTileHeight];
    const unsigned height = level % kTileHeight;
    const std::uint64_t first = kept ? kept->index << (kTileHeight - height) : 0;
    const Hash* const hash = kept ? kept->tile.node(height, index - first) : nullptr;
    ASSAY_ASSERT(hash != nullptr);
    return *hash;
  };
  ASSAY_TRY(const Hash root, root_at(head_.size, from_partial));
  if (root == head_.root) return {};
  return fail(Errc::tampered_hash, "the partial tiles of a log of " + std::to_string(head_.size) +
                                       " leaves make up the root " + root.hex() + ", not " +
                                       head_.root.hex());
}

Result<const Tile*> TileReader::tile(unsigned level, std::uint64_t index) {
  const std::optional<Kept>& partial = partial_[level];
  if (partial && partial->index == index) return &partial->tile;
  std::optional<Kept>& kept = full_[level];
  if (kept && kept->index == index) return &kept->tile;

  const TileId id{level, index, kTileWidth};
  ASSAY_TRY(const Hash expected, node((level + 1) * kTileHeight, index));
  ASSAY_TRY(Tile read, fetch(id));
  const Hash& root = *read.node(kTileHeight, 0);
  if (root != expected) {
    return fail(Errc::tampered_hash, format_tile_path(id) + ": its hashes make up " + root.hex() +
                                         ", where the tile above has " + expected.hex());
  }
  kept = Kept{index, std::move(read)};
  return &kept->tile;
}

Result<Hash> TileReader::node(unsigned level, std::uint64_t index) {
  if (level >= 64 || index >= head_.size >> level) {
    return fail(Errc::not_found, "a tree of " + std::to_string(head_.size) +
                                     " leaves has no node " + std::to_string(index) + " at level " +
                                     std::to_string(level));
  }
  const unsigned height = level % kTileHeight;
  const std::uint64_t tile_index = index >> (kTileHeight - height);
  ASSAY_TRY(const Tile* const found, tile(level / kTileHeight, tile_index));
  const Hash* const hash = found->node(height, index - (tile_index << (kTileHeight - height)));
  ASSAY_ASSERT(hash != nullptr);
  return *hash;
}

}  // namespace assay::merkle
