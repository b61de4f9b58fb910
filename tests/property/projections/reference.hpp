#pragma once

/// The effective outcome of a scope item worked out from the whole history each time, by the words
/// of the rule and nothing else: slow, and plainly right.

#include "projections/board/counter_set.hpp"
#include "projections/board/item_status.hpp"
#include "tests/support/event_feed.hpp"

namespace assay::testing {

struct ReferenceItem {
  std::uint64_t attempts = 0;
  bool executed = false;
  bool first_pass = false;
  bool in_scope = false;
  projections::ItemOutcome outcome = projections::ItemOutcome::not_run;
};

class Reference {
 public:
  explicit Reference(const EventFeed& feed) : events_(feed.events()) {}

  [[nodiscard]] ReferenceItem item(const Identifier& phase, const Identifier& planned_entry,
                                   const Identifier& item) const;
  /// Runs of the phase that were announced, and neither finished nor invalidated.
  [[nodiscard]] std::set<Identifier> dangling(const Identifier& phase) const;
  /// Counters between the lowest and the highest that the phase saw from `source`, which no phase
  /// saw.
  [[nodiscard]] std::set<std::uint64_t> missing(const Identifier& phase,
                                                const std::string& source) const;
  /// Builds that are accepted at the end; absent where no environment names the phase.
  [[nodiscard]] projections::AcceptedBuilds accepted(const Identifier& phase) const;

 private:
  const std::vector<FedEvent>& events_;
};

}  // namespace assay::testing
