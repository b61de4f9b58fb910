#include "projections/coverage/traceability.hpp"

#include "projections/board/phase_view.hpp"

namespace assay::projections {
namespace {

class Tracer {
 public:
  Tracer(const PhaseBoard& board, const Plan& plan) : board_(board), plan_(plan) {
    for (const auto& [id, versions] : plan.test_cases) {
      bool any = false;
      for (const auto& [version, test_case] : versions) {
        for (const std::string& requirement : test_case.requirements) {
          by_requirement_[requirement].insert(id);
          any = true;
        }
      }
      if (!any) made_.test_cases_without_requirement.push_back(id);
    }
  }

  Traceability trace() && {
    note_versions();
    for (const auto& [id, phase] : board_.phases) look_at(id, phase);
    for (const auto& [requirement, test_cases] : by_requirement_) {
      RequirementTrace trace;
      trace.requirement = requirement;
      for (const Identifier& test_case : test_cases) {
        trace.test_cases.push_back(test_case);
        for (const auto& [version, counts] : by_test_case_[test_case]) {
          if (version && !names(test_case, *version, requirement)) continue;
          trace.executed += counts.executed;
          trace.items += counts.items;
          trace.passed += counts.passed;
        }
      }
      if (trace.executed == 0) made_.requirements_without_results.push_back(requirement);
      made_.requirements.push_back(std::move(trace));
    }
    return std::move(made_);
  }

 private:
  struct Counts {
    std::uint64_t executed = 0;
    std::uint64_t items = 0;
    std::uint64_t passed = 0;
  };

  /// An item that names no version of its test case is of them all.
  using ByVersion = std::map<std::optional<Identifier>, Counts>;

  [[nodiscard]] bool names(const Identifier& test_case, const Identifier& version,
                           const std::string& requirement) const {
    const auto& versions = plan_.test_cases.at(test_case);
    const auto found = versions.find(version);
    return found != versions.end() && found->second.requirements.contains(requirement);
  }

  void note_versions() {
    for (const auto& [id, scope] : plan_.scopes) {
      for (const ScopedItem& item : scope.items) {
        if (item.test_case_version) versions_[{scope.phase, item.item}] = *item.test_case_version;
      }
    }
  }
  [[nodiscard]] std::optional<Identifier> version_of(const Identifier& phase,
                                                     const Identifier& item) const {
    const auto found = versions_.find({phase, item});
    return found == versions_.end() ? std::nullopt : std::optional(found->second);
  }

  void look_at(const Identifier& phase_id, const Phase& phase) {
    const PhaseFacts facts = facts_of(board_, phase);
    for (const auto& [entry_id, entry] : phase.entries) {
      made_.results_outside_scope += entry.unlisted.total();
      for (const auto& [item_id, item] : entry.items) {
        if (!item.test_case || !plan_.test_cases.contains(*item.test_case)) {
          made_.untraced_items.push_back({item_id, phase_id, entry_id, item.test_case});
          continue;
        }
        const ItemStatus status = item_status(board_, item, facts.accepted);
        Counts& counts = by_test_case_[*item.test_case][version_of(phase_id, item_id)];
        ++counts.items;
        if (status.executed) ++counts.executed;
        if (status.outcome == ItemOutcome::passed) ++counts.passed;
      }
    }
    for (const Identifier& id : phase.imports) {
      const auto import = board_.imports.find(id);
      if (import == board_.imports.end()) continue;
      made_.results_outside_scope += import->second.unlisted.outcomes.total();
    }
  }

  const PhaseBoard& board_;
  const Plan& plan_;
  std::map<std::string, std::set<Identifier>> by_requirement_;
  std::map<Identifier, ByVersion> by_test_case_;
  std::map<std::pair<Identifier, Identifier>, Identifier> versions_;  // by phase and item
  Traceability made_;
};

}  // namespace

Traceability trace_requirements(const PhaseBoard& board, const Plan& plan) {
  return Tracer(board, plan).trace();
}

}  // namespace assay::projections
