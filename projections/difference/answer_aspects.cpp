#include <set>

#include "projections/criteria/claims.hpp"
#include "projections/difference/collect.hpp"
#include "projections/rulebook/rulebook.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

void add_criterion_aspects(std::string_view side, const Assessed& assessed, Aspects& aspects) {
  const auto add = [&](const std::string& id, std::string title, events::Verdict verdict,
                       std::string why) {
    aspects.add({.section = Section::criteria,
                 .id = id,
                 .phase = assessed.phase,
                 .planned_entries = {assessed.planned_entry},
                 .title = std::move(title),
                 .values = {{"verdict", say(verdict)}},
                 .why = std::move(why)});
  };
  const std::string whole = say(assessed.phase, "/", assessed.planned_entry, "/", side);
  add(whole, say(side, " as a whole"), assessed.verdict, assessed.why);
  for (const Answer& answer : assessed.answers) {
    const Rule* const rule = find_rule(answer.criterion.text);
    add(say(whole, "/", answer.criterion),
        rule != nullptr ? std::string(rule->text) : "the programme's own", answer.verdict,
        answer.text);
  }
}

/// What keeps a claim from being met, in a few words.
std::string against(const ClaimAnswer& claim) {
  std::string text;
  const auto add = [&](const std::string& what) {
    text.append(text.empty() ? "" : "; ").append(what);
  };
  for (const Answer& answer : claim.criteria) {
    if (answer.verdict != events::Verdict::met) add(say(answer.criterion, " ", answer.verdict));
  }
  std::set<std::string> rules;
  for (const Finding& finding : claim.findings) {
    if (rules.insert(finding.rule.text).second) add(say("finding ", finding.rule));
  }
  return text;
}

void add_claim_aspects(const AssessedEntry& one, const std::vector<Finding>& findings,
                       Aspects& aspects) {
  for (const ClaimAnswer& claim : answer_claims(one.entry, one.exit, findings)) {
    aspects.add({.section = Section::claims,
                 .id = say(one.exit.phase, "/", one.exit.planned_entry, "/", claim.claim),
                 .phase = one.exit.phase,
                 .planned_entries = {one.exit.planned_entry},
                 .title = claim.text,
                 .values = {{"verdict", say(claim.verdict)}},
                 .why = against(claim)});
  }
}

/// Events that only say which policy was in force. What shows a finding does not change its name
/// when another policy asks for the same.
std::set<EventId> policy_events(const Rulebook& rulebook) {
  std::set<EventId> events;
  for (const auto& [id, policy] : rulebook.policies) {
    for (const auto& activation : policy.activations) events.insert(activation.mark.event);
    for (const auto& supersession : policy.supersessions) events.insert(supersession.mark.event);
  }
  return events;
}

/// A finding has no number of its own: it is known by its rule, what it is about, and the first
/// event that shows it, which stays the first when more of them come.
std::string finding_id(const Finding& finding, const std::set<EventId>& of_policies) {
  std::string id = finding.rule.text;
  if (finding.phase) id += "/" + finding.phase->text;
  if (finding.planned_entry) id += "/" + finding.planned_entry->text;
  if (!finding.subject.empty()) id += "/" + finding.subject;
  for (const EventId& event : finding.events) {
    if (!of_policies.contains(event)) return id + "@" + event.text();
  }
  return id;
}

}  // namespace

void add_answer_aspects(const Facts& facts, const std::vector<AssessedEntry>& assessed,
                        const std::vector<Finding>& findings, Aspects& aspects) {
  for (const AssessedEntry& one : assessed) {
    add_criterion_aspects("entry", one.entry, aspects);
    add_criterion_aspects("exit", one.exit, aspects);
    add_claim_aspects(one, findings, aspects);
  }
  const std::set<EventId> of_policies = policy_events(facts.rulebook);
  for (const Finding& finding : findings) {
    std::vector<Identifier> about;
    if (finding.planned_entry) about.push_back(*finding.planned_entry);
    aspects.add({.section = Section::findings,
                 .id = finding_id(finding, of_policies),
                 .phase = finding.phase,
                 .planned_entries = std::move(about),
                 .title = finding.sentence,
                 .values = {{"severity", say(finding.severity)},
                            {"waived", finding.waived_by ? "yes" : "no"}}});
  }
}

}  // namespace assay::projections
