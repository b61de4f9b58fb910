// The programme's sample data and its scope completeness vector, from entries of a log to the
// answers that the vector states.

#include <catch2/catch.hpp>

#include "projections/board/matrix_view.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/fold/programme_fold.hpp"
#include "tests/support/fold_log.hpp"

namespace scope_vector_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

struct Model {
  const char* id;
  events::DeviceType type;
  const char* manufacturer;
  const char* model;
  const char* hardware;
  const char* firmware;
};
constexpr Model kModels[] = {
    {"M1", events::DeviceType::esme, "Landis+Gyr", "E470", "INV-H1", "INV-1.07"},
    {"M2", events::DeviceType::esme, "Landis+Gyr", "E470", "INV-H1", "INV-1.09"},
    {"M3", events::DeviceType::gsme, "Landis+Gyr", "Libra 310", "INV-H2", "INV-2.31"},
    {"M4", events::DeviceType::chf, "Landis+Gyr", "INV-CH-A", "INV-H3", "INV-3.02"},
    {"M5", events::DeviceType::ppmid, "INV-Display", "INV-IHD-1", "INV-H4", "INV-0.9"},
    {"M6", events::DeviceType::esme, "Honeywell Elster", "AS300P", "INV-H5", "INV-5.11"},
    {"M7", events::DeviceType::gsme, "Honeywell Elster", "BK-G4E", "INV-H6", "INV-6.00"},
    {"M8", events::DeviceType::chf, "Honeywell Elster", "INV-CH-B", "INV-H7", "INV-7.4"},
    {"M9", events::DeviceType::esme, "Secure Meters", "Liberty 100", "INV-H8", "INV-8.2"},
    {"MA", events::DeviceType::ppmid, "Secure Meters", "Pipit 500", "INV-H9", "INV-1.1"},
    {"MB", events::DeviceType::esme, "Honeywell Elster", "AS300P", "INV-H5", "INV-5.12"},
};

struct Combination {
  const char* id;
  Ids models;
  const char* provider;
};
const Combination kCombinations[] = {{"DMC-MDS-001", {"M1", "M3", "M4", "M5"}, "INV-CSP-1"},
                                     {"DMC-MDS-002", {"M6", "M7", "M8", "M5"}, "INV-CSP-1"},
                                     {"DMC-MDS-003", {"M2", "M3", "M4", "M5"}, "INV-CSP-1"},
                                     {"DMC-MDS-004", {"MB", "M7", "M8", "M5"}, "INV-CSP-1"},
                                     {"DMC-SEC-001", {"M9", "MA"}, "INV-CSP-2"}};

struct Planned {
  const char* id;
  const char* smso;
  const char* dmc;
  events::Category category;
  const char* group;
};
constexpr Planned kPlanned[] = {
    {"PEE-001", "MDS", "DMC-MDS-001", events::Category::dormant, "ZA"},
    {"PEE-002", "MDS", "DMC-MDS-001", events::Category::active, "ZA"},
    {"PEE-003", "MDS", "DMC-MDS-001", events::Category::mixed, "ZA"},
    {"PEE-004", "MDS", "DMC-MDS-002", events::Category::dormant, "ZB"},
    {"PEE-005", "Secure", "DMC-SEC-001", events::Category::active, "ZS"}};

std::vector<EventData> sample_models() {
  std::vector<EventData> said;
  for (const Model& row : kModels) {
    events::DeviceModelRegistered model;
    model.device_model = row.id;
    model.device_type = row.type;
    model.firmware_version = row.firmware;
    model.hardware_version = row.hardware;
    model.manufacturer = row.manufacturer;
    model.model = row.model;
    said.emplace_back(model);
  }
  return said;
}

std::vector<EventData> sample_plan() {
  std::vector<EventData> said;
  for (const Combination& row : kCombinations) {
    events::DmcDefined dmc;
    dmc.comms_provider = row.provider;
    dmc.device_models = IdentifierSet::of(row.models);
    dmc.dmc = row.id;
    said.emplace_back(dmc);
  }
  for (const Planned& row : kPlanned) {
    events::PlannedEntryDeclared entry;
    entry.category = row.category;
    entry.dmc = row.dmc;
    entry.groups = IdentifierSet::of({row.group});
    entry.planned_entry = row.id;
    entry.release = "MOC";
    entry.required_kinds = {events::TestKind::mt, events::TestKind::sit};
    entry.smso = row.smso;
    said.emplace_back(entry);
  }
  return said;
}

void declare_samples(FoldLog& log) {
  events::ReleaseDeclared release;
  release.cohorts = IdentifierSet::of({"MDS", "Secure"});
  release.release = "MOC";
  release.title = "Middle Operating Capability";
  std::vector<EventData> said{release};
  for (const auto& [group, smso] :
       {std::pair{"ZA", "MDS"}, std::pair{"ZB", "MDS"}, std::pair{"ZS", "Secure"}}) {
    events::GroupDeclared declared;
    declared.group = group;
    declared.releases = IdentifierSet::of({"MOC"});
    declared.smso = smso;
    said.emplace_back(declared);
  }
  REQUIRE(log.say("dcc-rm", said).empty());
  REQUIRE(log.say("dcc-rm", sample_models()).empty());
  REQUIRE(log.say("dcc-rm", sample_plan()).empty());
}

constexpr const char* kPhase = "MOC-MDS-SIT-01";
constexpr const char* kEntry = "PEE-001";

std::vector<events::ScopeItem> vector_scope() {
  std::vector<events::ScopeItem> items;
  for (const char* id : {"TC-INSTALL-ESME", "TC-INSTALL-GSME", "TC-SRV-4.1.1", "TC-SRV-7.2",
                         "TC-SRV-1.1.1", "TC-ALERT-01"}) {
    items.push_back(item(id, kEntry));
  }
  return items;
}

struct VectorRun {
  const char* run;
  const char* item;
  std::uint64_t counter;
  std::optional<Outcome> outcome;
  const char* build;
};
constexpr VectorRun kRuns[] = {{"R1", "TC-INSTALL-ESME", 101, Outcome::passed, "S1SP-INV-2.4.1"},
                               {"R2", "TC-INSTALL-GSME", 102, Outcome::failed, "S1SP-INV-2.4.1"},
                               {"R3", "TC-INSTALL-GSME", 103, Outcome::passed, "S1SP-INV-2.4.1"},
                               {"R4", "TC-SRV-4.1.1", 104, Outcome::passed, "S1SP-INV-2.4.0"},
                               {"R5", "TC-SRV-7.2", 106, Outcome::blocked, "S1SP-INV-2.4.1"},
                               {"R6", "TC-ALERT-01", 107, std::nullopt, "S1SP-INV-2.4.1"}};

void say_run(FoldLog& log, const VectorRun& row) {
  events::RunStarted started = run_started(row.run, kPhase, kEntry, row.item, {row.build});
  started.tool = events::Tool{"inv-harness-01", row.counter};
  REQUIRE(log.say("harness", {started}).empty());
  if (row.outcome) {
    REQUIRE(log.say("harness", {run_finished(row.run, *row.outcome)}).empty());
  }
}

void enter_phase(FoldLog& log) {
  const Terms seeing{log.seen(), {}, {}, verify::OnObjection::refuse, {}};
  REQUIRE(log.say("dcc-tm", {phase(kPhase, {kEntry})}).empty());
  REQUIRE(log.say("dcc-tm", {listed("SCOPE-1", kPhase, vector_scope())}).empty());
  REQUIRE(log.say("dcc-tm", {baselined("SCOPE-1", kPhase, vector_scope())}).empty());
  REQUIRE(log.endorse("sp-tl", log.size() - 1).empty());
  REQUIRE(log.say("sp-tl", {environment("ENV-1", {kPhase}, "S1SP-INV-2.4.0")}).empty());
  REQUIRE(log.say("dcc-tm", {entry_decided(kPhase, {kEntry})}, seeing).empty());
  REQUIRE(log.say("dcc-tm", {phase_started(kPhase, {kEntry})}).empty());
}

/// R4 ran while 2.4.0 was deployed; the others after 2.4.1 had replaced it.
void run_vector(FoldLog& log) {
  say_run(log, kRuns[3]);
  REQUIRE(log.say("sp-tl", {deployed("ENV-1", "S1SP-INV-2.4.0", "S1SP-INV-2.4.1")}).empty());
  for (const VectorRun& row : kRuns) {
    if (&row != &kRuns[3]) say_run(log, row);
  }
}

}  // namespace

TEST_CASE("the sample devices, combinations and planned entries are declared without objection") {
  ProgrammeFold fold;
  FoldLog log(fold);
  log.begin_programme();
  declare_samples(log);
  const auto rows = view_matrix(fold.board());
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].planned_entry == Identifier(kEntry));
  CHECK(rows[0].category == events::Category::dormant);
  CHECK(rows[3].dmc == Identifier("DMC-MDS-002"));
  for (const MatrixRow& row : rows) {
    CHECK(row.state == PlannedEntryState::planned);
    CHECK(row.cells.size() == 2);
  }

  events::PlannedEntryDeclared again;
  again.dmc = "DMC-MDS-001";
  again.category = events::Category::dormant;
  again.planned_entry = "PEE-006";
  again.release = "MOC";
  again.required_kinds = {events::TestKind::mt};
  again.smso = "MDS";
  const auto objections = log.say("dcc-rm", {again});
  REQUIRE(objections.size() == 1);
  CHECK(objections[0].error.message.find("planned_entry has the same fields") != std::string::npos);
}

TEST_CASE("the scope completeness vector comes out as it is stated") {
  ProgrammeFold fold;
  FoldLog log(fold);
  log.begin_programme();
  declare_samples(log);
  enter_phase(log);
  run_vector(log);

  const auto view = view_phase(fold.board(), kPhase);
  REQUIRE(view.has_value());
  CHECK(view->builds_baselined);
  CHECK(view->accepted_builds == std::vector<std::string>{"S1SP-INV-2.4.1"});
  REQUIRE(view->entries.size() == 1);
  const PhaseEntryView& entry = view->entries[0];
  std::map<std::string, ItemOutcome> effective;
  for (const ItemView& one : entry.items) effective[one.item.text] = one.outcome;
  CHECK(effective == std::map<std::string, ItemOutcome>{{"TC-INSTALL-ESME", ItemOutcome::passed},
                                                        {"TC-INSTALL-GSME", ItemOutcome::passed},
                                                        {"TC-SRV-4.1.1", ItemOutcome::stale},
                                                        {"TC-SRV-7.2", ItemOutcome::blocked},
                                                        {"TC-SRV-1.1.1", ItemOutcome::not_run},
                                                        {"TC-ALERT-01", ItemOutcome::running}});
  CHECK(entry.counts.items == 6);
  CHECK(entry.counts.executed == 3);
  CHECK(entry.counts.blocked == 1);
  CHECK(entry.counts.passed_effective == 2);
  CHECK(entry.counts.first_pass == 1);
  CHECK(entry.dangling_runs == Ids{"R6"});
  REQUIRE(view->counters.size() == 1);
  CHECK(view->counters[0].gaps == std::vector<CounterRange>{{105, 105}});
  CHECK(view->counters[0].undeclared == view->counters[0].gaps);
  CHECK(entry.verdict == RuleVerdict::not_met);
  CHECK(view->verdict == RuleVerdict::not_met);
  CHECK(view->irregularities.empty());
  CHECK(view->state == PhaseState::executing);
}

TEST_CASE("the vector's phase is met once every item is passed and everything is accounted for") {
  ProgrammeFold fold;
  FoldLog log(fold);
  log.begin_programme();
  declare_samples(log);
  enter_phase(log);
  run_vector(log);
  std::uint64_t counter = 108;
  for (const char* test : {"TC-SRV-4.1.1", "TC-SRV-7.2", "TC-SRV-1.1.1"}) {
    const std::string run = "R" + std::to_string(counter);
    say_run(log, {run.c_str(), test, counter++, Outcome::passed, "S1SP-INV-2.4.1"});
  }
  REQUIRE(log.say("harness", {run_finished("R6", Outcome::passed)}).empty());
  // The counter that nobody explains still stands between a count and an answer.
  CHECK(view_phase(fold.board(), kPhase)->verdict == RuleVerdict::undetermined);

  events::GapDeclared gap;
  gap.from_counter = 105;
  gap.phase = kPhase;
  gap.reason = "the harness was restarted before the run began";
  gap.source = "inv-harness-01";
  gap.to_counter = 105;
  REQUIRE(log.say("sp-tl", {gap}).empty());
  const auto view = view_phase(fold.board(), kPhase);
  CHECK(view->verdict == RuleVerdict::met);
  CHECK(view->counters[0].gaps == std::vector<CounterRange>{{105, 105}});
  CHECK(view->counters[0].undeclared.empty());
  CHECK(view->counts.first_pass == 3);
}

}  // namespace scope_vector_test
