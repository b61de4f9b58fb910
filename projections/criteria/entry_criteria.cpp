#include "projections/criteria/entry_criteria.hpp"

#include <algorithm>

#include "projections/coverage/coverage_matrix.hpp"
#include "projections/coverage/migration_checks.hpp"
#include "projections/criteria/met_if.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/selection/selection_answer.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

class EntryCriteria {
 public:
  EntryCriteria(const Facts& facts, const Identifier& phase_id, const Identifier& entry_id,
                const GoverningPolicies& policies)
      : facts_(facts),
        phase_(facts.board.phases.at(phase_id)),
        phase_id_(phase_id),
        entry_id_(entry_id),
        policies_(policies),
        policy_(*body_of(policies.entry, &events::PolicyBody::entry)) {
    const auto planned = facts.board.planned_entries.find(entry_id);
    if (planned == facts.board.planned_entries.end()) return;
    planned_ = &planned->second;
    document_ = document_followed(facts.board, phase_, *planned_);
  }

  Answer answer(const Identifier& criterion) const {
    const std::string& id = criterion.text;
    if (planned_ == nullptr) {
      return {.criterion = criterion, .text = "the planned entry was never declared"};
    }
    if (id == "N1") return n1();
    if (id == "N2") return n2();
    if (id == "N3") return n3();
    if (id == "N4") return n4();
    if (id == "N5") return n5();
    if (id == "N6") return n6();
    if (id == "N7") return n7();
    if (id == "N8") return n8();
    if (id == "N9") return n9();
    return evidenced_criterion(phase_, criterion, entry_id_);
  }

 private:
  [[nodiscard]] std::string document_text() const {
    return document_.document.text + " " + document_.version.text;
  }

  Answer n1() const {
    Answer answer{.criterion = "N1", .verdict = met_if(document_.state != nullptr)};
    if (document_.state == nullptr) {
      answer.text = "no Depth and Breadth document of this kind covers the planned entry";
      return answer;
    }
    answer.events = {document_.state->registered.event};
    answer.text = document_text() + " covers it";
    return answer;
  }

  Answer n2() const {
    Answer answer{.criterion = "N2", .verdict = Verdict::not_met};
    if (document_.state == nullptr) {
      answer.text = "there is no document that could have been presented to TAG";
      return answer;
    }
    if (document_.state->presented.empty()) {
      answer.text = document_text() + " was not presented to TAG";
      return answer;
    }
    answer.events = {document_.state->presented.front().mark.event};
    answer.verdict = Verdict::met;
    answer.text = document_text() + " was presented to TAG at " +
                  document_.state->presented.front().meeting.text;
    return answer;
  }

  Answer n3() const {
    Answer answer{.criterion = "N3", .verdict = Verdict::not_met};
    if (document_.state != nullptr && !document_.state->published.empty()) {
      answer.events = {document_.state->published.front().mark.event};
      answer.verdict = Verdict::met;
      answer.text = document_text() + " is published";
      return answer;
    }
    answer.text = document_.state == nullptr ? "there is no document to publish"
                                             : document_text() + " is not published";
    if (document_.state != nullptr && !policy_.published_before_entry) {
      answer.verdict = Verdict::not_applicable;
      answer.text += "; the policy does not ask for that before entry";
    }
    return answer;
  }

  Answer n4() const {
    Answer answer = selection_answer(facts_, entry_id_, phase_.kind);
    answer.criterion = "N4";
    return answer;
  }

  Answer n5() const {
    Answer answer{.criterion = "N5", .verdict = Verdict::not_met};
    const auto inside = phase_.entries.find(entry_id_);
    if (inside == phase_.entries.end() || !inside->second.scoped) {
      answer.text = "no scope that both sides signed covers the planned entry";
      return answer;
    }
    for (const Identifier& id : phase_.scopes) {
      const auto scope = facts_.board.scopes.find(id);
      if (scope == facts_.board.scopes.end() || !scope->second.baseline) continue;
      answer.events.push_back(scope->second.baseline->mark.event);
      if (scope->second.baseline->root_matches) continue;
      answer.text = "the scope was committed to with other items than were listed";
      return answer;
    }
    const auto late = phase_.irregularities.find({Irregularity::scope_after_run, std::nullopt});
    if (late != phase_.irregularities.end()) {
      answer.events.push_back(late->second.first);
      answer.text = "the scope was committed to after the first run";
      return answer;
    }
    answer.verdict = Verdict::met;
    answer.text = "the scope was committed to before the first run";
    return answer;
  }

  Answer n6() const {
    Answer answer{.criterion = "N6"};
    for (const Identifier& id : phase_.environments) {
      const auto environment = facts_.board.environments.find(id);
      if (environment != facts_.board.environments.end()) {
        answer.events.push_back(environment->second.baselined);
      }
    }
    answer.verdict = met_if(!answer.events.empty());
    answer.text = answer.events.empty() ? "no environment was baselined for the phase"
                                        : "environment and builds are baselined";
    return answer;
  }

  Answer n7() const {
    Answer answer{.criterion = "N7", .verdict = Verdict::met};
    if (policy_.preceding_stages.empty()) {
      answer.text = "the policy lets stages overlap";
      return answer;
    }
    for (const Identifier& stage : policy_.preceding_stages) {
      if (stage == phase_.stage) break;
      const bool exited = std::ranges::any_of(facts_.board.phases, [&](const auto& pair) {
        if (pair.second.stage != stage) return false;
        const auto inside = pair.second.entries.find(entry_id_);
        return inside != pair.second.entries.end() &&
               (inside->second.state == PhaseState::exited ||
                inside->second.state == PhaseState::completed);
      });
      if (exited) continue;
      answer.verdict = Verdict::not_met;
      answer.text = "stage " + stage.text + " has not been exited";
      return answer;
    }
    answer.text = "every stage that comes before has been exited";
    return answer;
  }

  Answer n8() const {
    Answer answer{.criterion = "N8", .verdict = Verdict::not_met};
    if (phase_.suspended()) {
      answer.events = {phase_.interruptions.back().mark.event};
      answer.text = "the phase is suspended";
      return answer;
    }
    for (const auto& [id, issue] : facts_.issues.issues) {
      if (issue.phase == phase_id_ || !issue.planned_entries.contains(entry_id_)) continue;
      const bool over = issue.state == IssueState::closed || issue.state == IssueState::rejected ||
                        issue.state == IssueState::duplicate;
      const auto& barred = policy_.open_severities_barred;
      // An issue that nobody has triaged may be of any severity.
      const bool counts =
          !issue.severity() || std::ranges::find(barred, *issue.severity()) != barred.end();
      if (over || barred.empty() || !counts) continue;
      answer.events.push_back(issue.raised.event);
    }
    if (!answer.events.empty()) {
      answer.text = std::to_string(answer.events.size()) +
                    " issues of barred severities are open from other phases";
      return answer;
    }
    answer.verdict = Verdict::met;
    answer.text = "no suspension stands, and no barred severity is open from other phases";
    return answer;
  }

  Answer n9() const {
    Answer answer{.criterion = "N9"};
    const auto* const migration = body_of(policies_.migration, &events::PolicyBody::migration);
    if (phase_.kind != events::TestKind::mt) {
      answer.verdict = Verdict::not_applicable;
      answer.text = "Migration DMRT is a matter of MT";
    } else if (migration == nullptr) {
      answer.text = "no policy in force says for which releases Migration DMRT is asked";
    } else {
      const MigrationCheck check = check_dmrt(facts_.board, facts_.plan, *migration, entry_id_);
      answer.verdict = check.verdict;
      answer.text = check.why;
    }
    return answer;
  }

  const Facts& facts_;
  const Phase& phase_;
  const Identifier& phase_id_;
  const Identifier& entry_id_;
  const GoverningPolicies& policies_;
  const events::EntryPolicy& policy_;
  const PlannedEntry* planned_ = nullptr;
  DocumentRef document_;
};

}  // namespace

Answer evidenced_criterion(const Phase& phase, const Identifier& criterion,
                           const Identifier& planned_entry) {
  Answer answer{.criterion = criterion, .text = "nobody has evidenced it"};
  auto found = phase.criteria.find({criterion, planned_entry});
  if (found == phase.criteria.end()) found = phase.criteria.find({criterion, std::nullopt});
  if (found == phase.criteria.end()) return answer;
  answer.events = {found->second.mark.event};
  answer.text = std::to_string(found->second.evidence) + " files of evidence";
  switch (found->second.status) {
    case events::CriterionStatus::met: answer.verdict = Verdict::met; break;
    case events::CriterionStatus::not_met: answer.verdict = Verdict::not_met; break;
    case events::CriterionStatus::waived: answer.verdict = Verdict::waived; break;
  }
  return answer;
}

std::vector<Answer> entry_criteria(const Facts& facts, const Identifier& phase,
                                   const Identifier& planned_entry,
                                   const GoverningPolicies& policies) {
  std::vector<Answer> answers;
  const auto* const policy = body_of(policies.entry, &events::PolicyBody::entry);
  if (policy == nullptr) return answers;
  const EntryCriteria criteria(facts, phase, planned_entry, policies);
  for (const events::CriterionSetting& setting : policy->criteria) {
    answers.push_back(criteria.answer(setting.criterion));
  }
  return answers;
}

Verdict combined(const std::vector<Answer>& answers,
                 const std::vector<events::CriterionSetting>& settings) {
  bool any = false;
  bool waived = false;
  bool undetermined = false;
  for (const events::CriterionSetting& setting : settings) {
    if (!setting.required) continue;
    const auto found = std::ranges::find(answers, setting.criterion, &Answer::criterion);
    any = true;
    if (found == answers.end() || found->verdict == Verdict::undetermined) {
      undetermined = true;
    } else if (found->verdict == Verdict::not_met) {
      return Verdict::not_met;
    } else if (found->verdict == Verdict::waived) {
      waived = true;
    }
  }
  if (!any || undetermined) return Verdict::undetermined;
  return waived ? Verdict::waived : Verdict::met;
}

}  // namespace assay::projections
