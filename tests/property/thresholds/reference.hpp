#pragma once

/// Thresholds worked out the slow way: from the whole history each time, one question at a time.
/// Shares no code with projections/thresholds or projections/issues.

#include <vector>

#include "ledger/events/event_data.hpp"

namespace assay::testing {

struct Told {
  EventData data;
  Timestamp at;
};

struct ReferenceAsk {
  Identifier phase;
  Identifier planned_entry;
  const events::ThresholdPolicy* policy = nullptr;
  events::SeverityAt severity_at = events::SeverityAt::cutoff;
  bool deselected_count = true;
  std::set<Identifier> deselected;
  std::optional<Timestamp> downgrades_ignored_from;
};

/// The numbers of one limit in one scope.
struct ReferenceCount {
  std::uint64_t count = 0;
  std::vector<Identifier> issues;
  std::uint64_t per_entry = 0;
  std::uint64_t with_deselected = 0;
  std::uint64_t without_deselected = 0;
  bool operator==(const ReferenceCount&) const = default;
};

class ThresholdReference {
 public:
  /// Borrows the history.
  explicit ThresholdReference(const std::vector<Told>& history) : history_(history) {}

  /// Of the limit in the scope of `group`, which matters to parts that count by group only.
  [[nodiscard]] ReferenceCount count(const ReferenceAsk& ask, const events::ThresholdPart& part,
                                     const events::SeverityLimit& limit,
                                     const std::optional<Identifier>& group) const;
  [[nodiscard]] events::Verdict verdict(const ReferenceAsk& ask) const;
  [[nodiscard]] std::vector<Identifier> groups_of(const Identifier& planned_entry) const;

 private:
  struct Life {
    events::IssueState shown = events::IssueState::raised;
    std::optional<events::IssueState> beneath;  ///< while disputed
    bool duplicate = false;
  };
  [[nodiscard]] std::vector<Identifier> issues() const;
  [[nodiscard]] const events::IssueRaised* raised(const Identifier& issue) const;
  [[nodiscard]] const events::PhasePlanned* phase(const Identifier& id) const;
  [[nodiscard]] const events::PlannedEntryDeclared* entry(const Identifier& id) const;
  [[nodiscard]] Life life(const Identifier& issue) const;
  [[nodiscard]] std::set<Identifier> affected(const Identifier& issue) const;
  [[nodiscard]] std::uint64_t severity(const Identifier& issue, const ReferenceAsk& ask) const;
  [[nodiscard]] bool counts_itself(const Identifier& issue, const ReferenceAsk& ask) const;
  [[nodiscard]] std::optional<Identifier> stood_for_by(const Identifier& issue) const;
  [[nodiscard]] bool carried_over(const Identifier& issue, const ReferenceAsk& ask) const;
  [[nodiscard]] bool in_scope(const Identifier& issue, const Identifier& planned_entry,
                              const ReferenceAsk& ask, const events::ThresholdPart& part,
                              const std::optional<Identifier>& group) const;

  const std::vector<Told>& history_;
};

}  // namespace assay::testing
