#include "ledger/verify/notables.hpp"

#include <algorithm>
#include <array>

namespace assay::verify {
namespace {

constexpr std::array kNotable = {
    events::LedgerCreated::kType, events::KeyRegistered::kType,  events::RootsChanged::kType,
    events::LogKeyRotated::kType, events::KeyRevoked::kType,     events::ClockReset::kType,
    events::EvidenceAdded::kType, events::EvidenceErased::kType, events::EvidenceUnavailable::kType,
    events::ImportStarted::kType, events::ImportRefused::kType,  events::DocumentRegistered::kType};

}  // namespace

bool is_notable(std::string_view type) noexcept {
  return std::ranges::find(kNotable, type) != kNotable.end();
}

Status collect_notables(const SubmissionView& submission, std::vector<Notable>& out) {
  out.clear();
  for (std::size_t i = 0; i < submission.events.size(); ++i) {
    const EventView& event = submission.events[i];
    if (!is_notable(event.type)) continue;
    const EventType* const type = find_event_type(event.type, event.version);
    if (type == nullptr) continue;
    Notable notable{i, {}};
    if (auto status = decode_event(*type, event.data, notable.data); !status) {
      return std::unexpected(std::move(status).error().in("event " + std::to_string(i)));
    }
    out.push_back(std::move(notable));
  }
  return {};
}

}  // namespace assay::verify
