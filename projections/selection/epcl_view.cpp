#include "projections/selection/epcl_view.hpp"

#include <algorithm>

#include "projections/plan/dmc_difference.hpp"
#include "projections/register/register.hpp"
#include "projections/rulebook/london.hpp"

namespace assay::projections {
namespace {

using events::EpclBasis;
using events::Verdict;

struct Backing {
  std::string text;
  Verdict verdict = Verdict::not_met;
};

std::string names_of(const std::set<events::TestKind>& kinds) {
  std::string text;
  for (const events::TestKind kind : kinds) {
    text.append(text.empty() ? "" : ", ").append(enum_text(kind));
  }
  return text;
}

std::set<events::TestKind> missing(const KindsTested& tested,
                                   const std::set<events::TestKind>& required) {
  std::set<events::TestKind> kinds;
  for (const events::TestKind kind : required) {
    const auto found = tested.find(kind);
    if (found == tested.end() || !found->second.done) kinds.insert(kind);
  }
  return kinds;
}

/// Entries on the tested DMC that have everything done that this one requires.
std::vector<Identifier> tested_entries(const Facts& facts, const PlannedEntry& entry,
                                       const Identifier& tested_dmc, const TestedWhen& when) {
  std::vector<Identifier> found;
  for (const auto& [id, other] : facts.board.planned_entries) {
    if (other.dmc == tested_dmc &&
        all_done(kinds_tested(facts.board, id, when), entry.required_kinds)) {
      found.push_back(id);
    }
  }
  return found;
}

Backing backed_by_tests(const Facts& facts, const Identifier& id, const PlannedEntry& entry,
                        const TestedWhen& when) {
  const auto open = missing(kinds_tested(facts.board, id, when), entry.required_kinds);
  if (open.empty()) return {{}, Verdict::met};
  return {"not complete: " + names_of(open), Verdict::not_met};
}

Backing backed_by_claim(const Facts& facts, const PlannedEntry& entry, const EpclRecord& record,
                        const EventId& listed, const TestedWhen& when) {
  bool claimed = false;
  for (const EquivalenceClaim& claim : record.claims) {
    if (claim.mark.event >= listed) continue;
    claimed = true;
    if (!tested_entries(facts, entry, claim.tested_dmc, when).empty()) return {{}, Verdict::met};
  }
  return {claimed ? "no DMC to which equivalence was claimed has completed its tests"
                  : "no equivalence was claimed before",
          Verdict::not_met};
}

/// By direction: it needs no test, but somebody above who directed it.
Backing backed_by_direction(const Facts& facts, const EpclListing& listing) {
  const auto& decisions = facts.programme.state().decisions;
  const bool directed = std::ranges::any_of(listing.completions, [&](const EventId& id) {
    const auto found = decisions.find(id);
    return found != decisions.end() && id < listing.mark.event &&
           (found->second.type.text == events::SosDecisionRecorded::kType ||
            found->second.type.text == events::PanelDecisionRecorded::kType);
  });
  if (directed) return {{}, Verdict::met};
  return {"it names no decision of the Panel or the Secretary of State", Verdict::not_met};
}

Backing backing_of(const Facts& facts, const Identifier& id, const PlannedEntry& entry,
                   const EpclRecord& record, const EpclListing& listing, const TestedWhen& when) {
  switch (listing.basis) {
    case EpclBasis::tested: return backed_by_tests(facts, id, entry, when);
    case EpclBasis::equivalence:
      return backed_by_claim(facts, entry, record, listing.mark.event, when);
    case EpclBasis::directed: break;
  }
  return backed_by_direction(facts, listing);
}

/// Events that speak for the completion of this entry.
std::set<EventId> completions_of(const Facts& facts, const Identifier& id,
                                 const EpclRecord& record) {
  std::set<EventId> own;
  for (const auto& [phase_id, phase] : facts.board.phases) {
    const auto found = phase.entries.find(id);
    if (found == phase.entries.end()) continue;
    for (const ExitDecision& decision : found->second.exit_decisions) {
      if (decision.outcome != events::ExitOutcome::continue_testing) {
        own.insert(decision.mark.event);
      }
    }
    for (const Mark& mark : found->second.completions) own.insert(mark.event);
  }
  for (const EquivalenceClaim& claim : record.claims) own.insert(claim.mark.event);
  return own;
}

/// The date has to be the day of the addition; of an addition to what is on the list already, the
/// date of the first. Who comes back after a removal may keep the first date.
void check_date(const EpclRecord& record, std::size_t number, ListingAnswer& answer) {
  const EpclListing& listing = record.listings[number];
  const EpclListing& first = record.listings.front();
  const bool removed_before = std::ranges::any_of(record.removals, [&](const EpclRemoval& one) {
    return one.mark.event < listing.mark.event && one.mark.event > first.mark.event;
  });
  const bool own_day = listing.date_first_added == answer.recorded_on;
  const bool first_day = number > 0 && listing.date_first_added == first.date_first_added;
  answer.date_agrees = number == 0 ? own_day : first_day || (removed_before && own_day);
  if (answer.date_agrees) return;
  answer.date_text = "first added on " + listing.date_first_added.text + ", it says; ";
  answer.date_text += number == 0 ? "the addition was recorded on " + answer.recorded_on.text
                                  : "the first addition says " + first.date_first_added.text;
}

ListingAnswer answer_listing(const Facts& facts, const Identifier& id, const PlannedEntry& entry,
                             const EpclRecord& record, std::size_t number) {
  ListingAnswer answer;
  answer.details = record.listings[number];
  const EventId& event = answer.details.mark.event;
  const Backing then = backing_of(facts, id, entry, record, answer.details, {event, event});
  const Backing now = backing_of(facts, id, entry, record, answer.details, {event, std::nullopt});
  answer.backed_now = now.verdict;
  answer.backed_then = then.verdict;
  answer.recorded_on = london_day(answer.details.mark.recorded_at);
  if (then.verdict != Verdict::met) answer.text = "when it was listed: " + then.text;
  if (now.verdict != Verdict::met) {
    answer.text += (answer.text.empty() ? "now: " : "; now: ") + now.text;
  }
  if (answer.details.basis != EpclBasis::directed) {
    const std::set<EventId> own = completions_of(facts, id, record);
    for (const EventId& named : answer.details.completions) {
      if (!own.contains(named)) answer.foreign.push_back(named);
    }
  }
  check_date(record, number, answer);
  const bool good = then.verdict == Verdict::met && now.verdict == Verdict::met &&
                    answer.date_agrees && answer.foreign.empty();
  answer.verdict = good ? Verdict::met : Verdict::not_met;
  return answer;
}

}  // namespace

EquivalenceAnswer answer_claim(const Facts& facts, const Identifier& planned_entry,
                               const EquivalenceClaim& claim) {
  EquivalenceAnswer answer;
  answer.details = claim;
  const auto found = facts.board.planned_entries.find(planned_entry);
  if (found == facts.board.planned_entries.end()) {
    answer.text = "the planned entry is not known";
    answer.verdict = Verdict::undetermined;
    return answer;
  }
  answer.differing_fields = dmc_difference(facts.plan, claim.tested_dmc, found->second.dmc);
  answer.fields_agree = answer.differing_fields &&
                        std::set<std::string>(answer.differing_fields->begin(),
                                              answer.differing_fields->end()) == claim.said_fields;
  answer.tested_entries = tested_entries(facts, found->second, claim.tested_dmc, {});
  answer.verdict = answer.tested_entries.empty() ? Verdict::not_met : Verdict::met;
  if (answer.tested_entries.empty()) {
    answer.text = "no planned entry on " + claim.tested_dmc.text + " has completed " +
                  names_of(found->second.required_kinds);
  }
  return answer;
}

std::vector<EpclLine> epcl_lines(const Facts& facts) {
  std::vector<EpclLine> lines;
  for (const auto& [id, entry] : facts.board.planned_entries) {
    EpclLine line;
    line.life = *planned_entry_life(facts, id);
    const auto found = facts.selection.planned_entries.find(id);
    if (found != facts.selection.planned_entries.end()) {
      const EpclRecord& record = found->second;
      for (const auto& claim : record.claims) {
        line.claims.push_back(answer_claim(facts, id, claim));
      }
      for (std::size_t i = 0; i < record.listings.size(); ++i) {
        line.listings.push_back(answer_listing(facts, id, entry, record, i));
      }
      line.removals = record.removals;
      line.standing = record.standing;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace assay::projections
