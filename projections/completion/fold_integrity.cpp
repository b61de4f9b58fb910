// Verifications, witnesses, anchors, clocks, corrections, stated digests.

#include "projections/completion/completion_fold.hpp"

namespace assay::projections {
namespace {

/// The size of an offset, also of the one that has no positive counterpart.
std::uint64_t magnitude(std::int64_t ms) {
  return ms < 0 ? ~static_cast<std::uint64_t>(ms) + 1 : static_cast<std::uint64_t>(ms);
}

}  // namespace

void CompletionFold::operator()(const events::StatesAttested& event) {
  state_.attestations.push_back({event.digests, event.engine, mark(), event.size});
}

void CompletionFold::operator()(const events::VerificationPerformed& event) {
  state_.verifications.push_back({event.engine, event.head, mark(), event.report, event.result});
}

void CompletionFold::operator()(const events::CheckpointWitnessed& event) {
  state_.cosignatures[event.head.size].push_back(
      {mark(), event.head.root, event.witness, event.witnessed_at});
}

void CompletionFold::operator()(const events::ExternalAnchorRecorded& event) {
  state_.anchors.push_back({event.anchor, event.anchored_at, event.head, mark(), event.reference});
}

void CompletionFold::operator()(const events::CorrectionRecorded& event) {
  state_.corrections.push_back(
      {event.field, mark(), event.new_value, event.old_value, event.reason, event.target});
}

void CompletionFold::operator()(const events::ClockAttested& event) {
  ClockRecord& clock = state_.clocks[event.source];
  const bool worse = magnitude(clock.worst_ms) < magnitude(event.offset_ms);
  if (worse || clock.tally.count == 0) {
    clock.worst_ms = event.offset_ms;
    clock.worst_event = event_.id;
  }
  clock.last_ms = event.offset_ms;
  clock.tally.add(event_.id);
}

}  // namespace assay::projections
