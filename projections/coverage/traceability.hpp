#pragma once

/// From requirement to test case to result, and what hangs in the air on either side. A requirement
/// exists where a test case names it, in the version that an item names or, where it names none, in
/// any. Pure functions of board and plan.

#include "projections/board/item_status.hpp"
#include "projections/plan/plan.hpp"

namespace assay::projections {

struct RequirementTrace {
  std::uint64_t executed = 0;  ///< items with a result that counts
  std::uint64_t items = 0;     ///< scope items, over all phases and planned entries
  std::uint64_t passed = 0;
  std::string requirement;
  std::vector<Identifier> test_cases;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(executed), CEREAL_NVP(items), CEREAL_NVP(passed), CEREAL_NVP(requirement),
            CEREAL_NVP(test_cases));
  }
};

/// A scope item, or a result, whose test case nobody registered.
struct UntracedItem {
  Identifier item;
  Identifier phase;
  Identifier planned_entry;
  std::optional<Identifier> test_case;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(phase), CEREAL_NVP(planned_entry), CEREAL_NVP(test_case));
  }
};

struct Traceability {
  std::vector<RequirementTrace> requirements;             ///< ascending
  std::vector<std::string> requirements_without_results;  ///< named by test cases, run by nobody
  std::uint64_t results_outside_scope = 0;                ///< that name no scope item
  std::vector<Identifier> test_cases_without_requirement;
  std::vector<UntracedItem> untraced_items;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(requirements), CEREAL_NVP(requirements_without_results),
            CEREAL_NVP(results_outside_scope), CEREAL_NVP(test_cases_without_requirement),
            CEREAL_NVP(untraced_items));
  }
};

[[nodiscard]] Traceability trace_requirements(const PhaseBoard& board, const Plan& plan);

}  // namespace assay::projections
