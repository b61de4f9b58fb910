#include "projections/thresholds/part_scope.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

using events::Dimension;

std::string value_of(Dimension dimension, const ThresholdSubject& subject) {
  switch (dimension) {
    case Dimension::category: return std::string(enum_text(subject.entry->category));
    case Dimension::dmc: return subject.entry->dmc.text;
    case Dimension::kind: return std::string(enum_text(subject.in_phase->kind));
    case Dimension::phase: return subject.phase.text;
    case Dimension::planned_entry: return subject.planned_entry.text;
    case Dimension::release: return subject.entry->release.text;
    case Dimension::smso: return subject.entry->smso.text;
    case Dimension::stage: return subject.in_phase->stage.text;
    case Dimension::group: break;  // an entry may be in several: see scopes_of
  }
  return {};
}

/// The groups that an issue touches on one entry: those that its raiser named, if the entry is in
/// any of them, else all that the entry is in.
bool touches_group(const IssuePlace& place, const PlannedEntry& entry, const std::string& group) {
  const auto is_named = [&](const Identifier& id) { return place.groups.contains(id); };
  const bool in_group = std::ranges::find(entry.groups, Identifier(group)) != entry.groups.end();
  return in_group && (is_named(group) || std::ranges::none_of(entry.groups, is_named));
}

bool entry_matches(const ScopeValue& value, const IssuePlace& place, const Identifier& id,
                   const PhaseBoard& board) {
  if (value.dimension == Dimension::planned_entry) return id.text == value.value;
  const auto found = board.planned_entries.find(id);
  if (found == board.planned_entries.end()) return false;
  const PlannedEntry& entry = found->second;
  switch (value.dimension) {
    case Dimension::category: return enum_text(entry.category) == value.value;
    case Dimension::dmc: return entry.dmc.text == value.value;
    case Dimension::group: return touches_group(place, entry, value.value);
    case Dimension::release: return entry.release.text == value.value;
    case Dimension::smso: return entry.smso.text == value.value;
    default: return true;
  }
}

bool is_of_phase(Dimension dimension) {
  return dimension == Dimension::kind || dimension == Dimension::phase ||
         dimension == Dimension::stage;
}

bool carries_over(const IssuePlace& place, events::TestKind from, events::TestKind to,
                  events::CarryOver carry_over) {
  if (from == to) return false;
  if (carry_over == events::CarryOver::all_kinds) return true;
  return carry_over == events::CarryOver::combined_regression && place.run_kinds.contains(to);
}

/// Why a place does not count in the scope because of the phase that it is in; absent when it does.
std::optional<Exclusion> kept_out(const std::vector<ScopeValue>& scope, const IssuePlace& place,
                                  const Phase& phase, const ThresholdSubject& subject,
                                  events::CarryOver carry_over) {
  if (carries_over(place, phase.kind, subject.in_phase->kind, carry_over)) return std::nullopt;
  for (const ScopeValue& value : scope) {
    if (value.dimension == Dimension::kind && phase.kind != subject.in_phase->kind) {
      return Exclusion::other_kind;
    }
    if (value.dimension == Dimension::phase && place.phase != subject.phase) {
      return Exclusion::other_phase;
    }
    if (value.dimension == Dimension::stage && phase.stage != subject.in_phase->stage) {
      return Exclusion::other_stage;
    }
  }
  return std::nullopt;
}

/// An issue that comes over from another phase counts in this phase for what both of them test.
bool tested_here(const std::vector<ScopeValue>& scope, const IssuePlace& place,
                 const Identifier& entry, const ThresholdSubject& subject) {
  const bool by_phase = std::ranges::any_of(
      scope, [](const ScopeValue& value) { return value.dimension == Dimension::phase; });
  if (!by_phase || place.phase == subject.phase) return true;
  return subject.in_phase->planned_entries.contains(entry) ||
         subject.in_phase->entries.contains(entry);
}

}  // namespace

std::vector<std::vector<ScopeValue>> scopes_of(const events::ThresholdPart& part,
                                               const ThresholdSubject& subject) {
  std::vector<std::vector<ScopeValue>> scopes{{}};
  for (const Dimension dimension : part.scope) {
    std::vector<std::string> values;
    if (dimension == Dimension::group) {
      for (const Identifier& group : subject.entry->groups) values.push_back(group.text);
    } else {
      values.push_back(value_of(dimension, subject));
    }
    std::vector<std::vector<ScopeValue>> finer;
    for (const auto& scope : scopes) {
      for (const std::string& value : values) {
        finer.push_back(scope);
        finer.back().push_back({dimension, value});
      }
    }
    scopes = std::move(finer);
  }
  return scopes;
}

std::string scope_text(const std::vector<ScopeValue>& scope) {
  if (scope.empty()) return "the whole programme";
  std::string text;
  for (const ScopeValue& value : scope) {
    std::string name(enum_text(value.dimension));
    std::ranges::replace(name, '_', ' ');
    text.append(text.empty() ? "" : ", ").append(name).append(" ").append(value.value);
  }
  return text;
}

ScopeHit hit(const std::vector<ScopeValue>& scope, const IssueReach& reach, const PhaseBoard& board,
             const ThresholdSubject& subject, events::CarryOver carry_over) {
  ScopeHit found;
  for (const IssuePlace& place : reach.places) {
    std::optional<Exclusion> reason;
    // A phase that was never planned leaves nothing to tell kinds apart by: the issue counts.
    if (const auto phase = board.phases.find(place.phase); phase != board.phases.end()) {
      reason = kept_out(scope, place, phase->second, subject, carry_over);
    }
    for (const Identifier& entry : place.planned_entries) {
      const bool matches = std::ranges::all_of(scope, [&](const ScopeValue& value) {
        return is_of_phase(value.dimension) || entry_matches(value, place, entry, board);
      });
      if (!matches || !tested_here(scope, place, entry, subject)) continue;
      found.affects = true;
      if (!reason) found.entries.insert(entry);
      if (reason && !found.kept_out_by) found.kept_out_by = reason;
    }
  }
  return found;
}

}  // namespace assay::projections
