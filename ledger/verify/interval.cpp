#include "ledger/verify/interval.hpp"

#include <algorithm>

namespace assay::verify {
namespace {

/// Words that are believed come before all others, then the tightest.
bool is_earlier(const HeadTime& a, const HeadTime& b) {
  return a.believed != b.believed ? a.believed : a.at < b.at;
}
bool is_later(const Anchor& a, const Anchor& b) {
  return a.believed != b.believed ? a.believed : a.at > b.at;
}

}  // namespace

std::uint64_t head_before(const EventPlace& place) noexcept {
  if (place.entry == 0) return 0;
  return std::max<std::uint64_t>(place.seen_size, 1);
}

HeadTimes::HeadTimes(std::vector<HeadTime> heads, std::vector<Anchor> anchors)
    : heads_(std::move(heads)), anchors_(std::move(anchors)) {
  std::ranges::stable_sort(heads_, {}, &HeadTime::size);
  std::ranges::stable_sort(anchors_, {}, &Anchor::entry);
  best_over_.resize(heads_.size());
  for (std::size_t i = heads_.size(); i-- > 0;) {
    const bool last = i + 1 == heads_.size();
    best_over_[i] =
        last || is_earlier(heads_[i], heads_[best_over_[i + 1]]) ? i : best_over_[i + 1];
  }
  best_under_.resize(anchors_.size());
  for (std::size_t i = 0; i < anchors_.size(); ++i) {
    const bool first = i == 0;
    best_under_[i] =
        first || is_later(anchors_[i], anchors_[best_under_[i - 1]]) ? i : best_under_[i - 1];
  }
}

const HeadTime* HeadTimes::over(std::uint64_t entry) const {
  const auto at = std::ranges::upper_bound(heads_, entry, {}, &HeadTime::size);
  if (at == heads_.end()) return nullptr;
  return &heads_[best_over_[static_cast<std::size_t>(at - heads_.begin())]];
}

const Anchor* HeadTimes::under(std::uint64_t size) const {
  const auto at = std::ranges::lower_bound(anchors_, size, {}, &Anchor::entry);
  if (at == anchors_.begin()) return nullptr;
  return &anchors_[best_under_[static_cast<std::size_t>(at - anchors_.begin()) - 1]];
}

EventInterval HeadTimes::interval(const EventPlace& place, Timestamp head_recorded_at) const {
  EventInterval interval;
  if (const std::uint64_t size = head_before(place); size > 0) {
    interval.not_before = TimeBound{head_recorded_at, TimeWord::log, {}, size, false};
    const Anchor* const anchor = under(size);
    if (anchor != nullptr && anchor->believed) {
      interval.not_before = TimeBound{anchor->at, TimeWord::authority, anchor->who, size, true};
    }
  }
  if (const HeadTime* const head = over(place.entry)) {
    interval.not_after = TimeBound{head->at, head->by, head->who, head->size, head->believed};
  }
  return interval;
}

}  // namespace assay::verify
