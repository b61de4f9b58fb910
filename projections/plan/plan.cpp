#include "projections/plan/plan.hpp"

#include "projections/fold/id_set.hpp"

namespace assay::projections {
namespace {

class PlanFold {
 public:
  PlanFold(Plan& plan, const RecordedEvent& event) : plan_(plan), event_(event) {}

  void operator()(const events::ReleaseDeclared& event) {
    add(plan_.releases, event.release, {set_of(event.cohorts), mark(), event.title});
  }
  void operator()(const events::GroupDeclared& event) {
    add(plan_.groups, event.group, {mark(), event.description, set_of(event.releases), event.smso});
  }
  void operator()(const events::DeviceModelRegistered& event) { add_model(event, {}); }
  void operator()(const events::DeviceModelRegisteredV2& event) { add_model(event, event.source); }
  void operator()(const events::DmcDefined& event) {
    add(plan_.dmcs, event.dmc, {event.comms_provider, mark(), set_of(event.device_models)});
  }
  void operator()(const events::TestDeviceEnrolled& event) {
    add(plan_.devices, event.device, {event.device_model, mark(), event.location});
  }
  void operator()(const events::TestCaseRegistered& event) { add_test_case(event, {}, {}); }
  void operator()(const events::TestCaseRegisteredV2& event) {
    add_test_case(event, event.sides, set_of(event.tags));
  }
  void operator()(const events::PhasePlannedV2& event) {
    if (event.policies) add(plan_.phase_plans, event.phase, {mark(), *event.policies});
  }
  void operator()(const events::ScopeItemsListed& event) { list(event); }
  void operator()(const events::ScopeItemsListedV2& event) { list(event); }
  void operator()(const events::ScopeChanged& event) { change(event); }
  void operator()(const events::ScopeChangedV2& event) {
    ScopeContents& scope = change(event);
    if (event.item_count && event.root) check_outcome(scope, *event.item_count, *event.root);
  }
  void operator()(const events::DocumentItemsListed& event) {
    DocumentItems& promise = plan_.promises[event.document][event.version];
    promise.events.push_back(event_.id);
    promise.items.insert(promise.items.end(), event.items.begin(), event.items.end());
  }
  /// Events that declare nothing.
  template <class Other>
  void operator()(const Other&) {}

 private:
  [[nodiscard]] Mark mark() const { return {event_.id, event_.party, event_.recorded_at}; }

  template <class Value>
  void add(std::map<Identifier, Value>& where, const Identifier& id, Value value) {
    if (where.try_emplace(id, std::move(value)).second) return;
    plan_.unplaced[Identifier(std::string(type_of(event_.data).name))].add(event_.id);
  }

  void add_model(const events::DeviceModelRegistered& event,
                 const std::optional<std::string>& source) {
    add(plan_.device_models, event.device_model,
        {event.cpl_ref, event.firmware_version, event.hardware_version, event.manufacturer,
         event.model, mark(), source, event.device_type});
  }

  template <class Event>
  void list(const Event& event) {
    add_items(scope_of(event), event.items);
  }
  template <class Event>
  ScopeContents& change(const Event& event) {
    ScopeContents& scope = scope_of(event);
    change_items(scope, event);
    return scope;
  }
  template <class Event>
  ScopeContents& scope_of(const Event& event) {
    ScopeContents& scope = plan_.scopes[event.scope];
    scope.phase = event.phase;
    return scope;
  }
  void check_outcome(ScopeContents& scope, std::uint64_t item_count, const Hash& root) {
    const merkle::CompactRange range = committed_items(scope);
    if (range.size() == item_count && range.root() == root) return;
    scope.misstated.push_back({event_.id, range.size(), range.root(), item_count, root});
  }

  template <class Event>
  void add_test_case(const Event& event, std::set<events::SystemSide> sides,
                     std::set<Identifier> tags) {
    add(plan_.test_cases[event.test_case], event.version,
        {event.digest,
         mark(),
         {event.requirements.begin(), event.requirements.end()},
         event.service_reference,
         std::move(sides),
         std::move(tags),
         event.title,
         event.tmad_step});
  }

  Plan& plan_;
  const RecordedEvent& event_;
};

}  // namespace

void Plan::apply(const RecordedEvent& event, Stage stage) {
  // No declaration needs another party's voice; one that ever does counts once it has it.
  if (stage == Stage::awaiting_voices) return;
  visit_event(PlanFold(*this, event), event.data);
}

}  // namespace assay::projections
