#include "cli/publish/tile_files.hpp"

#include "ledger/merkle/tile.hpp"

namespace assay::cli {
namespace {

Status each_bundle(const store::Store& store, std::uint64_t size, const FileSink& sink,
                   const std::function<void(std::uint64_t done)>& done) {
  std::string bundle;
  return store.scan(0, size, [&](std::uint64_t index, std::string_view bytes) -> Status {
    ASSAY_CHECK(merkle::append_to_bundle(bundle, bytes));
    const std::uint64_t position = index % merkle::kTileWidth;
    if (position + 1 < merkle::kTileWidth && index + 1 < size) return {};
    const merkle::BundleId id{index / merkle::kTileWidth, static_cast<unsigned>(position + 1)};
    ASSAY_CHECK(sink(merkle::format_bundle_path(id), bundle));
    bundle.clear();
    done(index + 1);
    return {};
  });
}

}  // namespace

Status each_tile_file(const store::Store& store, std::uint64_t size, const FileSink& sink,
                      const std::function<void(std::uint64_t done)>& done) {
  ASSAY_CHECK(each_bundle(store, size, sink, done));
  const merkle::NodeReader nodes = store.nodes();
  for (const merkle::LevelInventory& level : merkle::tile_inventory(size)) {
    const std::uint64_t count = level.full_count + (level.partial_width > 0 ? 1 : 0);
    for (std::uint64_t index = 0; index < count; ++index) {
      const merkle::TileId tile{
          level.level, index, index < level.full_count ? merkle::kTileWidth : level.partial_width};
      ASSAY_TRY(const std::string bytes, merkle::encode_tile(tile, nodes));
      ASSAY_CHECK(sink(merkle::format_tile_path(tile), bytes));
    }
  }
  return {};
}

}  // namespace assay::cli
