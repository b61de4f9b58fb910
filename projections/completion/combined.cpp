#include "projections/completion/combined.hpp"

#include <algorithm>

#include "projections/rules/policy_target.hpp"

namespace assay::projections {
namespace {

class Combining {
 public:
  Combining(const Facts& now, const Report& report, CombinedView& view)
      : now_(now), report_(report), view_(view) {}

  void look() {
    for (const Identifier& entry : report_.planned_entries) {
      allow(entry);
      collect(entry);
    }
    std::map<Identifier, std::uint64_t> cutoffs;
    for (const ReportCutoff& cutoff : report_cutoffs(now_.board, report_).cutoffs) {
      if (++cutoffs[cutoff.phase] > 1) view_.several_cutoffs.insert(cutoff.phase);
    }
    expand();
  }

 private:
  void allow(const Identifier& entry) {
    const auto planned = now_.board.planned_entries.find(entry);
    if (planned == now_.board.planned_entries.end()) return;
    const Identifier& release = planned->second.release;
    const auto policy =
        policy_in_force(now_.rulebook, events::PolicyKind::combined_completion,
                        target_of(now_.board, std::nullopt, entry), report_.mark.recorded_at);
    if (!policy) {
      view_.no_policy.insert(release);
    } else if (!policy->body->combined_completion->allowed) {
      view_.not_allowed.insert(release);
    }
  }

  /// Every phase that tests the entry belongs into the report, but those that it has left.
  void collect(const Identifier& entry) {
    std::set<events::TestKind> present;
    for (const auto& [id, phase] : now_.board.phases) {
      const auto inside = phase.entries.find(entry);
      if (inside == phase.entries.end()) continue;
      const PhaseState state = inside->second.state;
      if (state == PhaseState::aborted || state == PhaseState::withdrawn) continue;
      if (report_.phases.contains(id)) {
        present.insert(phase.kind);
        places_.insert({id, entry});
      } else {
        view_.left_out.insert({id, entry});
      }
    }
    const auto planned = now_.board.planned_entries.find(entry);
    if (planned == now_.board.planned_entries.end()) return;
    for (const events::TestKind kind : planned->second.required_kinds) {
      if (!present.contains(kind)) view_.missing_kinds.insert({kind, entry});
    }
  }

  void expand() {
    std::set<ReportPlace> undecided;
    for (const ReportPlace& place : places_) {
      const PhaseEntry& entry = now_.board.phases.at(place.phase).entries.at(place.planned_entry);
      const bool decided = std::ranges::any_of(entry.exit_decisions, [&](const auto& decision) {
        return std::ranges::find(decision.basis, report_.mark.event) != decision.basis.end();
      });
      if (!decided) undecided.insert(place);
    }
    if (undecided.size() < places_.size()) view_.undecided = std::move(undecided);
  }

  const Facts& now_;
  const Report& report_;
  CombinedView& view_;
  std::set<ReportPlace> places_;
};

}  // namespace

CombinedView view_combined(const Facts& now, const Identifier& id) {
  CombinedView view;
  view.report = id;
  Combining(now, now.completion.reports.at(id), view).look();
  return view;
}

}  // namespace assay::projections
