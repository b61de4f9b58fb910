#pragma once

/// Between which times an event came to be, as far as others than its author say.
///
/// From below: its author signed it after the log had some head. That is the head in `seen`, or, as
/// every submission after entry 0 names the log by entry 0's hash, at least the head of one entry.
/// A head is not older than its last entry, whose time is the log's own word; and not older than an
/// authority's timestamp whose bytes an entry under that head names, which nobody could know
/// before. From above: whoever cosigned or stamped a head over the event's entry had the entry
/// before them.
///
/// A cosignature of the very head that an author had seen bounds nothing from below: it may have
/// come later. Pure. Thread word: plain values.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/time.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::verify {

enum class TimeWord : std::uint8_t { log, witness, authority };

}  // namespace assay::verify
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<verify::TimeWord>[] = {"log", "witness", "authority"};
}  // namespace assay
namespace assay::verify {

/// Somebody says that at this time the log had its first `size` entries.
struct HeadTime {
  std::uint64_t size = 0;
  Timestamp at;
  TimeWord by = TimeWord::witness;
  std::string who;
  bool believed = false;  ///< the caller knows their key, and it signed this
};

/// An entry names the bytes of an authority's timestamp: it was recorded after `at`.
struct Anchor {
  std::uint64_t entry = 0;
  Timestamp at;
  std::string who;
  bool believed = false;
};

struct TimeBound {
  Timestamp at;
  TimeWord by = TimeWord::log;
  std::string who;         ///< empty for the log
  std::uint64_t size = 0;  ///< of the head that it is about
  bool believed = false;   ///< never of the log's own word
};

struct EventInterval {
  std::optional<TimeBound> not_before;  ///< none for entry 0
  std::optional<TimeBound> not_after;   ///< none while nobody has spoken of a head over the entry
};

/// What is known of an event beside what others say.
struct EventPlace {
  std::uint64_t entry = 0;
  std::uint64_t seen_size = 0;  ///< of the head that its author had seen; 0: none
};

/// The head of which an event of this place is at least as young: 0 for entry 0.
[[nodiscard]] std::uint64_t head_before(const EventPlace& place) noexcept;

/// Everything that is said of the times of heads. Of several the one that is believed counts, and
/// the tightest of those. Immutable.
class HeadTimes {
 public:
  HeadTimes(std::vector<HeadTime> heads, std::vector<Anchor> anchors);

  /// `head_recorded_at` is the time, by the log's own clock, of the last entry under the head
  /// `head_before(place)`.
  [[nodiscard]] EventInterval interval(const EventPlace& place, Timestamp head_recorded_at) const;

 private:
  /// The best word over a head with this entry; null where there is none.
  [[nodiscard]] const HeadTime* over(std::uint64_t entry) const;
  /// The best anchor below this size.
  [[nodiscard]] const Anchor* under(std::uint64_t size) const;

  std::vector<HeadTime> heads_;          // by size
  std::vector<Anchor> anchors_;          // by entry
  std::vector<std::size_t> best_over_;   // of the heads from this one on, which is best
  std::vector<std::size_t> best_under_;  // of the anchors up to this one
};

}  // namespace assay::verify
