#pragma once

/// What several parts of the board remember of an event: where it stands, who said it, and how
/// often something happened. Thread word: plain values.

#include <map>

#include "ledger/events/catalogue.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::projections {

/// An event that something rests on.
struct Mark {
  EventId event;
  Identifier party;
  Timestamp recorded_at;
  bool operator==(const Mark&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(party), CEREAL_NVP(recorded_at));
  }
};

/// Something that may happen any number of times: counted, with its first and last event, so that
/// a million repetitions take no more room than two.
struct Tally {
  std::uint64_t count = 0;
  EventId first;
  EventId last;
  void add(const EventId& event);
  bool operator==(const Tally&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(count), CEREAL_NVP(first), CEREAL_NVP(last));
  }
};

/// Events that speak of something that is not there. The register refuses them before they enter a
/// log; a log that another program wrote may hold them, and a fold is total. By type of event.
using Unplaced = std::map<Identifier, Tally>;

struct OutcomeCounts {
  std::uint64_t blocked = 0;
  std::uint64_t error = 0;
  std::uint64_t failed = 0;
  std::uint64_t not_completed = 0;
  std::uint64_t passed = 0;
  std::uint64_t skipped = 0;

  void add(events::Outcome outcome) noexcept;
  [[nodiscard]] std::uint64_t total() const noexcept {
    return blocked + error + failed + not_completed + passed + skipped;
  }
  /// Everything that is neither a pass nor a skip.
  [[nodiscard]] std::uint64_t adverse() const noexcept {
    return blocked + error + failed + not_completed;
  }
  bool operator==(const OutcomeCounts&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(blocked), CEREAL_NVP(error), CEREAL_NVP(failed), CEREAL_NVP(not_completed),
            CEREAL_NVP(passed), CEREAL_NVP(skipped));
  }
};

/// The outcome that says less good of the same thing.
[[nodiscard]] events::Outcome worse(events::Outcome a, events::Outcome b) noexcept;

}  // namespace assay::projections
