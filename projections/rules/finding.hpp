#pragma once

/// A finding: a programme rule that was broken, with the events that show it. Computed from the
/// states, never stored; what was recorded stays recorded. Thread word: plain values.

#include <string>
#include <vector>

#include "projections/fold/programme_fold.hpp"
#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

struct Finding {
  std::string clears{};           ///< what would clear it, for this case
  std::vector<EventId> events{};  ///< that show it, in the order of the log, each once
  std::optional<Identifier> phase{};
  std::optional<Identifier> planned_entry{};
  Identifier rule{};
  std::string sentence{};  ///< what happened, in plain English, for this case
  FindingSeverity severity = FindingSeverity::minor;
  std::string subject{};  ///< "issue/TI-0009"
  std::optional<EventId> waived_by{};
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clears), CEREAL_NVP(events), CEREAL_NVP(phase), CEREAL_NVP(planned_entry),
            CEREAL_NVP(rule), CEREAL_NVP(sentence), CEREAL_NVP(severity), CEREAL_NVP(subject),
            CEREAL_NVP(waived_by));
  }
};

/// Collects the findings of one look at the log.
class Findings {
 public:
  /// Takes rule, severity and, where `clears` is empty, what clears it from the catalogue.
  /// `finding.rule` must be in it. Sorts its events.
  void add(Finding finding);
  /// In the order of severity (worst first), rule, subject, events.
  [[nodiscard]] std::vector<Finding> take() &&;

 private:
  std::vector<Finding> all_;
};

}  // namespace assay::projections
