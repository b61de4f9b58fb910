#pragma once

/// The text of a released record: the last checkpoint that a log's key released, in two slots that
/// are written in turn, so that a torn write harms only the one that is being written. Pure;
/// released_record.hpp puts it on disk.
///
/// The file is 8192 bytes; slot 0 begins at 0, slot 1 at 4096, and what follows them is newlines. A
/// new file holds save 0 in slot 0, which says that nothing was released, and newlines in slot 1. A
/// slot is 280 bytes of text:
///
///   "assay released 01\n"
///   "log " 64 hex digits "\n"       leaf hash of the log's entry 0
///   "save " 20 decimal digits "\n"  counts the saves; its last bit says which slot
///   "size " 20 decimal digits "\n"
///   "root " 64 hex digits "\n"
///   "check " 64 hex digits "\n"     SHA-256 of the five lines above
///
/// Thread word: pure functions.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/hash.hpp"

namespace assay::keys {

inline constexpr std::size_t kReleasedSlotSizeBytes = 280;
/// Slots lie a page apart: disks tear within sectors of up to 4096 bytes.
inline constexpr std::size_t kReleasedSlotStrideBytes = 4096;
inline constexpr std::size_t kReleasedFileSizeBytes = 2 * kReleasedSlotStrideBytes;

struct ReleasedSlot {
  Hash log;
  std::uint64_t save = 0;
  std::uint64_t size = 0;  ///< entries in the tree
  Hash root;
  bool operator==(const ReleasedSlot&) const = default;
  /// Byte offset of the slot that this save belongs in.
  [[nodiscard]] std::uint64_t offset() const { return (save % 2) * kReleasedSlotStrideBytes; }
};

[[nodiscard]] std::string format_released_slot(const ReleasedSlot& slot);
/// The file that says: nothing was released.
[[nodiscard]] std::string new_released_file(const Hash& log);

struct ReleasedScan {
  ReleasedSlot last;              ///< save 0: nothing was released yet
  bool other_is_damaged = false;  ///< the other slot is what an interrupted save leaves behind
};

/// Errors: malformed (not 8192 bytes), unsupported (a later format), tampered_hash (no slot is
/// whole, or the two contradict each other).
[[nodiscard]] Result<ReleasedScan> scan_released_file(std::string_view bytes);

}  // namespace assay::keys
