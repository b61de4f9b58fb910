#pragma once

/// The nodes of a tree as its published tiles have them, unproved: who uses them proves them first
/// (source.hpp). For readers who have no root to begin with, unlike merkle::TileReader.
/// Thread word: thread-safe.

#include <list>
#include <mutex>

#include "ledger/merkle/tile.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::verify {

class TileNodes {
 public:
  /// Borrows `files`, which hold a log of `size` entries.
  TileNodes(const FileTree& files, std::uint64_t size) : files_(files), size_(size) {}
  /// Errors: not_found (no such node, or no such tile), malformed (a tile's size), of the run.
  [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index) const;

 private:
  static constexpr std::size_t kTilesKept = 16;
  const FileTree& files_;
  std::uint64_t size_;
  mutable std::mutex mutex_;
  mutable std::list<std::pair<merkle::TileId, merkle::Tile>> kept_;  // used last first
};

}  // namespace assay::verify
