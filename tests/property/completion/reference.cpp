#include "tests/property/completion/reference.hpp"

#include <algorithm>

#include "tests/property/told.hpp"

namespace assay::testing {

using events::Body;
using events::CompletionReportIssued;
using projections::Stage;

namespace {

constexpr EventId kNow{std::numeric_limits<std::uint64_t>::max(), 0};

/// What a decision of a body says, whichever body it is.
struct Said {
  Body body = Body::tag;
  std::string about;
  std::optional<Identifier> version;
  std::string outcome;
  std::vector<events::Condition> conditions;
  bool dissent = false;
};

std::optional<Said> said_by_body(const EventData& data) {
  if (const auto* tag = event_if<events::TagPositionRecorded>(&data)) {
    return Said{Body::tag,       tag->about,
                tag->version,    std::string(enum_text(tag->position)),
                tag->conditions, !tag->dissent.empty()};
  }
  if (const auto* panel = event_if<events::PanelDecisionRecorded>(&data)) {
    return Said{Body::panel,       panel->about, {}, std::string(enum_text(panel->decision)),
                panel->conditions, false};
  }
  if (const auto* sos = event_if<events::SosDecisionRecorded>(&data)) {
    return Said{Body::sos,       sos->about, {}, std::string(enum_text(sos->decision)),
                sos->conditions, false};
  }
  return std::nullopt;
}

bool share(const std::set<Role>& a, const std::set<Role>& b) {
  return std::ranges::any_of(a, [&](Role role) { return b.contains(role); });
}

}  // namespace

const FedEvent* CompletionReference::at(const EventId& id) const {
  const auto found = std::ranges::find(told_, id, &FedEvent::id);
  return found == told_.end() ? nullptr : &*found;
}

/// What its key signed from when it was compromised on, whenever that came out. A second revocation
/// is none.
bool CompletionReference::is_tainted(const FedEvent& said) const {
  bool revoked = false;
  bool tainted = false;
  each<events::KeyRevoked>(told_, [&](const auto& event, const EventId&) {
    if (event.key != said.author || revoked) return;
    revoked = true;
    tainted =
        event.compromised_since && *event.compromised_since <= EventFeed::time_of(said.id.entry);
  });
  return tainted;
}

std::optional<Identifier> CompletionReference::holder(const Hash& key) const {
  std::optional<Identifier> found;
  each<events::KeyRegistered>(told_, [&](const auto& event, const EventId&) {
    if (event.key == key) found = event.holder;
  });
  return found;
}

/// Held when it was said.
std::set<Role> CompletionReference::roles(const FedEvent& said) const {
  std::set<Role> held;
  const auto who = holder(said.author);
  const auto is_them = [&](const auto& event, const EventId& id) {
    return id < said.id && event.holder == who && event.party == said.party;
  };
  for (const FedEvent& event : told_) {
    if (const auto* granted = event_if<events::RoleGranted>(&event.data)) {
      if (is_them(*granted, event.id)) held.insert(granted->role);
    } else if (const auto* withdrawn = event_if<events::RoleWithdrawn>(&event.data)) {
      if (is_them(*withdrawn, event.id)) held.erase(withdrawn->role);
    }
  }
  return held;
}

std::vector<CompletionReference::Voice> CompletionReference::voices(const EventId& target) const {
  std::vector<Voice> all;
  for (const FedEvent& event : told_) {
    if (const auto* yes = event_if<events::DecisionEndorsed>(&event.data)) {
      if (yes->target == target) all.push_back({event.id, &event, true});
    } else if (const auto* no = event_if<events::DecisionDissented>(&event.data)) {
      if (no->target == target) all.push_back({event.id, &event, false});
    }
  }
  return all;
}

const events::ApprovalPolicy* CompletionReference::approval(const EventId& before) const {
  const events::ApprovalPolicy* found = nullptr;
  each<events::PolicyActivated>(told_, [&](const auto& activated, const EventId& id) {
    each<events::PolicyPublished>(told_, [&](const auto& published, const EventId&) {
      if (published.version != activated.version || !(id < before)) return;
      if (published.body.approval) found = &*published.body.approval;
    });
  });
  return found;
}

/// One that is limited to the release goes before one that is not; then the later.
std::optional<bool> CompletionReference::may_combine(const Identifier& release,
                                                     const EventId& before) const {
  std::optional<bool> found;
  for (const bool limited : {false, true}) {
    each<events::PolicyActivated>(told_, [&](const auto& activated, const EventId& id) {
      const auto& releases = activated.scope.releases.ids;
      if (!(id < before) || limited != (std::ranges::count(releases, release) > 0)) return;
      if (!limited && !releases.empty()) return;
      each<events::PolicyPublished>(told_, [&](const auto& published, const EventId&) {
        if (published.version != activated.version) return;
        if (published.body.combined_completion) {
          found = published.body.combined_completion->allowed;
        }
      });
    });
  }
  return found;
}

/// The last voice of each member counts, by party; who disagrees among themselves is there and for
/// nothing.
void CompletionReference::count(const FedEvent& position, Body body, RightPosition& right) const {
  const auto* const policy = approval(position.id);
  if (policy == nullptr) return;
  const auto quorum = std::ranges::find(policy->quorums, body, &events::Quorum::body);
  right.verdict = Verdict::not_applicable;
  if (quorum == policy->quorums.end()) return;
  std::map<std::string, Voice> last;  // by member: a holder of a party, or a key without one
  for (const Voice& voice : voices(position.id)) {
    const FedEvent& said = *voice.said;
    if (!quorum->roles.empty() && !share(roles(said), quorum->roles)) continue;
    if (is_tainted(said)) continue;
    const auto who = holder(said.author);
    last[said.party.text + " " + (who ? who->text : said.author.hex())] = voice;
  }
  std::set<Identifier> against;
  for (const auto& [who, voice] : last) {
    right.present.insert(voice.said->party);
    if (!voice.endorses) against.insert(voice.said->party);
  }
  for (const Identifier& party : right.present) {
    if (!against.contains(party)) right.endorsing.insert(party);
  }
  right.verdict = right.present.size() >= quorum->present_parties &&
                          right.endorsing.size() >= quorum->endorsing_parties
                      ? Verdict::met
                      : Verdict::not_met;
}

std::map<EventId, RightPosition> CompletionReference::positions() const {
  std::map<EventId, RightPosition> all;
  for (const FedEvent& event : told_) {
    const auto said = said_by_body(event.data);
    if (!said) continue;
    RightPosition& right = all[event.id];
    count(event, said->body, right);
    const std::set<Role> who = roles(event);
    right.authorised = said->body == Body::tag     ? who.contains(Role::tag_sec)
                       : said->body == Body::panel ? who.contains(Role::panel_sec)
                                                   : share(who, {Role::sos, Role::panel_sec});
    right.dissent = said->dissent || std::ranges::any_of(voices(event.id), [](const Voice& voice) {
                      return !voice.endorses;
                    });
    for (const FedEvent& later : told_) {
      const auto other = said_by_body(later.data);
      if (other && event.id < later.id && other->body == said->body &&
          other->about == said->about && other->version == said->version) {
        right.superseded_by = later.id;
      }
    }
    for (const events::Condition& condition : said->conditions) {
      const bool late = condition.due && *condition.due < "2019-10-21";  // the day of the histories
      right.conditions.push_back(right.superseded_by ? ConditionState::lifted
                                 : late              ? ConditionState::overdue
                                                     : ConditionState::open);
    }
  }
  return all;
}

bool CompletionReference::is_in(const Identifier& phase, const Identifier& entry) const {
  return any<events::PhasePlanned>(told_, [&](const auto& event, const EventId&) {
    return event.phase == phase && event.planned_entries.contains(entry.text);
  });
}

/// The machine of a Test Phase for one planned entry (domain 7.2), as far as its end is concerned.
CompletionReference::At CompletionReference::progress(const Identifier& phase,
                                                      const Identifier& entry) const {
  At now = At::open;
  bool left = false;
  const auto is_here = [&](const auto& event) {
    return event.phase == phase && event.planned_entries.contains(entry.text);
  };
  for (const FedEvent& event : told_) {
    if (now == At::withdrawn) break;
    if (const auto* start = event_if<events::PhaseStarted>(&event.data)) {
      if (is_here(*start)) now = At::open;
    } else if (const auto* enter = event_if<events::EntryDecided>(&event.data)) {
      if (is_here(*enter) && now == At::aborted) now = At::open;
    } else if (const auto* exit = event_if<events::ExitDecided>(&event.data)) {
      if (!is_here(*exit) || now == At::aborted) continue;
      if (exit->outcome == events::ExitOutcome::continue_testing) {
        now = At::open;
      } else if (now == At::open) {
        now = At::exited;
      }
    } else if (const auto* complete = event_if<events::PhaseCompleted>(&event.data)) {
      if (is_here(*complete) && now != At::aborted) now = At::completed;
    } else if (const auto* abort = event_if<events::PhaseAborted>(&event.data)) {
      if (abort->phase == phase && now != At::completed) now = At::aborted;
    } else if (const auto* leave = event_if<events::PlannedEntryWithdrawn>(&event.data)) {
      if (leave->planned_entry != entry || left) continue;
      left = true;  // the first withdrawal stands
      if (now != At::completed) now = At::withdrawn;
    }
  }
  return now;
}

const FedEvent* CompletionReference::last_exit(const Identifier& phase, const Identifier& entry,
                                               const EventId& before) const {
  const FedEvent* last = nullptr;
  for (const FedEvent& event : told_) {
    const auto* const exit = event_if<events::ExitDecided>(&event.data);
    if (exit != nullptr && exit->phase == phase && exit->planned_entries.contains(entry.text) &&
        event.id < before) {
      last = &event;
    }
  }
  return last;
}

ClosingState CompletionReference::closing(const Identifier& phase, const Identifier& entry) const {
  const At now = progress(phase, entry);
  if (now != At::exited && now != At::completed) return ClosingState::not_exited;
  const auto outcome_of = [](const FedEvent* exit) {
    return exit == nullptr ? events::ExitOutcome::continue_testing
                           : event_if<events::ExitDecided>(&exit->data)->outcome;
  };
  const bool changed = any<events::BuildDeployed>(told_, [&](const auto& event, const EventId& id) {
    return event.environment == Identifier("ENV-" + phase.text) &&
           outcome_of(last_exit(phase, entry, id)) != events::ExitOutcome::continue_testing;
  });
  if (changed) return ClosingState::regression_due;
  if (outcome_of(last_exit(phase, entry, kNow)) != events::ExitOutcome::exit_with_conditions) {
    return ClosingState::clean;
  }
  bool planned = false;
  bool open = false;
  each<events::WorkOffPlanBaselined>(told_, [&](const auto& plan, const EventId&) {
    if (!plan.phases.contains(phase.text)) return;
    planned = true;
    for (const events::WorkOffItem& item : plan.items) {
      open |= !any<events::WorkOffItemCompleted>(told_, [&](const auto& done, const EventId&) {
        return done.work_off_plan == plan.work_off_plan && done.issue == item.issue;
      });
    }
  });
  return planned && !open ? ClosingState::clean : ClosingState::conditions_open;
}

std::optional<EventId> CompletionReference::last_cutoff(const Identifier& phase,
                                                        const Identifier& entry,
                                                        const EventId& before) const {
  std::optional<EventId> last;
  each<events::ExitCutoffDeclared>(told_, [&](const auto& event, const EventId& id) {
    if (event.phase == phase && event.planned_entries.contains(entry.text) && id < before) {
      last = id;
    }
  });
  return last;
}

RightCombined CompletionReference::combined(const CompletionReportIssued& report,
                                            const EventId& id) const {
  RightCombined right;
  std::set<std::string> places;
  std::map<Identifier, std::set<EventId>> cutoffs;
  each<events::PlannedEntryDeclared>(told_, [&](const auto& entry, const EventId&) {
    if (!report.planned_entries.contains(entry.planned_entry.text)) return;
    const auto allowed = may_combine(entry.release, id);
    if (!allowed) right.no_policy.insert(entry.release);
    if (allowed && !*allowed) right.not_allowed.insert(entry.release);
    std::set<TestKind> missing = entry.required_kinds;
    each<events::PhasePlanned>(told_, [&](const auto& phase, const EventId&) {
      if (!phase.planned_entries.contains(entry.planned_entry.text)) return;
      const std::string place = phase.phase.text + " " + entry.planned_entry.text;
      const bool listed = report.phases.contains(phase.phase.text);
      const auto cutoff = last_cutoff(phase.phase, entry.planned_entry, id);
      if (listed && cutoff) cutoffs[phase.phase].insert(*cutoff);
      const At now = progress(phase.phase, entry.planned_entry);
      if (now == At::aborted || now == At::withdrawn) return;
      if (!listed) right.left_out.insert(place);
      if (!listed) return;
      missing.erase(phase.kind);
      places.insert(place);
      const bool decided = any<events::ExitDecided>(told_, [&](const auto& exit, const EventId&) {
        return exit.phase == phase.phase &&
               exit.planned_entries.contains(entry.planned_entry.text) &&
               std::ranges::count(exit.basis, id) > 0;
      });
      if (!decided) right.undecided.insert(place);
    });
    for (const TestKind kind : missing) {
      right.missing.insert(entry.planned_entry.text + " " + std::string(enum_text(kind)));
    }
  });
  for (const auto& [phase, several] : cutoffs) {
    if (several.size() > 1) right.several_cutoffs.insert(phase);
  }
  if (right.undecided == places) right.undecided.clear();  // nobody has decided on it yet
  return right;
}

std::map<Identifier, RightCombined> CompletionReference::combined() const {
  std::map<Identifier, RightCombined> all;
  each<CompletionReportIssued>(told_, [&](const auto& report, const EventId& id) {
    all[report.report] = combined(report, id);
  });
  return all;
}

const CompletionReportIssued* CompletionReference::report_on(const Identifier& phase,
                                                             const Identifier& entry) const {
  const CompletionReportIssued* last = nullptr;
  each<CompletionReportIssued>(told_, [&](const auto& report, const EventId& id) {
    const bool effective = std::ranges::any_of(told_, [&](const FedEvent& event) {
      return event.id == id && event.stage == Stage::became_effective;
    });
    if (effective && report.phases.contains(phase.text) &&
        report.planned_entries.contains(entry.text)) {
      last = &report;
    }
  });
  return last;
}

Verdict CompletionReference::has_positions(const Identifier& phase, const Identifier& entry,
                                           std::uint64_t size) const {
  const auto* const policy = approval(kNow);
  if (policy == nullptr) return Verdict::undetermined;
  const auto* const report = report_on(phase, entry);
  const bool combines = report != nullptr && report->kind == events::ReportKind::combined;
  const auto cutoff = last_cutoff(phase, entry, kNow);
  const auto right = positions();
  const auto satisfies = [&](const events::ApprovalRule& rule, const FedEvent& event) {
    const auto said = said_by_body(event.data);
    if (!said || said->body != *rule.body || right.at(event.id).superseded_by) return false;
    const bool here = said->about == "phase/" + phase.text ||
                      (report != nullptr && said->about == "report/" + report->report.text);
    const bool yes =
        said->body == Body::tag
            ? std::ranges::any_of(rule.positions,
                                  [&](auto one) { return said->outcome == enum_text(one); })
            : said->outcome.starts_with("approved");
    const Verdict quorum = right.at(event.id).verdict;
    return here && yes && !(cutoff && event.id < *cutoff) &&
           (event.seen ? event.seen->size : 0) >= size &&
           (quorum == Verdict::met || quorum == Verdict::not_applicable);
  };
  Verdict verdict = Verdict::not_applicable;
  for (const events::ApprovalRule& rule : policy->rules) {
    if (!rule.body) continue;
    if (rule.matter == events::Matter::combined_completion && !combines) continue;
    if (std::ranges::none_of(told_, [&](const FedEvent& e) { return satisfies(rule, e); })) {
      return Verdict::not_met;
    }
    verdict = Verdict::met;
  }
  return verdict;
}

/// Whoever spoke with a key that was compromised by then has not spoken.
Verdict CompletionReference::has_authority(const Identifier& phase, const Identifier& entry) const {
  const auto* const policy = approval(kNow);
  const FedEvent* const exit = last_exit(phase, entry, kNow);
  if (policy == nullptr || exit == nullptr) return Verdict::undetermined;
  std::vector<const FedEvent*> speakers{exit};
  for (const Voice& voice : voices(exit->id)) {
    if (voice.endorses) speakers.push_back(voice.said);
  }
  std::erase_if(speakers, [&](const FedEvent* one) { return is_tainted(*one); });
  Identifier runs_it;
  for (const FedEvent& event : told_) {
    const auto* const planned = event_if<events::PhasePlanned>(&event.data);
    if (planned != nullptr && planned->phase == phase) runs_it = event.party;
  }
  for (const events::ApprovalRule& rule : policy->rules) {
    if (rule.matter != events::Matter::exit) continue;
    const bool in_role = rule.roles.empty() || std::ranges::any_of(speakers, [&](const auto* one) {
                           return share(roles(*one), rule.roles);
                         });
    const bool by_others =
        std::ranges::any_of(speakers, [&](const FedEvent* one) { return one->party != runs_it; });
    if (!in_role || (rule.independent && !by_others)) return Verdict::not_met;
  }
  return Verdict::met;
}

}  // namespace assay::testing
