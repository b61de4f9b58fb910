#include "projections/sampling/population.hpp"

#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"

namespace assay::projections {
namespace {

std::string scope_item_name(const Identifier& scope, const Identifier& item) {
  return scope.text + "/" + item.text;
}

/// Where an item's attempts stand; null where none was made and nothing lists it.
const Item* find_item(const PhaseBoard& board, const Identifier& scope, const Identifier& item) {
  const Scope& listed = board.scopes.at(scope);
  const auto planned_entry = listed.items.find(item);
  const auto phase = board.phases.find(listed.phase);
  if (planned_entry == listed.items.end() || phase == board.phases.end()) return nullptr;
  const auto entry = phase->second.entries.find(planned_entry->second);
  if (entry == phase->second.entries.end()) return nullptr;
  const auto found = entry->second.items.find(item);
  return found == entry->second.items.end() ? nullptr : &found->second;
}

MemberTrail trail_of_run(const PhaseBoard& board, const std::string& name) {
  MemberTrail trail{{}, subject_of(Kind::run, name)};
  const Run& run = board.runs.at(Identifier(name));
  trail.events.push_back(run.started);
  if (run.finished) trail.events.push_back(run.finished->event);
  return trail;
}

MemberTrail trail_of_scope_item(const PhaseBoard& board, const std::string& name) {
  const std::size_t slash = name.find('/');
  const Identifier scope(name.substr(0, slash));
  MemberTrail trail{{}, subject_of(Kind::scope, scope.text)};
  const Item* const item = find_item(board, scope, Identifier(name.substr(slash + 1)));
  if (item == nullptr) return trail;
  for (const RecentResult& result : item->recent) trail.events.push_back(result.event);
  return trail;
}

MemberTrail trail_of_issue(const IssueRegister& issues, const std::string& name) {
  const Issue& issue = issues.issues.at(Identifier(name));
  MemberTrail trail{{issue.raised.event}, subject_of(Kind::issue, name)};
  for (const IssueStep& step : issue.history) {
    if (step.mark.event != trail.events.back()) trail.events.push_back(step.mark.event);
  }
  return trail;
}

}  // namespace

bool Population::wants_events() const noexcept {
  return kind_ == PopulationKind::results || kind_ == PopulationKind::evidence;
}

bool Population::wants(std::string_view type, std::uint64_t version) const {
  if (kind_ == PopulationKind::results) {
    return type == events::RunFinished::kType || type == events::ResultImported::kType;
  }
  const EventType* const known = find_event_type(type, version);
  return known != nullptr && known->names_evidence;
}

bool Population::phase_of_run(const Identifier& run) const {
  const auto found = facts_.board.runs.find(run);
  return found != facts_.board.runs.end() && found->second.phase.text == phase_;
}

bool Population::phase_of_import(const Identifier& import) const {
  const auto found = facts_.board.imports.find(import);
  return found != facts_.board.imports.end() && found->second.phase.text == phase_;
}

bool Population::in_phase(const EventData& data) const {
  if (phase_.empty()) return true;
  if (const auto* run = event_if<events::RunFinished>(&data)) return phase_of_run(run->run);
  if (const auto* result = event_if<events::ResultImported>(&data)) {
    return phase_of_import(result->import);
  }
  if (const auto* import = event_if<events::ImportStarted>(&data)) {
    return import->phase.text == phase_;
  }
  return false;
}

void Population::take(const EventId& id, const EventData& data) {
  if (!in_phase(data)) return;
  if (kind_ == PopulationKind::results) return results_.push_back(id.text());
  std::vector<Hash> files;
  append_evidence_files(data, files);
  for (const Hash& file : files) files_.emplace(file, id);
}

std::vector<std::string> Population::names() const {
  if (kind_ == PopulationKind::results) return results_;
  std::vector<std::string> names;
  const auto add = [&](const Identifier& phase, const std::string& name) {
    if (phase_.empty() || phase.text == phase_) names.push_back(name);
  };
  if (kind_ == PopulationKind::evidence) {
    for (const auto& [file, event] : files_) names.push_back(file.hex());
  } else if (kind_ == PopulationKind::issues) {
    for (const auto& [id, issue] : facts_.issues.issues) add(issue.phase, id.text);
  } else if (kind_ == PopulationKind::runs) {
    for (const auto& [id, run] : facts_.board.runs) add(run.phase, id.text);
  } else {
    for (const auto& [id, scope] : facts_.board.scopes) {
      for (const auto& [item, planned_entry] : scope.items) {
        add(scope.phase, scope_item_name(id, item));
      }
    }
  }
  return names;
}

MemberTrail Population::trail_of(const std::string& name) const {
  switch (kind_) {
    case PopulationKind::evidence:
      return {{files_.at(*Hash::from_hex(name))}, subject_of(Kind::evidence, name)};
    case PopulationKind::issues: return trail_of_issue(facts_.issues, name);
    case PopulationKind::results: return {{*EventId::parse(name)}, {}};
    case PopulationKind::runs: return trail_of_run(facts_.board, name);
    case PopulationKind::scope_items: return trail_of_scope_item(facts_.board, name);
  }
  return {};
}

}  // namespace assay::projections
