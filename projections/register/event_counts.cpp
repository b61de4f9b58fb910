#include "projections/register/event_counts.hpp"

namespace assay::projections {

std::string EventCounts::pack() const {
  std::string bytes;
  bytes.reserve(2 * counts_.size());
  for (const std::uint16_t count : counts_) {
    bytes.push_back(static_cast<char>(count >> 8U));
    bytes.push_back(static_cast<char>(count & 0xFFU));
  }
  return bytes;
}

void EventCounts::unpack(std::string_view bytes) {
  counts_.clear();
  counts_.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const unsigned high = static_cast<unsigned char>(bytes[at]);
    const unsigned low = static_cast<unsigned char>(bytes[at + 1]);
    counts_.push_back(static_cast<std::uint16_t>(high << 8U | low));
  }
}

}  // namespace assay::projections
