#include "projections/regression/regression.hpp"

#include "projections/regression/regression_fold.hpp"

namespace assay::projections {

void Regression::apply(const RecordedEvent& event, Stage stage) {
  visit_event(RegressionFold(*this, event, stage), event.data);
}

void RegressionFold::unplaced() {
  state_.unplaced[Identifier(std::string(type_of(event_.data).name))].add(event_.id);
}

void RegressionFold::operator()(const events::DeviceModelRegistered& event) {
  auto& versions =
      state_.models[{event.hardware_version, event.manufacturer, event.model, event.device_type}];
  std::set<Identifier> replaces;
  for (const auto& [id, firmware] : versions) {
    if (firmware != event.firmware_version) replaces.insert(id);
  }
  const auto [at, made] = versions.try_emplace(event.device_model, event.firmware_version);
  if (!made) return unplaced();
  if (replaces.empty()) return;
  state_.changes[event_.id] = {event.firmware_version, "",     std::nullopt,
                               ChangeKind::firmware,   mark(), std::move(replaces),
                               event.device_model.text};
}

void RegressionFold::operator()(const events::DmcDefined& event) {
  const std::vector<Identifier>& models = event.device_models.ids;
  const auto [at, made] =
      state_.dmcs.try_emplace(event.dmc, std::set(models.begin(), models.end()));
  if (!made) unplaced();
}

void RegressionFold::operator()(const events::BuildDeployed& event) {
  state_.changes[event_.id] = {event.to_build,
                               event.from_build,
                               std::nullopt,
                               ChangeKind::build,
                               mark(),
                               {},
                               event.component + " in " + event.environment.text};
}

void RegressionFold::operator()(const events::IssueFixDelivered& event) {
  state_.changes[event_.id] = {event.build, "", event.issue, ChangeKind::fix, mark(), {}, ""};
}

void RegressionFold::operator()(const events::ImpactAssessed& event) {
  if (stage_ == Stage::became_effective) {
    const auto found = state_.assessments.find(event_.id);
    if (found == state_.assessments.end()) return unplaced();
    found->second.effective_at = event_.recorded_at;
    return;
  }
  Assessment& said = state_.assessments[event_.id];
  said.changes = event.changes;
  said.document = event.document;
  if (stage_ == Stage::in_effect) said.effective_at = event_.recorded_at;
  said.kinds = event.kinds;
  said.mark = mark();
  said.planned_entries = {event.planned_entries.ids.begin(), event.planned_entries.ids.end()};
  said.reason = event.reason;
  said.verdict = event.verdict;
}

}  // namespace assay::projections
