#include "tests/property/thresholds/reference.hpp"

#include <algorithm>

namespace assay::testing {

using events::Dimension;
using events::IssueState;
using events::Verdict;

namespace {

bool over(IssueState state) {
  return state == IssueState::closed || state == IssueState::rejected ||
         state == IssueState::duplicate;
}

template <class T>
const T* about(const Told& told, const Identifier& issue) {
  const T* const event = event_if<T>(&told.data);
  return event != nullptr && event->issue == issue ? event : nullptr;
}

bool contains(const std::vector<std::uint64_t>& list, std::uint64_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

std::vector<Identifier> ThresholdReference::issues() const {
  std::set<Identifier> ids;
  for (const Told& told : history_) {
    if (const auto* event = event_if<events::IssueRaised>(&told.data)) ids.insert(event->issue);
  }
  return {ids.begin(), ids.end()};
}

const events::IssueRaised* ThresholdReference::raised(const Identifier& issue) const {
  for (const Told& told : history_) {
    if (const auto* event = about<events::IssueRaised>(told, issue)) return event;
  }
  return nullptr;
}

const events::PhasePlanned* ThresholdReference::phase(const Identifier& id) const {
  for (const Told& told : history_) {
    const auto* event = event_if<events::PhasePlanned>(&told.data);
    if (event != nullptr && event->phase == id) return event;
  }
  return nullptr;
}

const events::PlannedEntryDeclared* ThresholdReference::entry(const Identifier& id) const {
  for (const Told& told : history_) {
    const auto* event = event_if<events::PlannedEntryDeclared>(&told.data);
    if (event != nullptr && event->planned_entry == id) return event;
  }
  return nullptr;
}

std::vector<Identifier> ThresholdReference::groups_of(const Identifier& planned_entry) const {
  return entry(planned_entry)->groups.ids;
}

ThresholdReference::Life ThresholdReference::life(const Identifier& issue) const {
  IssueState state = IssueState::raised;
  bool begun = false;
  bool disputed = false;
  bool closed_as_duplicate = false;
  for (const Told& told : history_) {
    const auto step = [&](IssueState next) {
      if (!over(state)) state = next;
    };
    if (about<events::IssueRaised>(told, issue)) begun = true;
    if (!begun) continue;
    if (about<events::IssueTriaged>(told, issue) &&
        (state == IssueState::raised || state == IssueState::reopened)) {
      state = IssueState::triaged;
    }
    if (about<events::IssueAssigned>(told, issue)) step(IssueState::assigned);
    if (about<events::IssueFixDelivered>(told, issue)) step(IssueState::fix_delivered);
    if (about<events::IssueWorkaroundAgreed>(told, issue)) step(IssueState::workaround);
    if (about<events::IssueDeferred>(told, issue)) step(IssueState::deferred);
    if (about<events::IssueRejected>(told, issue)) step(IssueState::rejected);
    if (about<events::IssueDuplicated>(told, issue)) step(IssueState::duplicate);
    if (const auto* event = about<events::RetestRecorded>(told, issue)) {
      if (event->passed) {
        step(IssueState::retest_passed);
      } else if (state == IssueState::fix_delivered || state == IssueState::retest_passed) {
        state = IssueState::assigned;
      }
    }
    if (const auto* event = about<events::IssueClosed>(told, issue)) {
      state = IssueState::closed;
      closed_as_duplicate = event->closure == events::ClosureKind::duplicate;
    }
    if (about<events::IssueReopened>(told, issue) && over(state)) state = IssueState::reopened;
    if (about<events::IssueDisputed>(told, issue)) disputed = true;
    if (about<events::DisputeDetermined>(told, issue)) disputed = false;
  }
  Life life;
  life.shown = disputed ? IssueState::disputed : state;
  if (disputed) life.beneath = state;
  life.duplicate = !disputed && (state == IssueState::duplicate ||
                                 (state == IssueState::closed && closed_as_duplicate));
  return life;
}

std::set<Identifier> ThresholdReference::affected(const Identifier& issue) const {
  std::set<Identifier> entries;
  bool begun = false;
  for (const Told& told : history_) {
    if (const auto* event = about<events::IssueRaised>(told, issue); event != nullptr && !begun) {
      begun = true;
      entries = {event->planned_entries.ids.begin(), event->planned_entries.ids.end()};
    }
    if (!begun) continue;
    if (const auto* event = about<events::IssueTriaged>(told, issue)) {
      for (const Identifier& id : event->planned_entries.ids) entries.insert(id);
    }
    if (const auto* event = about<events::IssueScopeChanged>(told, issue)) {
      for (const Identifier& id : event->removed.ids) entries.erase(id);
      for (const Identifier& id : event->added.ids) entries.insert(id);
    }
  }
  if (!entries.empty()) return entries;
  const auto& planned = phase(raised(issue)->phase)->planned_entries.ids;
  return {planned.begin(), planned.end()};
}

std::uint64_t ThresholdReference::severity(const Identifier& issue, const ReferenceAsk& ask) const {
  std::vector<std::pair<Timestamp, std::uint64_t>> held;
  bool begun = false;
  bool triaged = false;
  for (const Told& told : history_) {
    if (about<events::IssueRaised>(told, issue)) begun = true;
    if (!begun) continue;
    if (const auto* event = about<events::IssueTriaged>(told, issue)) {
      triaged = true;
      held.emplace_back(told.at, event->severity);
    }
    if (const auto* event = about<events::IssueSeverityChanged>(told, issue)) {
      held.emplace_back(told.at, event->to_severity);
    }
  }
  const bool worst = ask.severity_at == events::SeverityAt::max_ever;
  std::uint64_t answer = ask.policy->untriaged_counts_as;
  if (triaged && ask.severity_at == events::SeverityAt::raised) answer = held.front().second;
  if (triaged && ask.severity_at == events::SeverityAt::cutoff) {
    answer = held.back().second;
    if (ask.downgrades_ignored_from) {
      // Change by change; one to something milder does not happen inside the window.
      answer = held.front().second;
      for (const auto& [at, severity] : held) {
        const bool ignored = *ask.downgrades_ignored_from <= at && answer < severity;
        if (!ignored) answer = severity;
      }
    }
  }
  if (triaged && worst) answer = 5;
  if (worst) {
    for (const auto& [at, severity] : held) answer = std::min(answer, severity);
  }
  return answer;
}

bool ThresholdReference::counts_itself(const Identifier& issue, const ReferenceAsk& ask) const {
  const Life now = life(issue);
  const auto& open = ask.policy->open_states;
  return open.contains(now.shown) || (now.beneath && open.contains(*now.beneath));
}

std::optional<Identifier> ThresholdReference::stood_for_by(const Identifier& issue) const {
  Identifier at = issue;
  // A chain that is longer than there are issues goes round in circles.
  for (std::size_t steps = 0; steps <= issues().size(); ++steps) {
    if (raised(at) == nullptr) return std::nullopt;
    if (!life(at).duplicate) return at;
    std::optional<Identifier> next;
    bool begun = false;
    for (const Told& told : history_) {
      if (about<events::IssueRaised>(told, at)) begun = true;
      const auto* event = about<events::IssueDuplicated>(told, at);
      if (begun && event != nullptr) next = event->of;
    }
    if (!next) return std::nullopt;
    at = *next;
  }
  return std::nullopt;
}

bool ThresholdReference::carried_over(const Identifier& issue, const ReferenceAsk& ask) const {
  const events::TestKind to = phase(ask.phase)->kind;
  if (phase(raised(issue)->phase)->kind == to) return false;
  if (ask.policy->carry_over == events::CarryOver::all_kinds) return true;
  if (ask.policy->carry_over == events::CarryOver::none) return false;
  for (const Told& told : history_) {
    const auto* run = event_if<events::RunStarted>(&told.data);
    if (run == nullptr || !raised(issue)->runs.contains(run->run.text)) continue;
    if (run->counts_for.contains(to)) return true;
  }
  return false;
}

bool ThresholdReference::in_scope(const Identifier& issue, const Identifier& planned_entry,
                                  const ReferenceAsk& ask, const events::ThresholdPart& part,
                                  const std::optional<Identifier>& group) const {
  const auto asks = [&](Dimension dimension) { return part.scope.contains(dimension); };
  const auto& mine = *entry(ask.planned_entry);
  const auto& other = *entry(planned_entry);
  if (asks(Dimension::planned_entry) && planned_entry != ask.planned_entry) return false;
  if (asks(Dimension::dmc) && other.dmc != mine.dmc) return false;
  if (asks(Dimension::category) && other.category != mine.category) return false;
  if (asks(Dimension::release) && other.release != mine.release) return false;
  if (asks(Dimension::smso) && other.smso != mine.smso) return false;
  const events::IssueRaised& how = *raised(issue);
  if (asks(Dimension::group)) {
    // The groups that the raiser named, if they say anything of this entry.
    std::set<Identifier> touched;
    for (const Identifier& id : other.groups.ids) {
      if (how.groups.contains(id.text)) touched.insert(id);
    }
    if (touched.empty()) touched = {other.groups.ids.begin(), other.groups.ids.end()};
    if (!touched.contains(*group)) return false;
  }
  const auto& here = *phase(ask.phase);
  const auto& there = *phase(how.phase);
  if (carried_over(issue, ask)) {
    return !asks(Dimension::phase) || here.planned_entries.contains(planned_entry.text);
  }
  if (asks(Dimension::kind) && there.kind != here.kind) return false;
  if (asks(Dimension::stage) && there.stage != here.stage) return false;
  return !asks(Dimension::phase) || how.phase == ask.phase;
}

ReferenceCount ThresholdReference::count(const ReferenceAsk& ask, const events::ThresholdPart& part,
                                         const events::SeverityLimit& limit,
                                         const std::optional<Identifier>& group) const {
  const bool each_entry = part.count == events::CountMode::per_affected_entry;
  ReferenceCount total;
  for (const Identifier& issue : issues()) {
    const bool itself = counts_itself(issue, ask);
    const auto end = stood_for_by(issue);
    if (!itself && (!life(issue).duplicate || end)) continue;

    const events::IssueTriaged* triage = nullptr;
    bool begun = false;
    for (const Told& told : history_) {
      if (about<events::IssueRaised>(told, issue)) begun = true;
      const auto* event = about<events::IssueTriaged>(told, issue);
      if (begun && event != nullptr) triage = event;
    }
    if (triage != nullptr) {
      if (ask.policy->exclude_attributions.contains(triage->attribution)) continue;
      if (!part.attributions.empty() && !part.attributions.contains(triage->attribution)) continue;
    }
    std::uint64_t counted_as = severity(issue, ask);
    std::set<Identifier> entries;
    for (const Identifier& other : issues()) {
      const bool same = other == issue;
      const bool in_its_place = !same && !counts_itself(other, ask) && life(other).duplicate &&
                                stood_for_by(other) == issue;
      if (!same && !in_its_place) continue;
      if (in_its_place && ask.severity_at == events::SeverityAt::max_ever) {
        counted_as = std::min(counted_as, severity(other, ask));
      }
      for (const Identifier& id : affected(other)) {
        if (in_scope(other, id, ask, part, group)) entries.insert(id);
      }
    }
    if (!contains(limit.severities, counted_as) || entries.empty()) continue;
    std::set<Identifier> left;
    for (const Identifier& id : entries) {
      if (!ask.deselected.contains(id)) left.insert(id);
    }
    total.with_deselected += each_entry ? entries.size() : 1;
    total.without_deselected += each_entry ? left.size() : (left.empty() ? 0U : 1U);
    const auto& counted = ask.deselected_count ? entries : left;
    total.per_entry += counted.size();
    if (!counted.empty()) total.issues.push_back(issue);
  }
  total.count = ask.deselected_count ? total.with_deselected : total.without_deselected;
  return total;
}

Verdict ThresholdReference::verdict(const ReferenceAsk& ask) const {
  std::size_t met = 0;
  std::size_t not_met = 0;
  for (const events::ThresholdPart& part : ask.policy->parts) {
    std::vector<std::optional<Identifier>> groups{std::nullopt};
    if (part.scope.contains(Dimension::group)) {
      groups.clear();
      for (const Identifier& id : groups_of(ask.planned_entry)) groups.emplace_back(id);
      if (groups.empty()) continue;
    }
    bool within = true;
    for (const auto& group : groups) {
      for (const events::SeverityLimit& limit : part.limits) {
        if (count(ask, part, limit, group).count > limit.max) within = false;
      }
    }
    ++(within ? met : not_met);
  }
  const std::size_t all = ask.policy->parts.size();
  if (ask.policy->combine == events::Combine::all_parts) {
    if (not_met > 0) return Verdict::not_met;
    return met == all ? Verdict::met : Verdict::undetermined;
  }
  if (met > 0) return Verdict::met;
  return not_met == all ? Verdict::not_met : Verdict::undetermined;
}

}  // namespace assay::testing
