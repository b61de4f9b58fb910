#pragma once

/// Entry and exit policies: which criteria are asked for. A criterion is one of the built-in rules
/// (N1 to N9 at entry; S1 to S10 and V2 to V8 at exit), or a name of the programme's own, which is
/// met when it was evidenced.

#include "ledger/events/phases.hpp"

namespace assay::events {

struct CriterionSetting {
  Identifier criterion;
  bool required = true;
  std::optional<std::string> text;  ///< as the programme words it
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criterion), CEREAL_NVP(required), CEREAL_NVP(text));
  }
};

struct EntryPolicy {
  std::vector<CriterionSetting> criteria;
  std::vector<std::uint64_t> open_severities_barred;  ///< N8: none may be open from earlier stages
  std::vector<Identifier> preceding_stages;           ///< N7: empty: MT and SIT may overlap freely
  bool published_before_entry = false;                ///< N3: or at any time until exit
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criteria), CEREAL_NVP(open_severities_barred), CEREAL_NVP(preceding_stages),
            CEREAL_NVP(published_before_entry));
  }
  void invariants(Invariants& v) const;
};

struct ExitPolicy {
  bool blocked_is_executed = false;
  std::vector<CriterionSetting> criteria;
  std::optional<std::uint64_t> executed_percent_min;  ///< of the scope; rounded down
  bool failing_with_open_issue = true;  ///< S2: a failure that an open issue explains may stand
  std::optional<std::uint64_t> passed_percent_min;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(blocked_is_executed), CEREAL_NVP(criteria), CEREAL_NVP(executed_percent_min),
            CEREAL_NVP(failing_with_open_issue), CEREAL_NVP(passed_percent_min));
  }
  void invariants(Invariants& v) const;
};

}  // namespace assay::events
