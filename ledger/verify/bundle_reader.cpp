#include "ledger/verify/bundle_reader.hpp"

#include <algorithm>

#include "ledger/base/limits.hpp"
#include "ledger/verify/waves.hpp"

namespace assay::verify {
namespace {

constexpr std::size_t kLengthSizeBytes = 2;
constexpr std::size_t kBundleSizeBytes =
    merkle::kTileWidth * (kLengthSizeBytes + limits::kEntrySizeBytes);

/// As merkle::decode_bundle, but what can be read of a broken one is read.
void split(EntryBundle& bundle, unsigned width, const std::string& path) {
  std::string_view rest = bundle.bytes;
  while (bundle.entries.size() < width) {
    const auto byte = [&](std::size_t at) {
      return static_cast<std::size_t>(static_cast<unsigned char>(rest[at]));
    };
    const std::size_t size_bytes = rest.size() < kLengthSizeBytes ? 0 : byte(0) << 8U | byte(1);
    if (rest.size() < kLengthSizeBytes + size_bytes) {
      bundle.broken =
          Error{Errc::tampered_hash,
                path + " ends in the midst of entry " + std::to_string(bundle.entries.size()) +
                    " of its " + std::to_string(width),
                {},
                std::nullopt};
      return;
    }
    bundle.entries.push_back(rest.substr(kLengthSizeBytes, size_bytes));
    rest.remove_prefix(kLengthSizeBytes + size_bytes);
  }
  if (rest.empty()) return;
  bundle.broken =
      Error{Errc::tampered_hash,
            path + " has " + std::to_string(rest.size()) + " bytes after its last entry",
            {},
            std::nullopt};
}

}  // namespace

std::shared_ptr<BundleReader::Slot> BundleReader::slot(std::uint64_t index) const {
  const std::lock_guard lock(mutex_);
  auto found = std::ranges::find_if(
      slots_, [&](const auto& slot) { return slot != nullptr && slot->index == index; });
  if (found == slots_.end()) {
    found = slots_.end() - 1;
    *found = std::make_shared<Slot>();
    (*found)->index = index;
  }
  std::rotate(slots_.begin(), found, found + 1);
  return slots_.front();
}

Result<std::shared_ptr<const EntryBundle>> BundleReader::bundle(std::uint64_t index) const {
  const std::shared_ptr<Slot> kept = slot(index);
  const std::lock_guard lock(kept->mutex);
  if (!kept->read) {
    auto loaded = load(index);
    if (!loaded && !is_evidence(loaded.error().code)) return loaded;
    kept->read = std::move(loaded);
  }
  return *kept->read;
}

Result<std::shared_ptr<const EntryBundle>> BundleReader::load(std::uint64_t index) const {
  ASSAY_TRY(const merkle::TileId tile, merkle::tile_in(0, index, size_));
  const merkle::BundleId id{index, tile.width};
  const std::string path = merkle::format_bundle_path(id);
  auto bundle = std::make_shared<EntryBundle>();
  auto bytes = files_.read(path, kBundleSizeBytes);
  if (!bytes && bytes.error().code == Errc::not_found) {
    return fail(Errc::not_found, path + " is not there");
  }
  if (!bytes && bytes.error().code == Errc::limit) {
    return fail(Errc::tampered_hash, path + " is larger than a bundle of entries can be");
  }
  if (!bytes) return std::unexpected(std::move(bytes).error());
  bundle->bytes = *std::move(bytes);
  split(*bundle, id.width, path);
  if (bundle->broken && bundle->entries.size() == id.width) {
    // Every entry is there, so that nobody who reads entries would say it.
    tiles_.object(
        {Claim::tree, Error(*bundle->broken).at_entry(index * merkle::kTileWidth + id.width - 1)});
  }
  tiles_.take(id, bundle->entries);
  return bundle;
}

}  // namespace assay::verify
