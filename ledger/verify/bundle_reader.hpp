#pragma once

/// Reads the entries of a published log out of its entry bundles, and has each bundle's leaves held
/// against the tile of the same place when it is read first. Several threads read side by side; the
/// bundles that were used last stay in memory, at most 4 of at most 16 MiB.
/// Thread word: thread-safe.

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/verify/tile_check.hpp"

namespace assay::verify {

/// A bundle as far as it can be read.
struct EntryBundle {
  std::string bytes;
  std::vector<std::string_view> entries;  ///< into `bytes`: those that can be told apart
  std::optional<Error> broken;            ///< why there are fewer than its width
};

class BundleReader {
 public:
  /// Borrows both. `size`: entries of the log.
  BundleReader(const FileTree& files, TileCheck& tiles, std::uint64_t size)
      : files_(files), tiles_(tiles), size_(size) {}

  /// Bundle `index` with the width that it has in this log. Errors: not_found, tampered_hash
  /// (larger than a bundle can be), and of the run.
  [[nodiscard]] Result<std::shared_ptr<const EntryBundle>> bundle(std::uint64_t index) const;

  /// Hands over the entries [from, to), as Source::read.
  template <class Sink>
  [[nodiscard]] Status read(std::uint64_t from, std::uint64_t to, const Sink& sink) const {
    std::shared_ptr<const EntryBundle> kept;
    for (std::uint64_t i = from; i < to; ++i) {
      const std::uint64_t position = i % merkle::kTileWidth;
      if (kept == nullptr || position == 0) {
        auto found = bundle(i / merkle::kTileWidth);
        if (!found) return std::unexpected(std::move(found).error().at_entry(i));
        kept = *std::move(found);
      }
      if (position >= kept->entries.size()) {
        return std::unexpected(Error(*kept->broken).at_entry(i));
      }
      sink(i, kept->entries[position]);
    }
    return {};
  }

 private:
  /// One bundle, read by whoever asks first.
  struct Slot {
    std::mutex mutex;
    std::uint64_t index = 0;
    std::optional<Result<std::shared_ptr<const EntryBundle>>> read;  ///< an absent one stays so
  };
  [[nodiscard]] std::shared_ptr<Slot> slot(std::uint64_t index) const;
  [[nodiscard]] Result<std::shared_ptr<const EntryBundle>> load(std::uint64_t index) const;

  const FileTree& files_;
  TileCheck& tiles_;
  std::uint64_t size_;
  mutable std::mutex mutex_;                            // guards the slots' order
  mutable std::array<std::shared_ptr<Slot>, 4> slots_;  // used last first
};

}  // namespace assay::verify
