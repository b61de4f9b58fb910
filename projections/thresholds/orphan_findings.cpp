// Q-NOISSUE, Q-NORUN: failures that no issue names, and issues that no run shows.

#include <algorithm>

#include "projections/board/item_status.hpp"
#include "projections/thresholds/issue_case.hpp"

namespace assay::projections {
namespace {

struct Named {
  std::set<EventId> results;
  std::set<Identifier> runs;
};

Named named_by(const IssueRegister& issues) {
  Named named;
  for (const auto& [id, issue] : issues.issues) {
    named.results.insert(issue.results.begin(), issue.results.end());
    named.runs.insert(issue.runs.begin(), issue.runs.end());
    // A retest that failed is a failure of the same issue.
    for (const Retest& retest : issue.retests) {
      if (retest.run) named.runs.insert(*retest.run);
      if (retest.result) named.results.insert(*retest.result);
    }
  }
  return named;
}

bool is_adverse(events::Outcome outcome) {
  return outcome != events::Outcome::passed && outcome != events::Outcome::skipped;
}

bool is_asked_about(const IssuePolicies& policies, const Identifier& phase) {
  return policies.phases.empty() || policies.phases.contains(phase);
}

void add_failure(Findings& findings, const Identifier& phase, const Identifier& entry,
                 std::string sentence, const EventId& event, std::string subject) {
  Finding finding;
  finding.events = {event};
  finding.phase = phase;
  finding.planned_entry = entry;
  finding.rule = "Q-NOISSUE";
  finding.sentence = std::move(sentence);
  finding.subject = std::move(subject);
  findings.add(std::move(finding));
}

void find_failed_runs(const Facts& facts, const IssuePolicies& policies, const Named& named,
                      Findings& findings) {
  for (const auto& [id, run] : facts.board.runs) {
    if (!is_asked_about(policies, run.phase) || !run.finished || run.invalidated()) continue;
    if (!is_adverse(run.finished->outcome) || named.runs.contains(id)) continue;
    add_failure(findings, run.phase, run.planned_entry,
                "Run " + id.text + " ended as " + std::string(enum_text(run.finished->outcome)) +
                    ", and no Testing Issue names it.",
                run.finished->event, subject_of(Kind::run, id.text));
  }
}

/// The board keeps the last results of an item only; an issue is matched by any that it kept, and
/// by any run of the item.
bool is_item_named(const Item& item, const Named& named) {
  const auto is_named = [&](const EventId& event) { return named.results.contains(event); };
  return (item.first && is_named(item.first->event)) ||
         std::ranges::any_of(item.runs, [&](const auto& id) { return named.runs.contains(id); }) ||
         std::ranges::any_of(item.imported,
                             [&](const auto& one) { return is_named(one.second.back().event); }) ||
         std::ranges::any_of(item.recent, [&](const auto& one) { return is_named(one.event); });
}

void find_failed_items(const Facts& facts, const IssuePolicies& policies, const Named& named,
                       Findings& findings) {
  for (const auto& [phase_id, phase] : facts.board.phases) {
    if (!is_asked_about(policies, phase_id)) continue;
    for (const auto& [entry_id, entry] : phase.entries) {
      for (const auto& [item_id, item] : entry.items) {
        if (item.waiver || is_item_named(item, named)) continue;
        for (const auto& [build, kept] : item.imported) {
          const ImportedAttempt& attempt = kept.back();
          if (!is_adverse(attempt.outcome)) continue;
          const std::string on = build.empty() ? "" : " on build " + build;
          add_failure(findings, phase_id, entry_id,
                      "Item " + item_id.text + " came in as " +
                          std::string(enum_text(attempt.outcome)) + on +
                          ", and no Testing Issue names the result.",
                      attempt.event, subject_of(Kind::phase, phase_id.text));
        }
      }
    }
  }
}

void find_issues_without_runs(const Facts& facts, const IssuePolicies& policies,
                              Findings& findings) {
  for (const auto& [id, issue] : facts.issues.issues) {
    if (!is_asked_about(policies, issue.phase)) continue;
    // What prevents execution has no run to show for it.
    if (issue.kind == events::IssueKind::preventing_execution) continue;
    if (!issue.runs.empty() || !issue.results.empty()) continue;
    add_issue_finding(findings, "Q-NORUN", id, issue,
                      id.text + " is about an unexpected outcome, and names no run or result.",
                      {issue.raised.event});
  }
}

}  // namespace

void find_orphan_findings(const Facts& facts, const IssuePolicies& policies, Findings& findings) {
  const Named named = named_by(facts.issues);
  find_failed_runs(facts, policies, named, findings);
  find_failed_items(facts, policies, named, findings);
  find_issues_without_runs(facts, policies, findings);
}

}  // namespace assay::projections
