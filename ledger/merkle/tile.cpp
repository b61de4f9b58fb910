#include "ledger/merkle/tile.hpp"

#include "ledger/base/limits.hpp"

namespace assay::merkle {
namespace {

constexpr std::size_t kLengthSizeBytes = 2;

bool is_width(unsigned width) { return width >= 1 && width <= kTileWidth; }

}  // namespace

Result<std::string> encode_tile(const TileId& tile, const NodeReader& nodes) {
  ASSAY_ASSERT(tile.level < kTileLevels && is_width(tile.width));
  std::string bytes;
  bytes.reserve(tile.width * Hash::kSizeBytes);
  for (unsigned i = 0; i < tile.width; ++i) {
    ASSAY_TRY(const Hash hash, nodes(kTileHeight * tile.level, tile.index * kTileWidth + i));
    bytes.append(hash.view());
  }
  return bytes;
}

Result<Tile> Tile::decode(std::string_view bytes, unsigned width) {
  ASSAY_ASSERT(is_width(width));
  if (bytes.size() != width * Hash::kSizeBytes) {
    return fail(Errc::malformed, "a tile of " + std::to_string(width) + " hashes has " +
                                     std::to_string(width * Hash::kSizeBytes) + " bytes, not " +
                                     std::to_string(bytes.size()));
  }
  Tile tile;
  std::vector<Hash>& hashes = tile.levels_.emplace_back();
  hashes.reserve(width);
  for (unsigned i = 0; i < width; ++i) {
    ASSAY_TRY(hashes.emplace_back(),
              Hash::from_bytes(bytes.substr(i * Hash::kSizeBytes, Hash::kSizeBytes)));
  }
  while (tile.levels_.back().size() > 1) {
    const std::vector<Hash>& below = tile.levels_.back();
    std::vector<Hash> nodes;
    nodes.reserve(below.size() / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
      nodes.push_back(node_hash(below[i], below[i + 1]));
    }
    tile.levels_.push_back(std::move(nodes));
  }
  return tile;
}

const Hash* Tile::node(unsigned height, std::uint64_t index) const noexcept {
  if (height >= levels_.size() || index >= levels_[height].size()) return nullptr;
  return &levels_[height][index];
}

Status append_to_bundle(std::string& bundle, std::string_view entry) {
  if (entry.size() > limits::kEntrySizeBytes) {
    return fail(Errc::limit, "an entry has at most " + std::to_string(limits::kEntrySizeBytes) +
                                 " bytes, not " + std::to_string(entry.size()));
  }
  bundle += static_cast<char>(entry.size() >> 8U);
  bundle += static_cast<char>(entry.size() & 0xFFU);
  bundle += entry;
  return {};
}

Result<std::vector<std::string_view>> decode_bundle(std::string_view bytes, unsigned width) {
  ASSAY_ASSERT(is_width(width));
  std::vector<std::string_view> entries;
  entries.reserve(width);
  while (entries.size() < width) {
    const std::string where = "entry " + std::to_string(entries.size()) + " of the bundle";
    if (bytes.size() < kLengthSizeBytes) return fail(Errc::malformed, where + " is missing");
    const auto high = static_cast<unsigned char>(bytes[0]);
    const auto low = static_cast<unsigned char>(bytes[1]);
    const std::size_t size_bytes = static_cast<std::size_t>(high) << 8U | low;
    bytes.remove_prefix(kLengthSizeBytes);
    if (bytes.size() < size_bytes) return fail(Errc::malformed, where + " is cut short");
    entries.push_back(bytes.substr(0, size_bytes));
    bytes.remove_prefix(size_bytes);
  }
  if (!bytes.empty()) {
    return fail(Errc::malformed, std::to_string(bytes.size()) + " bytes after the last entry");
  }
  return entries;
}

}  // namespace assay::merkle
