// Findings about the EPCL, the releases and the groups.

#include <algorithm>

#include "projections/plan/plan.hpp"
#include "projections/selection/dmc_history.hpp"
#include "projections/selection/epcl_view.hpp"
#include "projections/selection/release_life.hpp"
#include "projections/selection/selection_findings.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

Finding about_entry(const char* rule, const Identifier& planned_entry, std::vector<EventId> events,
                    std::string sentence) {
  Finding finding;
  finding.events = std::move(events);
  finding.planned_entry = planned_entry;
  finding.rule = rule;
  finding.sentence = planned_entry.text + " " + std::move(sentence);
  finding.subject = subject_of(Kind::planned_entry, planned_entry.text);
  return finding;
}

void judge_claim(const Identifier& id, const EquivalenceAnswer& claim, Findings& findings) {
  const EventId& event = claim.details.mark.event;
  const std::string& tested = claim.details.tested_dmc.text;
  if (claim.verdict == Verdict::not_met) {
    findings.add(about_entry("E-EQV", id, {event},
                             "is claimed to be equivalent to " + tested + ", and " + claim.text));
  }
  if (!claim.differing_fields || claim.fields_agree) return;
  const std::vector<std::string> said(claim.details.said_fields.begin(),
                                      claim.details.said_fields.end());
  findings.add(about_entry(
      "E-FIELDS", id, {event},
      "is claimed to differ from " + tested + " in " + (said.empty() ? "nothing" : joined(said)) +
          "; it differs in " +
          (claim.differing_fields->empty() ? "nothing" : joined(*claim.differing_fields))));
}

/// Withdrawn or de-selected before it was added.
void judge_leaving(const Facts& facts, const Identifier& id, const EpclListing& listing,
                   Findings& findings) {
  const PlannedEntry& entry = facts.board.planned_entries.at(id);
  const EventId& event = listing.mark.event;
  if (entry.withdrawn && entry.withdrawn->event < event) {
    findings.add(about_entry("E-LEFT", id, {entry.withdrawn->event, event},
                             "was added to the EPCL after it had been withdrawn"));
  } else if (const auto* left = deselection_in_force(facts.selection, entry.dmc, entry.release,
                                                     just_before(listing.mark))) {
    findings.add(about_entry(
        "E-LEFT", id, {left->mark.event, event},
        "was added to the EPCL after its DMC " + entry.dmc.text + " had been de-selected"));
  }
}

void judge_listing(const Identifier& id, const EpclLine& line, const ListingAnswer& answer,
                   Findings& findings) {
  const EventId& event = answer.details.mark.event;
  const bool then = answer.backed_then == Verdict::met;
  const bool now = answer.backed_now == Verdict::met;
  if (!then) {
    findings.add(about_entry(
        "E-EARLY", id, {event},
        "was added to the EPCL too early: " + answer.text + (now ? "; it is so since" : "")));
  } else if (!now && line.life.state == EntryState::eligible) {
    findings.add(
        about_entry("E-UNBACKED", id, {event},
                    "is on the EPCL, and what it rested on no longer stands: " + answer.text));
  }
  if (!answer.date_agrees) {
    findings.add(about_entry("E-DATE", id, {event}, "was " + answer.date_text));
  }
  const bool names_none =
      answer.details.basis != events::EpclBasis::directed && answer.details.completions.empty();
  if (!answer.foreign.empty() || names_none) {
    std::vector<EventId> events = answer.foreign;
    events.push_back(event);
    findings.add(about_entry("E-REF", id, std::move(events),
                             names_none ? "was added to the EPCL without naming what it rests on"
                                        : "was added to the EPCL on events that are no decision "
                                          "to exit and no claim of this entry"));
  }
}

void judge_withdrawal(const Facts& facts, const Identifier& id, const EntryWithdrawal& withdrawal,
                      Findings& findings) {
  if (withdrawal.reason != events::WithdrawalReason::uneconomic) return;
  const EventId& event = withdrawal.mark.event;
  if (!withdrawal.consultation) {
    findings.add(about_entry("E-UNEC", id, {event},
                             "was withdrawn as uneconomic to test without a consultation"));
    return;
  }
  const auto found = facts.selection.consultations.find(*withdrawal.consultation);
  if (found != facts.selection.consultations.end() && found->second.ended &&
      found->second.ended->mark.event < event) {
    return;
  }
  findings.add(about_entry("E-UNEC", id, {event},
                           "was withdrawn as uneconomic to test before consultation " +
                               withdrawal.consultation->text + " had closed"));
}

void judge_group(const Facts& facts, const Identifier& id, const Group& group, Findings& findings) {
  const bool applies = std::ranges::any_of(group.releases, [&](const Identifier& release) {
    const auto found = facts.plan.releases.find(release);
    return found != facts.plan.releases.end() &&
           (found->second.cohorts.empty() || found->second.cohorts.contains(group.smso));
  });
  if (applies) return;
  Finding finding;
  finding.events = {group.declared.event};
  finding.rule = "G-NOREL";
  finding.sentence = "GroupID " + id.text + " applies to no release that covers " + group.smso.text;
  finding.subject = subject_of(Kind::group, id.text);
  findings.add(std::move(finding));
}

}  // namespace

void find_epcl_findings(const Facts& facts, Findings& findings) {
  for (const EpclLine& line : epcl_lines(facts)) {
    const Identifier& id = line.life.planned_entry;
    for (const EquivalenceAnswer& claim : line.claims) judge_claim(id, claim, findings);
    for (const ListingAnswer& answer : line.listings) {
      judge_listing(id, line, answer, findings);
      judge_leaving(facts, id, answer.details, findings);
    }
  }
  for (const auto& [id, record] : facts.selection.planned_entries) {
    if (record.withdrawal) judge_withdrawal(facts, id, *record.withdrawal, findings);
  }
}

void find_release_findings(const Facts& facts, Findings& findings) {
  for (const auto& [id, marks] : facts.selection.releases_completed) {
    // A later completion takes the place of one that came too early.
    const Mark& last = marks.back();
    const std::vector<Identifier> pending = pending_entries(facts, id, last);
    if (pending.empty()) continue;
    std::vector<std::string> names;
    for (const Identifier& entry : pending) names.push_back(entry.text);
    Finding finding;
    finding.events = {last.event};
    finding.rule = "V-PEND";
    finding.sentence =
        "release " + id.text + " was completed while these were pending: " + joined(names);
    finding.subject = subject_of(Kind::release, id.text);
    findings.add(std::move(finding));
  }
  for (const auto& [id, group] : facts.plan.groups) judge_group(facts, id, group, findings);
}

void find_selection_findings(const Facts& facts, Findings& findings) {
  find_consultation_findings(facts, findings);
  find_choice_findings(facts, findings);
  find_epcl_findings(facts, findings);
  find_release_findings(facts, findings);
}

}  // namespace assay::projections
