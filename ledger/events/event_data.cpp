#include "ledger/events/event_data.hpp"

namespace assay {

EventData::EventData() { std::construct_at(&any_); }
EventData::EventData(const EventData& other) { std::construct_at(&any_, other.any_); }
EventData::EventData(EventData&& other) noexcept {
  std::construct_at(&any_, std::move(other.any_));
}
EventData& EventData::operator=(const EventData& other) {
  if (this != &other) any_ = other.any_;
  return *this;
}
EventData& EventData::operator=(EventData&& other) noexcept {
  any_ = std::move(other.any_);
  return *this;
}
EventData::~EventData() { std::destroy_at(&any_); }

}  // namespace assay
