#include "projections/criteria/exit_criteria.hpp"

#include <algorithm>

#include "projections/completion/combined.hpp"
#include "projections/completion/decision_view.hpp"
#include "projections/completion/outstanding.hpp"
#include "projections/criteria/completeness.hpp"
#include "projections/criteria/deselected.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/obligations.hpp"
#include "projections/thresholds/threshold.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

Verdict met_if(bool holds) { return holds ? Verdict::met : Verdict::not_met; }

std::string listed(const std::set<Identifier>& ids) {
  std::string text;
  for (const Identifier& id : ids) text.append(text.empty() ? "" : ", ").append(id.text);
  return text;
}

bool contains(const std::vector<std::uint64_t>& severities, std::uint64_t severity) {
  return std::ranges::find(severities, severity) != severities.end();
}

class ExitCriteria {
 public:
  ExitCriteria(const Vantage& vantage, const JudgedAt& at, const Identifier& phase_id,
               const Identifier& entry_id, const GoverningPolicies& policies)
      : then_(vantage.cutoff),
        now_(vantage.now),
        at_(at),
        phase_(then_.board.phases.at(phase_id)),
        phase_id_(phase_id),
        entry_id_(entry_id),
        policies_(policies),
        completeness_(completeness(then_, phase_id, entry_id,
                                   {body_of(policies.exit, &events::PolicyBody::exit),
                                    body_of(policies.lateness, &events::PolicyBody::lateness),
                                    body_of(policies.migration, &events::PolicyBody::migration)})) {
  }

  Answer answer(const Identifier& criterion) const {
    const auto known = std::ranges::find(completeness_, criterion, &Answer::criterion);
    if (known != completeness_.end()) return *known;
    if (criterion.text == "V2") return v2();
    if (criterion.text == "V3") return v3();
    if (criterion.text == "V4") return v4();
    if (criterion.text == "V5") return v5();
    if (criterion.text == "V6") return v6();
    if (criterion.text == "V7") return v7();
    if (criterion.text == "V8") return v8();
    return evidenced_criterion(phase_, criterion, entry_id_);
  }

 private:
  Answer v2() const {
    Answer answer{.criterion = "V2"};
    const auto* const policy = body_of(policies_.threshold, &events::PolicyBody::threshold);
    if (policy == nullptr) {
      answer.text = "no threshold policy was in force, and no limit is known";
      return answer;
    }
    const ThresholdView view =
        evaluate_threshold(then_, phase_id_, entry_id_, *policy,
                           {.cutoff = then_.recorded_at, .deselected = deselected_by_now(then_)});
    for (const ThresholdPartView& part : view.parts) {
      for (const ThresholdScopeView& scope : part.scopes) {
        for (const CountedIssue& issue : scope.counted) {
          answer.events.push_back(then_.issues.issues.at(issue.issue).raised.event);
        }
      }
    }
    answer.text = view.text;
    answer.verdict = view.verdict;
    return answer;
  }

  Answer v3() const {
    Answer answer{.criterion = "V3"};
    const auto* const policy = body_of(policies_.threshold, &events::PolicyBody::threshold);
    if (policy == nullptr) {
      answer.text = "no policy in force says which issues need a work-off item";
      return answer;
    }
    if (policy->work_off_severities.empty()) {
      answer.verdict = Verdict::not_applicable;
      answer.text = "the policy asks for no work-off items";
      return answer;
    }
    std::set<Identifier> missing;
    for (const Identifier& id : outstanding_issues(then_, phase_id_, entry_id_)) {
      const Issue& issue = then_.issues.issues.at(id);
      const std::uint64_t severity = issue.severity().value_or(policy->untriaged_counts_as);
      if (!contains(policy->work_off_severities, severity)) continue;
      if (!has_work_off_item(id, answer)) missing.insert(id);
    }
    answer.verdict = met_if(missing.empty());
    answer.text = missing.empty() ? "every open issue that needs one has a work-off item"
                                  : "no work-off item for " + listed(missing);
    return answer;
  }

  bool has_work_off_item(const Identifier& issue, Answer& answer) const {
    for (const auto& [id, plan] : now_.completion.work_off_plans) {
      if (!plan.items.contains(issue)) continue;
      answer.events.push_back(plan.mark.event);
      return true;
    }
    return false;
  }

  Answer v4() const {
    Answer answer{.criterion = "V4"};
    for (const Obligation& obligation : open_obligations(then_)) {
      if (obligation.planned_entry != entry_id_ || obligation.kind != phase_.kind) continue;
      answer.events.push_back(obligation.change);
    }
    answer.verdict = met_if(answer.events.empty());
    answer.text = answer.events.empty()
                      ? "no regression obligation is open"
                      : std::to_string(answer.events.size()) + " changes still oblige to regress";
    return answer;
  }

  Answer v5() const {
    Answer answer{.criterion = "V5", .verdict = Verdict::not_met};
    const auto [id, report] = latest_report();
    if (report == nullptr) {
      answer.text = "no completion report was issued since the cut-off";
      return answer;
    }
    answer.events = {report->mark.event};
    if (!report->effective_at) {
      answer.text = "report " + id->text + " waits for its second signature";
      return answer;
    }
    if (report->kind == events::ReportKind::combined) {
      const CombinedView combined = view_combined(now_, *id);
      if (!combined.is_allowed()) {
        answer.text = "report " + id->text + " is combined, and no policy in force permits that";
        return answer;
      }
      if (!combined.is_whole()) {
        answer.text = "report " + id->text + " is combined, and leaves a phase out";
        return answer;
      }
    }
    compare_lists(*id, *report, answer);
    return answer;
  }

  void compare_lists(const Identifier& id, const Report& report, Answer& answer) const {
    const std::set<Identifier> open = outstanding_issues(then_, phase_id_, entry_id_);
    std::set<Identifier> omitted;
    std::ranges::set_difference(open, report.outstanding_issues,
                                std::inserter(omitted, omitted.end()));
    std::set<Identifier> closed;
    for (const Identifier& issue : report.outstanding_issues) {
      const auto found = then_.issues.issues.find(issue);
      if (found == then_.issues.issues.end() || found->second.phase != phase_id_) continue;
      if (found->second.planned_entries.contains(entry_id_) && !open.contains(issue)) {
        closed.insert(issue);
      }
    }
    answer.verdict = met_if(omitted.empty() && closed.empty());
    answer.text = "report " + id.text + " lists the issues that were open at the cut-off";
    if (!omitted.empty()) answer.text = "report " + id.text + " leaves out " + listed(omitted);
    if (omitted.empty() && !closed.empty()) {
      answer.text = "report " + id.text + " lists as open " + listed(closed) +
                    ", which were not open at the cut-off";
    }
  }

  /// The last one over the phase and the entry, issued after the cut-off.
  [[nodiscard]] std::pair<const Identifier*, const Report*> latest_report() const {
    std::pair<const Identifier*, const Report*> latest{nullptr, nullptr};
    for (const auto& [id, report] : now_.completion.reports) {
      if (!report.phases.contains(phase_id_) || !report.planned_entries.contains(entry_id_)) {
        continue;
      }
      if (at_.event && report.mark.event < *at_.event) continue;
      if (latest.second == nullptr || latest.second->mark.event < report.mark.event) {
        latest = {&id, &report};
      }
    }
    return latest;
  }

  Answer v6() const {
    Answer answer{.criterion = "V6"};
    const auto* const policy = body_of(policies_.approval, &events::PolicyBody::approval);
    if (policy == nullptr) {
      answer.text = "no policy in force says which body has to take a position";
      return answer;
    }
    answer.verdict = Verdict::not_applicable;
    answer.text = "the approval policy asks no body about exit";
    for (const events::ApprovalRule& rule : policy->rules) {
      if (rule.matter != events::Matter::exit || !rule.body) continue;
      const std::string body(enum_text(*rule.body));
      const std::optional<EventId> found = position_that_counts(rule);
      if (!found) {
        answer.verdict = Verdict::not_met;
        answer.text = body + " has taken no position that counts since the cut-off";
        return answer;
      }
      answer.events.push_back(*found);
      answer.verdict = Verdict::met;
      answer.text = body + " has taken its position on the log as of the cut-off";
    }
    return answer;
  }

  [[nodiscard]] bool is_about_this(const DecisionView& position) const {
    if (position.about == subject_of(Kind::phase, phase_id_.text)) return true;
    for (const auto& [id, report] : now_.completion.reports) {
      if (position.about != subject_of(Kind::report, id.text)) continue;
      return report.phases.contains(phase_id_) && report.planned_entries.contains(entry_id_);
    }
    return false;
  }

  static bool is_yes(const events::ApprovalRule& rule, const DecisionView& position) {
    if (*rule.body != events::Body::tag) return position.outcome.starts_with("approved");
    return std::ranges::any_of(rule.positions, [&](events::Position accepted) {
      return enum_text(accepted) == position.outcome;
    });
  }

  /// The last word of the body counts; an earlier yes does not outlive a later no.
  [[nodiscard]] std::optional<EventId> position_that_counts(
      const events::ApprovalRule& rule) const {
    std::optional<EventId> found;
    for (const PositionView& position : view_positions(now_)) {
      const bool by_body = position.quorum && position.quorum->body == *rule.body;
      if (!by_body || !is_about_this(position) || !position.effective_at) continue;
      const bool in_time = (!at_.event || *at_.event < position.event) && position.seen &&
                           position.seen->size >= at_.size;
      const bool quorate = position.quorum->verdict == Verdict::met ||
                           position.quorum->verdict == Verdict::not_applicable;
      found.reset();
      if (in_time && quorate && is_yes(rule, position)) found = position.event;
    }
    return found;
  }

  Answer v7() const {
    Answer answer{.criterion = "V7"};
    const auto* const policy = body_of(policies_.audit_regime, &events::PolicyBody::audit_regime);
    if (policy == nullptr) {
      answer.text = "no audit regime was in force";
      return answer;
    }
    switch (policy->regime) {
      case events::AuditRegime::audit_required: return audited(std::move(answer));
      case events::AuditRegime::ledger_verification: return verified(std::move(answer));
      case events::AuditRegime::not_required: break;
    }
    answer.verdict = Verdict::not_applicable;
    answer.text = "the regime in force asks for no external audit";
    return answer;
  }

  Answer audited(Answer answer) const {
    answer.verdict = Verdict::not_met;
    answer.text = "no external auditor's report on the phase is registered";
    for (const auto& [id, report] : now_.completion.audits) {
      if (!report.phases.contains(phase_id_)) continue;
      answer.events.push_back(report.mark.event);
      const bool supports = report.opinion == events::AuditOpinion::unqualified ||
                            report.opinion == events::AuditOpinion::qualified;
      answer.verdict = met_if(supports);
      answer.text = report.auditor.text + "'s opinion is " + std::string(enum_text(report.opinion));
      if (!supports) break;
    }
    return answer;
  }

  Answer verified(Answer answer) const {
    answer.verdict = Verdict::not_met;
    answer.text = "nobody outside DCC has recorded a verification since the cut-off";
    for (const Verification& verification : now_.completion.verifications) {
      if (is_dcc(verification.mark.party) || verification.head.size < at_.size) continue;
      answer.events = {verification.mark.event};
      answer.verdict = met_if(verification.result == events::VerificationResult::nothing_failed);
      answer.text = verification.mark.party.text + " verified the log: " +
                    std::string(enum_text(verification.result));
    }
    return answer;
  }

  [[nodiscard]] bool is_dcc(const Identifier& party) const {
    const auto found = now_.programme.state().parties.find(party);
    return found == now_.programme.state().parties.end() ||
           found->second.class_ == events::PartyClass::dcc;
  }

  Answer v8() const {
    Answer answer{.criterion = "V8"};
    const auto* const policy = body_of(policies_.approval, &events::PolicyBody::approval);
    if (policy == nullptr) {
      answer.text = "no policy in force says who may decide exit";
      return answer;
    }
    const std::optional<DecisionView> decision = exit_decision();
    if (!decision) {
      answer.verdict = Verdict::not_applicable;
      answer.text = "exit has not been decided yet";
      return answer;
    }
    answer.events = {decision->event};
    answer.verdict = Verdict::met;
    answer.text = "decided by " + decision->decided_by.party.text;
    for (const events::ApprovalRule& rule : policy->rules) {
      if (rule.matter != events::Matter::exit) continue;
      if (!rule.roles.empty() && !signed_by(*decision, rule.roles)) {
        answer.verdict = Verdict::not_met;
        answer.text = "nobody who holds a role that the approval policy names has signed it";
      } else if (rule.independent && !beyond_provider(*decision)) {
        answer.verdict = Verdict::not_met;
        answer.text = "the executing provider alone has signed it";
      }
    }
    return answer;
  }

  [[nodiscard]] std::optional<DecisionView> exit_decision() const {
    const auto phase = now_.board.phases.find(phase_id_);
    const auto entry = phase->second.entries.find(entry_id_);
    if (entry == phase->second.entries.end()) return std::nullopt;
    const auto& made = entry->second.exit_decisions;
    const auto last = std::find_if(made.rbegin(), made.rend(), [](const ExitDecision& one) {
      return one.outcome != events::ExitOutcome::continue_testing;
    });
    if (last == made.rend()) return std::nullopt;
    return view_decision(now_, last->mark.event);
  }

  static bool signed_by(const DecisionView& decision, const std::set<Role>& roles) {
    const auto holds = [&](const std::set<Role>& held) {
      return std::ranges::any_of(held, [&](Role role) { return roles.contains(role); });
    };
    return holds(decision.decided_by.roles) ||
           std::ranges::any_of(decision.endorsements, [&](const VoiceView& voice) {
             return !voice.tainted && holds(voice.roles);
           });
  }

  [[nodiscard]] bool beyond_provider(const DecisionView& decision) const {
    const auto is_other = [&](const Identifier& party) {
      const auto found = now_.programme.state().parties.find(party);
      return found != now_.programme.state().parties.end() &&
             found->second.class_ != events::PartyClass::service_provider;
    };
    return is_other(decision.decided_by.party) ||
           std::ranges::any_of(decision.endorsements, [&](const VoiceView& voice) {
             return is_other(voice.party);
           });
  }

  const Facts& then_;
  const Facts& now_;
  const JudgedAt& at_;
  const Phase& phase_;
  const Identifier& phase_id_;
  const Identifier& entry_id_;
  const GoverningPolicies& policies_;
  std::vector<Answer> completeness_;
};

}  // namespace

std::vector<Answer> exit_criteria(const Vantage& vantage, const JudgedAt& at,
                                  const Identifier& phase, const Identifier& planned_entry,
                                  const GoverningPolicies& policies) {
  std::vector<Answer> answers;
  const auto* const policy = body_of(policies.exit, &events::PolicyBody::exit);
  if (policy == nullptr) return answers;
  const ExitCriteria criteria(vantage, at, phase, planned_entry, policies);
  for (const events::CriterionSetting& setting : policy->criteria) {
    answers.push_back(criteria.answer(setting.criterion));
  }
  return answers;
}

}  // namespace assay::projections
