#include "ledger/merkle/tile_path.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"

namespace assay::merkle {
namespace {

constexpr std::string_view kTilePrefix = "tile/";
constexpr std::string_view kBundlePrefix = "tile/entries/";
constexpr std::string_view kPartialMark = ".p/";
constexpr std::size_t kGroupDigits = 3;

std::unexpected<Error> not_a_path(std::string_view path) {
  return fail(Errc::malformed, "not a tile path: \"" + std::string(path.substr(0, 80)) + "\"",
              "paths look like tile/0/x001/234 or tile/entries/005.p/17");
}

/// Groups of three digits, each but the last with an x before it: 1234067 is x001/x234/067.
std::string format_index(std::uint64_t index) {
  std::string digits = std::to_string(index);
  digits.insert(0, (kGroupDigits - digits.size() % kGroupDigits) % kGroupDigits, '0');
  std::string text;
  for (std::size_t i = 0; i < digits.size(); i += kGroupDigits) {
    if (i + kGroupDigits < digits.size()) text += 'x';
    text.append(digits, i, kGroupDigits);
    if (i + kGroupDigits < digits.size()) text += '/';
  }
  return text;
}

/// "<index>[.p/<width>]", the end of both kinds of path.
std::string format_position(std::uint64_t index, unsigned width) {
  ASSAY_ASSERT(width >= 1 && width <= kTileWidth);
  std::string text = format_index(index);
  if (width != kTileWidth) text.append(kPartialMark).append(std::to_string(width));
  return text;
}

/// The digits without their grouping; callers format the result again to see that the groups were
/// the right ones.
Result<std::uint64_t> parse_index(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits),
                       [](char c) { return c != 'x' && c != '/'; });
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return parse_decimal(digits.empty() ? digits : digits.substr(first));
}

struct Position {
  std::uint64_t index = 0;
  unsigned width = kTileWidth;
};

Result<Position> parse_position(std::string_view text) {
  Position position;
  if (const std::size_t mark = text.find(kPartialMark); mark != std::string_view::npos) {
    ASSAY_TRY(const std::uint64_t width, parse_decimal(text.substr(mark + kPartialMark.size())));
    if (width == 0 || width >= kTileWidth) {
      return fail(Errc::malformed, "a partial tile holds 1 to 255 hashes");
    }
    position.width = static_cast<unsigned>(width);
    text = text.substr(0, mark);
  }
  ASSAY_TRY(position.index, parse_index(text));
  return position;
}

/// Hashes at tile level `level` of a tree of `size` leaves.
std::uint64_t hashes_at(unsigned level, std::uint64_t size) {
  return level < kTileLevels ? size >> (kTileHeight * level) : 0;
}

}  // namespace

std::string format_tile_path(const TileId& tile) {
  ASSAY_ASSERT(tile.level <= kTileLevelMax);
  return std::string(kTilePrefix) + std::to_string(tile.level) + '/' +
         format_position(tile.index, tile.width);
}

std::string format_bundle_path(const BundleId& bundle) {
  return std::string(kBundlePrefix) + format_position(bundle.index, bundle.width);
}

Result<TileId> parse_tile_path(std::string_view path) {
  if (!path.starts_with(kTilePrefix)) return not_a_path(path);
  const std::string_view rest = path.substr(kTilePrefix.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return not_a_path(path);
  const auto level = parse_decimal(rest.substr(0, slash));
  const auto position = parse_position(rest.substr(slash + 1));
  if (!level || *level > kTileLevelMax || !position) return not_a_path(path);
  const TileId tile{static_cast<unsigned>(*level), position->index, position->width};
  if (format_tile_path(tile) != path) return not_a_path(path);
  return tile;
}

Result<BundleId> parse_bundle_path(std::string_view path) {
  if (!path.starts_with(kBundlePrefix)) return not_a_path(path);
  const auto position = parse_position(path.substr(kBundlePrefix.size()));
  if (!position) return not_a_path(path);
  const BundleId bundle{position->index, position->width};
  if (format_bundle_path(bundle) != path) return not_a_path(path);
  return bundle;
}

std::vector<LevelInventory> tile_inventory(std::uint64_t size) {
  std::vector<LevelInventory> levels;
  for (unsigned level = 0; hashes_at(level, size) > 0; ++level) {
    const std::uint64_t hashes = hashes_at(level, size);
    levels.push_back({level, hashes / kTileWidth, static_cast<unsigned>(hashes % kTileWidth)});
  }
  return levels;
}

std::vector<TileId> tiles_of(std::uint64_t size) {
  std::vector<TileId> tiles;
  for (const LevelInventory& level : tile_inventory(size)) {
    for (std::uint64_t i = 0; i < level.full_count; ++i) tiles.push_back({level.level, i});
    if (level.partial_width > 0) {
      tiles.push_back({level.level, level.full_count, level.partial_width});
    }
  }
  return tiles;
}

Result<TileId> tile_in(unsigned level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = hashes_at(level, size);
  const std::uint64_t full_count = hashes / kTileWidth;
  const auto partial_width = static_cast<unsigned>(hashes % kTileWidth);
  if (index < full_count) return TileId{level, index, kTileWidth};
  if (index == full_count && partial_width > 0) return TileId{level, index, partial_width};
  return fail(Errc::not_found, "a log of " + std::to_string(size) + " leaves has no tile " +
                                   std::to_string(index) + " at level " + std::to_string(level));
}

}  // namespace assay::merkle
