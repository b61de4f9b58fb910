#include "ledger/verify/tile_check.hpp"

#include <algorithm>
#include <utility>

#include "ledger/merkle/compact_range.hpp"
#include "ledger/verify/claim_book.hpp"

namespace assay::verify {
namespace {

/// The first entry that lies below hash `position` of the tile.
std::uint64_t first_entry(const merkle::TileId& tile, std::uint64_t position) {
  return (tile.index * merkle::kTileWidth + position) << (merkle::kTileHeight * tile.level);
}

/// The node over the hashes of a full tile, where all of them are known.
std::optional<Hash> root_of(const std::vector<std::optional<Hash>>& hashes) {
  if (hashes.size() != merkle::kTileWidth) return std::nullopt;
  merkle::CompactRange range;
  for (const std::optional<Hash>& hash : hashes) {
    if (!hash) return std::nullopt;
    range.append(*hash);
  }
  return range.root();
}

}  // namespace

void TileCheck::take(const merkle::BundleId& bundle, std::span<const std::string_view> entries) {
  {
    const std::lock_guard lock(mutex_);
    if (!bundles_.try_emplace(bundle.index).second) return;
  }
  Expected leaves(bundle.width);
  std::ranges::transform(entries, leaves.begin(), merkle::leaf_hash);
  compare({0, bundle.index, bundle.width}, leaves);
  const std::lock_guard lock(mutex_);
  bundles_[bundle.index] = root_of(leaves);
}

void TileCheck::object(Objection objection) {
  const std::lock_guard lock(mutex_);
  found_.objections.push_back(std::move(objection));
}

void TileCheck::leave_open(OpenPart part) {
  const std::lock_guard lock(mutex_);
  found_.open.push_back(std::move(part));
}

void TileCheck::compare(const merkle::TileId& tile, const Expected& expected) {
  const std::string path = merkle::format_tile_path(tile);
  const std::size_t size_bytes = tile.width * Hash::kSizeBytes;
  const auto bytes = files_.read(path, size_bytes);
  const auto disagree = [&](Errc code, std::uint64_t position, const std::string& what,
                            std::string wanted, std::string actual) {
    object(disagreement(Claim::tree, code, first_entry(tile, position), path + " " + what,
                        std::move(wanted), std::move(actual)));
  };
  const std::string wanted = std::to_string(size_bytes) + " bytes";
  if (!bytes && bytes.error().code == Errc::not_found) {
    return disagree(Errc::tampered_order, 0, "is not there", wanted, "no file");
  }
  if (!bytes && bytes.error().code == Errc::limit) {
    return disagree(Errc::tampered_hash, 0, "has another size than its hashes", wanted, "more");
  }
  if (!bytes) return leave_open({Claim::tree, path + ": " + bytes.error().message, true});
  if (bytes->size() != size_bytes) {
    return disagree(Errc::tampered_hash, 0, "has another size than its hashes", wanted,
                    std::to_string(bytes->size()) + " bytes");
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string_view hash =
        std::string_view(*bytes).substr(i * Hash::kSizeBytes, Hash::kSizeBytes);
    if (!expected[i] || hash == expected[i]->view()) continue;
    return disagree(Errc::tampered_hash, i,
                    "has another hash at place " + std::to_string(i) + " than the entries below it",
                    expected[i]->hex(), Hash::from_bytes(hash).value().hex());
  }
}

/// `known`: the hashes that tiles of `level` must hold, by their index; afterwards those of the
/// level above.
void TileCheck::check_level(unsigned level, std::map<std::uint64_t, Hash>& known) {
  std::map<std::uint64_t, Hash> above;
  for (auto next = known.begin(); next != known.end();) {
    const std::uint64_t index = next->first / merkle::kTileWidth;
    const auto tile = merkle::tile_in(level, index, size_);
    if (!tile) break;  // an incomplete node is in no tile
    Expected expected(tile->width);
    for (; next != known.end() && next->first / merkle::kTileWidth == index; ++next) {
      expected[next->first % merkle::kTileWidth] = next->second;
    }
    compare(*tile, expected);
    if (const auto root = root_of(expected)) above.emplace(index, *root);
  }
  known = std::move(above);
}

BesideLog TileCheck::finish() {
  const BesideLog of_bundles = found_;
  std::map<std::uint64_t, Hash> known;
  for (const auto& [index, root] : bundles_) {
    if (root) known.emplace(index, *root);
  }
  for (unsigned level = 1; level < merkle::kTileLevels && !known.empty(); ++level) {
    check_level(level, known);
  }
  return std::exchange(found_, of_bundles);
}

}  // namespace assay::verify
