#include "projections/thresholds/issue_findings.hpp"

#include <algorithm>

#include "projections/thresholds/issue_case.hpp"

namespace assay::projections {
namespace {

bool looks_beyond_phase(const events::ThresholdPolicy* policy) {
  if (policy == nullptr) return false;
  if (policy->carry_over != events::CarryOver::none) return true;
  return std::ranges::any_of(policy->parts, [](const events::ThresholdPart& part) {
    return !part.scope.contains(events::Dimension::kind) &&
           !part.scope.contains(events::Dimension::phase) &&
           !part.scope.contains(events::Dimension::stage);
  });
}

bool tests_what_it_affects(const Phase& phase, const Issue& issue) {
  return std::ranges::any_of(issue.planned_entries, [&](const Identifier& entry) {
    return phase.entries.contains(entry) || phase.planned_entries.contains(entry);
  });
}

}  // namespace

void add_issue_finding(Findings& findings, std::string_view rule, const Identifier& id,
                       const Issue& issue, std::string sentence, std::vector<EventId> events) {
  Finding finding;
  finding.events = std::move(events);
  finding.phase = issue.phase;
  finding.rule = Identifier(std::string(rule));
  finding.sentence = std::move(sentence);
  finding.subject = subject_of(Kind::issue, id.text);
  findings.add(std::move(finding));
}

std::vector<CutoffPoint> cutoffs_of(const IssueCase& at) {
  const bool beyond = looks_beyond_phase(at.policies.threshold);
  std::map<EventId, CutoffPoint> declared;
  for (const auto& [id, phase] : at.facts.board.phases) {
    if (id != at.issue.phase && !(beyond && tests_what_it_affects(phase, at.issue))) continue;
    for (const auto& [name, entry] : phase.entries) {
      for (const Cutoff& cutoff : entry.cutoffs) {
        const auto known = at.policies.cutoff_times.find(cutoff.cutoff_size);
        const Timestamp time =
            known == at.policies.cutoff_times.end() ? cutoff.mark.recorded_at : known->second;
        declared.try_emplace(cutoff.mark.event,
                             CutoffPoint{time, cutoff.mark.event, cutoff.cutoff_size});
      }
    }
  }
  std::vector<CutoffPoint> points;
  for (const auto& [event, point] : declared) points.push_back(point);
  if (at.policies.present_is_cutoff) {
    points.push_back({at.facts.recorded_at, std::nullopt, at.facts.size});
  }
  return points;
}

IssueState standing_of(const Issue& issue) { return issue.undisputed.value_or(issue.state); }

const IssueStep* last_step(const Issue& issue, std::string_view type) {
  for (auto step = issue.history.rbegin(); step != issue.history.rend(); ++step) {
    if (step->type.text == type) return &*step;
  }
  return nullptr;
}

void find_issue_findings(const Facts& facts, const IssuePolicies& policies, Findings& findings) {
  const BuildOrder builds(facts.board);
  for (const auto& [id, issue] : facts.issues.issues) {
    if (!policies.phases.empty() && !policies.phases.contains(issue.phase)) continue;
    const IssueCase at{facts, policies, findings, builds, id, issue};
    find_severity_findings(at);
    find_handling_findings(at);
    find_ending_findings(at);
  }
  find_orphan_findings(facts, policies, findings);
}

}  // namespace assay::projections
