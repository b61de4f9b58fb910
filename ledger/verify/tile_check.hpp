#pragma once

/// The tiles of a published log, held against its entries: every hash of every tile follows from
/// them, so a reader who trusts tiles alone is not misled. Level 0 is compared bundle by bundle as
/// the entries are read; what higher levels must hold follows from one hash for each full bundle,
/// which is what this keeps: about 100 bytes for 256 entries.
/// Thread word: `take` and `object` are thread-safe; `finish` comes after them.

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/merkle/tile_path.hpp"
#include "ledger/verify/file_tree.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

class TileCheck {
 public:
  /// Borrows `files`, which hold a log of `size` entries.
  TileCheck(const FileTree& files, std::uint64_t size) : files_(files), size_(size) {}

  /// The entries of a bundle from its first on, as many as could be told apart. The same bundle
  /// again changes nothing.
  void take(const merkle::BundleId& bundle, std::span<const std::string_view> entries);
  void object(Objection objection);
  void leave_open(OpenPart part);

  /// Compares the higher levels, as far as entries below them were taken, and hands over everything
  /// that was found. Asked again, it says the same.
  [[nodiscard]] BesideLog finish();

 private:
  using Expected = std::vector<std::optional<Hash>>;  // what is not known is not compared
  void compare(const merkle::TileId& tile, const Expected& expected);
  void check_level(unsigned level, std::map<std::uint64_t, Hash>& known);

  const FileTree& files_;
  std::uint64_t size_;
  std::mutex mutex_;                                      // guards what follows
  std::map<std::uint64_t, std::optional<Hash>> bundles_;  // roots of the full ones
  BesideLog found_;
};

}  // namespace assay::verify
