#include "ledger/verify/tile_nodes.hpp"

#include <algorithm>

namespace assay::verify {

Result<Hash> TileNodes::node(unsigned level, std::uint64_t index) const {
  if (level >= 63 || index >= size_ >> level) {
    return fail(Errc::not_found, "this log has no such node");
  }
  const unsigned height = level % merkle::kTileHeight;
  const std::uint64_t tile_index = index >> (merkle::kTileHeight - height);
  ASSAY_TRY(const merkle::TileId id,
            merkle::tile_in(level / merkle::kTileHeight, tile_index, size_));
  const std::lock_guard lock(mutex_);
  auto found = std::ranges::find(kept_, id, &std::pair<merkle::TileId, merkle::Tile>::first);
  if (found == kept_.end()) {
    ASSAY_TRY(const std::string bytes,
              files_.read(merkle::format_tile_path(id), id.width * Hash::kSizeBytes));
    ASSAY_TRY(merkle::Tile tile, merkle::Tile::decode(bytes, id.width));
    kept_.emplace_front(id, std::move(tile));
    if (kept_.size() > kTilesKept) kept_.pop_back();
  } else {
    kept_.splice(kept_.begin(), kept_, found);
  }
  const Hash* const hash =
      kept_.front().second.node(height, index - (tile_index << (merkle::kTileHeight - height)));
  if (hash == nullptr) return fail(Errc::not_found, "the tile does not complete that node");
  return *hash;
}

}  // namespace assay::verify
