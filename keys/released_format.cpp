#include "keys/released_format.hpp"

#include <algorithm>

#include "keys/fixed_text.hpp"

namespace assay::keys {
namespace {

constexpr std::string_view kReleasedMagic = "assay released 01\n";
constexpr std::string_view kAnyReleasedMagic = "assay released ";
constexpr std::size_t kNumberDigits = 20;

enum class SlotState : std::uint8_t { empty, damaged, whole };

struct ReadSlot {
  SlotState state = SlotState::damaged;
  ReleasedSlot slot;
};

/// Another version in whole; a torn one is damage.
bool is_of_later_format(std::string_view text) {
  FixedText reader(text.substr(0, kReleasedMagic.size()));
  const std::uint64_t version = reader.literal(kAnyReleasedMagic).decimal(2);
  return reader.literal("\n").ended() && version > 1;
}

std::string lines_before_check(const ReleasedSlot& slot) {
  std::string text(kReleasedMagic);
  text.append("log ").append(slot.log.hex()).append("\n");
  text.append("save ").append(padded_decimal(slot.save, kNumberDigits)).append("\n");
  text.append("size ").append(padded_decimal(slot.size, kNumberDigits)).append("\n");
  return text.append("root ").append(slot.root.hex()).append("\n");
}

ReadSlot read_slot(std::string_view text, std::uint64_t index) {
  if (text.find_first_not_of('\n') == std::string_view::npos) return {SlotState::empty, {}};
  FixedText reader(text);
  ReleasedSlot slot;
  reader.literal(kReleasedMagic);
  slot.log = reader.literal("log ").hash();
  slot.save = reader.literal("\nsave ").decimal(kNumberDigits);
  slot.size = reader.literal("\nsize ").decimal(kNumberDigits);
  slot.root = reader.literal("\nroot ").hash();
  const Hash check = reader.literal("\ncheck ").hash();
  reader.literal("\n");
  const bool whole =
      reader.ended() && slot.save % 2 == index && check == sha256(lines_before_check(slot));
  return whole ? ReadSlot{SlotState::whole, slot} : ReadSlot{};
}

bool follows(const ReleasedSlot& newer, const ReleasedSlot& older) {
  if (newer.save - older.save != 1) return false;
  return older.save == 0 || (newer.log == older.log && newer.size > older.size);
}

std::unexpected<Error> contradiction(const std::string& message) {
  return fail(Errc::tampered_hash, "the record of the last released checkpoint " + message,
              "compare with a pin or a witness; restore the record from a backup only if it is not "
              "older than they are");
}

}  // namespace

std::string format_released_slot(const ReleasedSlot& slot) {
  const std::string text = lines_before_check(slot);
  return text + "check " + sha256(text).hex() + "\n";
}

std::string new_released_file(const Hash& log) {
  std::string file = format_released_slot({log, 0, 0, {}});
  file.resize(kReleasedFileSizeBytes, '\n');
  return file;
}

Result<ReleasedScan> scan_released_file(std::string_view bytes) {
  if (bytes.size() != kReleasedFileSizeBytes) {
    return fail(Errc::malformed, "the record of the last released checkpoint has " +
                                     std::to_string(bytes.size()) + " bytes, not 8192");
  }
  std::array<ReadSlot, 2> slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto text = bytes.substr(i * kReleasedSlotStrideBytes, kReleasedSlotSizeBytes);
    slots[i] = read_slot(text, i);
    if (slots[i].state == SlotState::damaged && is_of_later_format(text)) {
      return fail(Errc::unsupported, "the record of released checkpoints is of a later format");
    }
  }
  const auto& [even, odd] = slots;
  if (even.state == SlotState::whole && odd.state == SlotState::whole) {
    const ReleasedSlot& older = even.slot.save < odd.slot.save ? even.slot : odd.slot;
    const ReleasedSlot& newer = even.slot.save < odd.slot.save ? odd.slot : even.slot;
    if (!follows(newer, older)) return contradiction("holds two saves that contradict each other");
    return ReleasedScan{newer, false};
  }
  if (even.state != SlotState::whole && odd.state != SlotState::whole) {
    return contradiction("is damaged in both of its slots");
  }
  const ReadSlot& whole = even.state == SlotState::whole ? even : odd;
  const ReadSlot& other = even.state == SlotState::whole ? odd : even;
  // Only slot 1 of a new file was never written.
  if (other.state == SlotState::empty && whole.slot.save != 0) {
    return contradiction("has lost one of its slots");
  }
  return ReleasedScan{whole.slot, other.state == SlotState::damaged};
}

}  // namespace assay::keys
