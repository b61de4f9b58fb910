#include "ledger/verify/notables.hpp"

#include <algorithm>
#include <array>

namespace assay::verify {
namespace {

constexpr std::array kNotable = {
    events::LedgerCreated::kType,  events::KeyRegistered::kType,       events::RootsChanged::kType,
    events::LogKeyRotated::kType,  events::KeyRevoked::kType,          events::KeyRetired::kType,
    events::ClockReset::kType,     events::DecisionEndorsed::kType,    events::EvidenceAdded::kType,
    events::EvidenceErased::kType, events::EvidenceUnavailable::kType, events::ImportStarted::kType,
    events::ImportRefused::kType,  events::DocumentRegistered::kType};

enum class Kind : std::uint8_t { plain, notable, unknown };

Kind kind_of(const EventView& event, const EventType*& type) {
  type = find_event_type(event.type, event.version);
  if (type == nullptr) return Kind::unknown;
  return is_notable(event.type) ? Kind::notable : Kind::plain;
}

}  // namespace

bool is_notable(std::string_view type) noexcept {
  return std::ranges::find(kNotable, type) != kNotable.end();
}

Status collect_notables(const SubmissionView& submission, std::vector<Notable>& out) {
  out.clear();
  Status first;
  const auto refuse = [&](std::size_t position, Error error) {
    if (first) first = std::unexpected(std::move(error).in("event " + std::to_string(position)));
  };
  // Events of one submission are mostly of one type, which then is looked up once.
  const EventView* looked_up = nullptr;
  const EventType* type = nullptr;
  Kind kind = Kind::plain;
  for (std::size_t i = 0; i < submission.events.size(); ++i) {
    const EventView& event = submission.events[i];
    if (looked_up == nullptr || looked_up->type != event.type ||
        looked_up->version != event.version) {
      looked_up = &event;
      kind = kind_of(event, type);
      if (kind == Kind::unknown) {
        refuse(i, decode_event(event.type, event.version, event.data).error());
      }
    }
    if (kind != Kind::notable) continue;
    Notable notable{i, {}};
    if (Status status = decode_event(*type, event.data, notable.data); status) {
      out.push_back(std::move(notable));
    } else {
      refuse(i, std::move(status).error());
    }
  }
  return first;
}

}  // namespace assay::verify
