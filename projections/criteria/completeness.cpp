#include "projections/criteria/completeness.hpp"

#include <algorithm>

#include "projections/coverage/group_matrix.hpp"
#include "projections/criteria/met_if.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/regression/item_standing.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

std::string count_of(std::uint64_t count, const std::string& of) {
  return std::to_string(count) + " " + of;
}

bool is_open(IssueState state) {
  return state != IssueState::closed && state != IssueState::rejected &&
         state != IssueState::duplicate;
}

/// One planned entry in one phase, with what several rules look at.
class EntryLook {
 public:
  EntryLook(const Facts& facts, const Identifier& phase_id, const Identifier& entry_id,
            const CompletenessPolicies& policies)
      : facts_(facts),
        phase_(facts.board.phases.at(phase_id)),
        phase_id_(phase_id),
        entry_(phase_.entries.at(entry_id)),
        entry_id_(entry_id),
        policies_(policies),
        view_(view_entry(facts.board, phase_, entry_id, facts_of(facts.board, phase_))),
        standings_(item_standings(facts, phase_id, entry_id)) {}

  [[nodiscard]] std::vector<Answer> answers() const {
    return {s1(), s2(), s3(), s4(), s5(), s6(), s7(), s8(), s9(), s10()};
  }

 private:
  Answer s1() const {
    Answer answer{.criterion = "S1"};
    for (const Identifier& id : view_.dangling_runs) {
      answer.events.push_back(facts_.board.runs.at(id).started);
    }
    answer.verdict = met_if(answer.events.empty());
    answer.text = answer.events.empty() ? "every announced run has ended"
                                        : count_of(answer.events.size(), "runs never ended");
    return answer;
  }

  Answer s2() const {
    Answer answer{.criterion = "S2"};
    if (standings_.empty()) {
      answer.text = "no scope lists an item of the planned entry";
      return answer;
    }
    if (policies_.exit == nullptr) {
      answer.text = "no exit policy is in force that says what may stand";
      return answer;
    }
    std::uint64_t open = 0;
    for (const ItemStanding& item : standings_) {
      if (may_stand(item)) continue;
      ++open;
      if (item.event) answer.events.push_back(*item.event);
      answer.events.insert(answer.events.end(), item.stale_by.begin(), item.stale_by.end());
    }
    const bool enough = reaches_minimum();
    answer.verdict = met_if(open == 0 && enough);
    answer.text = count_of(standings_.size() - open, "of ") + std::to_string(standings_.size()) +
                  " items may stand as they are" +
                  (enough ? "" : "; fewer were executed or passed than the policy asks for");
    return answer;
  }

  Answer s3() const {
    Answer answer{.criterion = "S3"};
    std::uint64_t silent = 0;
    for (const ItemStanding& item : standings_) {
      if (!is_adverse(item.outcome) || has_issue(item, false)) continue;
      ++silent;
      if (item.event) answer.events.push_back(*item.event);
    }
    answer.verdict = met_if(silent == 0);
    answer.text = silent == 0 ? "every outcome that is no pass has a Testing Issue"
                              : count_of(silent, "outcomes that are no pass have no Testing Issue");
    return answer;
  }

  Answer s4() const {
    Answer answer{.criterion = "S4"};
    const std::vector<CounterView> counters = view_counters(facts_.board, phase_);
    if (counters.empty()) {
      answer.text = "no tool reported a run counter, so a run that was left out would not show";
      return answer;
    }
    std::string gaps;
    for (const CounterView& view : counters) {
      for (const CounterRange& gap : view.undeclared) {
        gaps.append(gaps.empty() ? "" : ", ")
            .append(view.source + " " + std::to_string(gap.from) + " to " + std::to_string(gap.to));
      }
    }
    answer.verdict = met_if(gaps.empty());
    answer.text = gaps.empty() ? "no run counter is missing" : "run counters are missing: " + gaps;
    return answer;
  }

  Answer s5() const {
    Answer answer{.criterion = "S5", .verdict = Verdict::not_applicable};
    answer.text = "nothing was imported";
    for (const Identifier& id : phase_.imports) {
      const Import& import = facts_.board.imports.at(id);
      if (import.planned_entry != entry_id_) continue;
      if (answer.verdict == Verdict::not_applicable) {
        answer.verdict = Verdict::met;
        answer.text = "every import came in whole";
      }
      if (import.finished && import.results == import.result_count) continue;
      answer.verdict = Verdict::not_met;
      answer.events.push_back(import.started);
      answer.text = "import " + id.text + " did not come in whole";
    }
    return answer;
  }

  Answer s6() const {
    Answer answer{.criterion = "S6"};
    if (policies_.lateness == nullptr || !policies_.lateness->result_hours_max) {
      answer.text = "no policy in force says how late a result may be recorded";
      return answer;
    }
    const auto limit_us =
        static_cast<std::int64_t>(*policies_.lateness->result_hours_max) * kHourUs;
    std::uint64_t undated = 0;
    const auto consider = [&](const EventId& event, const Timestamp& recorded,
                              const Timestamp& ended) {
      if (recorded.us - ended.us > limit_us) answer.events.push_back(event);
    };
    for (const auto& [id, run] : facts_.board.runs) {
      if (run.phase != phase_id_ || run.planned_entry != entry_id_ || !run.finished) continue;
      consider(run.finished->event, run.finished->recorded_at, run.finished->ended_at);
    }
    for (const Identifier& id : phase_.imports) {
      const Import& import = facts_.board.imports.at(id);
      if (import.planned_entry != entry_id_) continue;
      if (import.latest_result) {
        consider(import.started, import.recorded_at, *import.latest_result);
      } else {
        ++undated;
      }
    }
    if (!answer.events.empty()) {
      answer.verdict = Verdict::not_met;
      answer.text = count_of(answer.events.size(), "results were recorded later than the limit");
    } else if (undated > 0) {
      answer.text = count_of(undated, "imports state no time of their results");
    } else {
      answer.verdict = Verdict::met;
      answer.text = "every result was recorded within the limit";
    }
    return answer;
  }

  Answer s7() const {
    Answer answer{.criterion = "S7"};
    if (phase_.environments.empty()) {
      answer.text = "no environment was baselined for the phase";
      return answer;
    }
    answer.events = irregular(Irregularity::build_not_baselined);
    answer.verdict = met_if(answer.events.empty());
    answer.text = answer.events.empty() ? "every result is on a build of the baseline"
                                        : "results are on builds that no baseline has";
    return answer;
  }

  Answer s8() const {
    Answer answer{.criterion = "S8"};
    for (const RemovedItem& removed : phase_.removed_items) {
      if (removed.planned_entry != entry_id_ || !removed.adverse || removed.approval) continue;
      answer.events.push_back(removed.event);
    }
    answer.verdict = met_if(answer.events.empty());
    answer.text = answer.events.empty()
                      ? "no item left the scope after an adverse result without approval"
                      : count_of(answer.events.size(),
                                 "items left the scope after an adverse result without approval");
    return answer;
  }

  Answer s9() const {
    Answer answer{.criterion = "S9"};
    const auto planned = facts_.board.planned_entries.find(entry_id_);
    if (phase_.kind != events::TestKind::mt || planned == facts_.board.planned_entries.end()) {
      answer.verdict = Verdict::not_applicable;
      answer.text = "the matrix of groups is one of migration testing";
      return answer;
    }
    if (policies_.migration == nullptr) {
      answer.text = "no policy in force names the steps of migration testing";
      return answer;
    }
    if (phase_.stage != policies_.migration->stage) {
      answer.verdict = Verdict::not_applicable;
      answer.text =
          "the policy asks for the matrix of groups in stage " + policies_.migration->stage.text;
      return answer;
    }
    return matrix(planned->second, std::move(answer));
  }

  Answer matrix(const PlannedEntry& planned, Answer answer) const {
    std::uint64_t cells = 0;
    std::uint64_t missing = 0;
    for (const GroupCell& cell :
         group_matrix(facts_.board, facts_.plan, *policies_.migration, planned.release)) {
      if (std::ranges::find(planned.groups, cell.group) == planned.groups.end()) continue;
      ++cells;
      if (cell.verdict == Verdict::not_met) ++missing;
      answer.events.insert(answer.events.end(), cell.events.begin(), cell.events.end());
    }
    answer.text = count_of(cells - missing, "of ") + std::to_string(cells) +
                  " cells of group, step and side have passed";
    if (cells > 0) answer.verdict = met_if(missing == 0);
    return answer;
  }

  Answer s10() const {
    Answer answer{.criterion = "S10"};
    for (const auto& [id, item] : entry_.items) {
      if (!item.in_scope()) continue;
      for (const Identifier& run_id : item.runs) {
        const Run& run = facts_.board.runs.at(run_id);
        const bool counts =
            run.finished && !run.invalidated() && run.finished->outcome == events::Outcome::passed;
        if (counts && run.finished->evidence == 0) answer.events.push_back(run.finished->event);
      }
    }
    answer.verdict = met_if(answer.events.empty());
    answer.text = answer.events.empty() ? "every pass that counts names its evidence"
                                        : count_of(answer.events.size(), "passes name no evidence");
    return answer;
  }

  [[nodiscard]] bool may_stand(const ItemStanding& item) const {
    if (item.outcome == ItemOutcome::passed || item.outcome == ItemOutcome::waived) return true;
    return policies_.exit->failing_with_open_issue && is_adverse(item.outcome) &&
           has_issue(item, true);
  }

  [[nodiscard]] bool reaches_minimum() const {
    const events::ExitPolicy& policy = *policies_.exit;
    std::uint64_t executed = 0;
    std::uint64_t passed = 0;
    for (const ItemStanding& item : standings_) {
      const bool blocked = item.outcome == ItemOutcome::blocked && policy.blocked_is_executed;
      if (item.executed || blocked) ++executed;
      if (item.outcome == ItemOutcome::passed) ++passed;
    }
    const auto reaches = [&](std::uint64_t count, const std::optional<std::uint64_t>& percent) {
      return !percent || count * 100 >= *percent * standings_.size();
    };
    return reaches(executed, policy.executed_percent_min) &&
           reaches(passed, policy.passed_percent_min);
  }

  static bool is_adverse(ItemOutcome outcome) {
    return outcome == ItemOutcome::failed || outcome == ItemOutcome::blocked ||
           outcome == ItemOutcome::error || outcome == ItemOutcome::not_completed ||
           outcome == ItemOutcome::skipped;
  }

  /// An issue speaks of an item when it names one of its runs, or one of its results.
  [[nodiscard]] bool has_issue(const ItemStanding& standing, bool open) const {
    const Item& item = entry_.items.at(standing.item);
    return std::ranges::any_of(facts_.issues.issues, [&](const auto& pair) {
      const Issue& issue = pair.second;
      if (open && !is_open(issue.state)) return false;
      const bool names_run = std::ranges::any_of(
          item.runs, [&](const Identifier& run) { return issue.runs.contains(run); });
      return names_run || std::ranges::any_of(issue.results, [&](const EventId& result) {
               return result == standing.event ||
                      std::ranges::any_of(item.recent, [&](const RecentResult& recent) {
                        return recent.event == result;
                      });
             });
    });
  }

  [[nodiscard]] std::vector<EventId> irregular(Irregularity code) const {
    const auto found = phase_.irregularities.find({code, entry_id_});
    if (found == phase_.irregularities.end()) return {};
    std::vector<EventId> events{found->second.first};
    if (found->second.last != found->second.first) events.push_back(found->second.last);
    return events;
  }

  const Facts& facts_;
  const Phase& phase_;
  const Identifier& phase_id_;
  const PhaseEntry& entry_;
  const Identifier& entry_id_;
  const CompletenessPolicies& policies_;
  PhaseEntryView view_;
  std::vector<ItemStanding> standings_;  ///< with changes and regression taken into account
};

}  // namespace

std::vector<Answer> completeness(const Facts& facts, const Identifier& phase,
                                 const Identifier& planned_entry,
                                 const CompletenessPolicies& policies) {
  return EntryLook(facts, phase, planned_entry, policies).answers();
}

}  // namespace assay::projections
