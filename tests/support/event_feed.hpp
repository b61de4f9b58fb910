#pragma once

/// A history of events with their places in a log, for folds of single projections. What the
/// register would do (judging, counting voices) is not done here; `endorse` says that it happened.

#include <vector>

#include "projections/fold/projection.hpp"

namespace assay::testing {

struct FedEvent {
  EventData data;
  EventId id;
  projections::Stage stage = projections::Stage::in_effect;
  std::uint64_t entry = 0;  ///< with which the projection gets to see it
  Hash author;
  Identifier party = "DCC";
  std::optional<Seen> seen;
};

class EventFeed {
 public:
  /// Entries are numbered `first`, `first + step` and so on.
  explicit EventFeed(std::uint64_t first = 1, std::uint64_t step = 1) : next_(first), step_(step) {}

  /// One more event, in an entry of its own.
  EventId add(EventData data, projections::Stage stage = projections::Stage::in_effect) {
    const EventId id{next_, 0};
    events_.push_back({std::move(data), id, stage, next_, {}, "DCC", {}});
    next_ += step_;
    return id;
  }
  /// The same, said by somebody.
  EventId add_by(const Hash& author, const Identifier& party, const std::optional<Seen>& seen,
                 EventData data, projections::Stage stage = projections::Stage::in_effect) {
    const EventId id = add(std::move(data), stage);
    events_.back().author = author;
    events_.back().party = party;
    events_.back().seen = seen;
    return id;
  }
  /// The last voice for the event at `id` comes with the next entry.
  void endorse(const EventId& id) {
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (events_[i].id != id || events_[i].stage != projections::Stage::awaiting_voices) continue;
      FedEvent again = events_[i];
      again.stage = projections::Stage::became_effective;
      again.entry = next_;
      again.seen.reset();
      events_.push_back(std::move(again));
      next_ += step_;
      return;
    }
  }

  [[nodiscard]] static Timestamp time_of(std::uint64_t entry) {
    return {kStart.us + static_cast<std::int64_t>(entry) * 1'000'000};
  }
  [[nodiscard]] std::uint64_t next_entry() const noexcept { return next_; }
  [[nodiscard]] std::size_t size() const noexcept { return events_.size(); }
  [[nodiscard]] const std::vector<FedEvent>& events() const noexcept { return events_; }

  template <class Projection>
  void apply(Projection& projection, std::size_t number) const {
    const FedEvent& event = events_[number];
    const Timestamp time = time_of(event.entry);
    projection.apply({event.id, event.data, time, time, event.author, event.party, event.seen},
                     event.stage);
  }
  /// Applies the events [from, to).
  template <class Projection>
  void fold(Projection& projection, std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i) apply(projection, i);
  }
  template <class Projection>
  [[nodiscard]] Projection folded() const {
    Projection projection;
    fold(projection, 0, size());
    return projection;
  }

 private:
  static constexpr Timestamp kStart{1'571'652'000'000'000};  // 2019-10-21T10:00:00Z
  std::vector<FedEvent> events_;
  std::uint64_t next_;
  std::uint64_t step_;
};

}  // namespace assay::testing
