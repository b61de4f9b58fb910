#pragma once

/// How many events each entry holds, so that an address of an event can be held against the log.
/// Two bytes of memory an entry. Thread word: thread-compatible.

#include <vector>

#include "ledger/base/limits.hpp"
#include "ledger/format/archive_traits.hpp"
#include "ledger/format/values.hpp"

namespace assay::projections {

class EventCounts {
 public:
  /// The next entry holds `events`, at most limits::kEventsPerSubmission.
  void add(std::size_t events) { counts_.push_back(static_cast<std::uint16_t>(events)); }
  [[nodiscard]] bool holds(const EventId& id) const noexcept {
    return id.entry < counts_.size() && id.position < counts_[id.entry];
  }

  /// As bytes: two an entry, the higher one first.
  template <class Archive>
  void serialize(Archive& archive) {
    Base64Bytes packed;
    if constexpr (Archive::is_saving::value) packed.bytes = pack();
    archive(cereal::make_nvp("counts", packed));
    if constexpr (Archive::is_loading::value) unpack(packed.bytes);
  }

 private:
  static_assert(limits::kEventsPerSubmission <= 0xFFFF);
  [[nodiscard]] std::string pack() const;
  void unpack(std::string_view bytes);

  std::vector<std::uint16_t> counts_;
};

}  // namespace assay::projections
