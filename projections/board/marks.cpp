#include "projections/board/marks.hpp"

namespace assay::projections {
namespace {

/// From the outcome that says least good to the one that says most.
constexpr int rank(events::Outcome outcome) {
  switch (outcome) {
    case events::Outcome::failed: return 0;
    case events::Outcome::error: return 1;
    case events::Outcome::blocked: return 2;
    case events::Outcome::not_completed: return 3;
    case events::Outcome::skipped: return 4;
    case events::Outcome::passed: return 5;
  }
  return 0;
}

}  // namespace

void Tally::add(const EventId& event) {
  if (count++ == 0) first = event;
  last = event;
}

void OutcomeCounts::add(events::Outcome outcome) noexcept {
  switch (outcome) {
    case events::Outcome::passed: ++passed; return;
    case events::Outcome::failed: ++failed; return;
    case events::Outcome::blocked: ++blocked; return;
    case events::Outcome::error: ++error; return;
    case events::Outcome::not_completed: ++not_completed; return;
    case events::Outcome::skipped: ++skipped; return;
  }
}

events::Outcome worse(events::Outcome a, events::Outcome b) noexcept {
  return rank(a) <= rank(b) ? a : b;
}

}  // namespace assay::projections
