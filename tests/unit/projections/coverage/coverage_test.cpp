// Breadth and depth: what documents cover and promise, what scopes hold, and the matrix of groups.

#include <catch2/catch.hpp>

#include "projections/coverage/coverage_matrix.hpp"
#include "projections/coverage/group_matrix.hpp"
#include "projections/coverage/migration_checks.hpp"
#include "projections/coverage/traceability.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::TestKind;
using events::Verdict;

namespace {

constexpr const char* kMt = "MOC-MDS-MT-01";
constexpr const char* kStep = "Installing a SMETS1 GSME";

/// Board and plan, told the same events.
class Programme {
 public:
  Programme() {
    events::GroupDeclared group;
    group.group = "ZA";
    group.releases = IdentifierSet::of({"MOC"});
    group.smso = "MDS";
    say(group);
    events::PlannedEntryDeclared entry = planned_entry("PEE-001", {TestKind::mt});
    entry.groups = IdentifierSet::of({"ZA"});
    entry.release = "MOC";
    entry.smso = "MDS";
    say(entry);
    events::PhasePlanned planned = phase(kMt, {"PEE-001"}, TestKind::mt);
    planned.stage = "MIG_ST";
    say(planned);
  }
  void say(const EventData& data) {
    const std::size_t from = feed_.size();
    feed_.add(data);
    feed_.fold(board, from, feed_.size());
    feed_.fold(plan, from, feed_.size());
  }
  const PlannedEntry& entry() const { return board.planned_entries.at("PEE-001"); }

  PhaseBoard board;
  Plan plan;

 private:
  EventFeed feed_;
};

events::DocumentRegistered document(const PlannedEntry& entry, const char* version) {
  events::DocumentRegistered registered;
  registered.covers = {{entry.category, entry.dmc, TestKind::mt, entry.smso}};
  registered.document = "DNB-MT";
  registered.document_type = events::DocumentType::dnb_mt;
  registered.title = "Depth and Breadth of MT (invented)";
  registered.version = version;
  return registered;
}

events::PromisedItem promise(const PlannedEntry& entry, const char* test_case) {
  events::PromisedItem item;
  item.category = entry.category;
  item.dmc = entry.dmc;
  item.kind = TestKind::mt;
  item.smso = entry.smso;
  item.test_case = test_case;
  return item;
}

events::DocumentItemsListed promised(const char* version, std::vector<events::PromisedItem> items) {
  events::DocumentItemsListed list;
  list.document = "DNB-MT";
  list.items = std::move(items);
  list.version = version;
  return list;
}

events::ScopeItem scope_item(const char* id, const char* test_case) {
  events::ScopeItem made = item(id, "PEE-001");
  made.group = Identifier("ZA");
  made.test_case = test_case;
  return made;
}

events::TestCaseRegisteredV2 test_case(const char* id, std::set<events::SystemSide> sides) {
  events::TestCaseRegisteredV2 registered;
  registered.requirements = {"REQ-1"};
  registered.sides = std::move(sides);
  registered.test_case = id;
  registered.title = "a test (invented)";
  registered.tmad_step = kStep;
  registered.version = "1";
  return registered;
}

events::MigrationPolicy migration() {
  events::MigrationPolicy policy;
  policy.dmrt_releases = IdentifierSet::of({"MOC"});
  policy.dmrt_stage = "MIG_DMRT";
  policy.security_features_tag = "security_feature";
  policy.sides = {events::SystemSide::dcc_systems, events::SystemSide::smso_systems};
  policy.stage = "MIG_ST";
  policy.tmad_steps = {kStep};
  return policy;
}

}  // namespace

TEST_CASE("a cell is covered by a version of the right kind, until it is superseded") {
  Programme p;
  CHECK(coverage_of(p.board, "PEE-001", TestKind::mt).verdict == Verdict::not_met);
  p.say(document(p.entry(), "1.0"));
  const CoverageCell cell = coverage_of(p.board, "PEE-001", TestKind::mt);
  CHECK(cell.verdict == Verdict::met);
  REQUIRE(cell.versions.size() == 1);
  CHECK(cell.versions[0].status == DocumentStatus::draft);
  CHECK(coverage_of(p.board, "PEE-001", TestKind::sit).verdict == Verdict::not_met);
  p.say(document(p.entry(), "2.0"));
  events::DocumentSuperseded superseded;
  superseded.document = "DNB-MT";
  superseded.new_version = "2.0";
  superseded.old_version = "1.0";
  p.say(superseded);
  REQUIRE(coverage_of(p.board, "PEE-001", TestKind::mt).versions.size() == 1);
  CHECK(coverage_of(p.board, "PEE-001", TestKind::mt).versions[0].version.text == "2.0");
}

TEST_CASE("the scope is held against what the document promises, item by item") {
  Programme p;
  CHECK(check_promises(p.board, p.plan, kMt, "PEE-001").verdict == Verdict::undetermined);
  p.say(document(p.entry(), "1.0"));
  CHECK(check_promises(p.board, p.plan, kMt, "PEE-001").verdict == Verdict::undetermined);
  p.say(promised("1.0", {promise(p.entry(), "TC-1"), promise(p.entry(), "TC-2")}));
  p.say(listed("SCOPE-1", kMt, {scope_item("I-1", "TC-1"), scope_item("I-9", "TC-9")}));
  PromiseCheck check = check_promises(p.board, p.plan, kMt, "PEE-001");
  CHECK(check.verdict == Verdict::not_met);
  REQUIRE(check.missing.size() == 1);
  CHECK(check.missing[0].test_case.text == "TC-2");
  REQUIRE(check.extra.size() == 1);
  CHECK(check.extra[0].item.text == "I-9");
  p.say(scope_changed("SCOPE-1", kMt, {scope_item("I-2", "TC-2")}, {}));
  check = check_promises(p.board, p.plan, kMt, "PEE-001");
  CHECK(check.verdict == Verdict::met);
  CHECK(check.promised == 2);
}

TEST_CASE("what changed between two versions of a document is listed for TAG") {
  Programme p;
  p.say(document(p.entry(), "1.0"));
  p.say(document(p.entry(), "2.0"));
  p.say(promised("1.0", {promise(p.entry(), "TC-1"), promise(p.entry(), "TC-2")}));
  p.say(promised("2.0", {promise(p.entry(), "TC-2"), promise(p.entry(), "TC-3")}));
  const auto changed = version_difference(p.board, p.plan, "DNB-MT", "1.0", "2.0");
  REQUIRE(changed);
  REQUIRE(changed->items_added.size() == 1);
  CHECK(changed->items_added[0].test_case.text == "TC-3");
  REQUIRE(changed->items_removed.size() == 1);
  CHECK(changed->items_removed[0].test_case.text == "TC-1");
  CHECK(changed->cells_added.empty());
  CHECK(!version_difference(p.board, p.plan, "DNB-MT", "1.0", "3.0"));
}

TEST_CASE("every group has to pass every step on every side") {
  Programme p;
  p.say(test_case("TC-DCC", {events::SystemSide::dcc_systems}));
  p.say(listed("SCOPE-1", kMt, {scope_item("I-1", "TC-DCC")}));
  auto cells = group_matrix(p.board, p.plan, migration(), "MOC");
  REQUIRE(cells.size() == 2);
  CHECK(cells[0].side == events::SystemSide::dcc_systems);
  CHECK(cells[0].verdict == Verdict::not_met);
  CHECK(cells[0].items.size() == 1);
  CHECK(cells[1].items.empty());
  p.say(run_started("R1", kMt, "PEE-001", "I-1"));
  p.say(run_finished("R1", events::Outcome::passed));
  cells = group_matrix(p.board, p.plan, migration(), "MOC");
  CHECK(cells[0].verdict == Verdict::met);
  CHECK(cells[1].verdict == Verdict::not_met);
  CHECK(group_matrix(p.board, p.plan, migration(), "FOC").empty());
}

TEST_CASE("Migration DMRT is what the document of MT promises, where the policy asks for it") {
  Programme p;
  CHECK(check_dmrt(p.board, p.plan, migration(), "PEE-001").verdict == Verdict::not_met);
  p.say(document(p.entry(), "1.0"));
  CHECK(check_dmrt(p.board, p.plan, migration(), "PEE-001").verdict == Verdict::not_met);
  events::PromisedItem item = promise(p.entry(), "TC-DMRT");
  item.stage = Identifier("MIG_DMRT");
  p.say(promised("1.0", {item}));
  CHECK(check_dmrt(p.board, p.plan, migration(), "PEE-001").missing.size() == 1);
  events::PhasePlanned planned = phase("MOC-MDS-DMRT-01", {"PEE-001"}, TestKind::mt);
  planned.stage = "MIG_DMRT";
  p.say(planned);
  p.say(listed("SCOPE-2", "MOC-MDS-DMRT-01", {scope_item("D-1", "TC-DMRT")}));
  CHECK(check_dmrt(p.board, p.plan, migration(), "PEE-001").verdict == Verdict::met);
  events::MigrationPolicy others = migration();
  others.dmrt_releases = IdentifierSet::of({"FOC"});
  CHECK(check_dmrt(p.board, p.plan, others, "PEE-001").verdict == Verdict::not_applicable);
}

TEST_CASE("clause 5.7 is an inactive setting: nothing is asked until a policy asks") {
  Programme p;
  p.say(document(p.entry(), "1.0"));
  CHECK(check_security_features(p.board, p.plan, migration(), "PEE-001").verdict ==
        Verdict::not_applicable);
  events::MigrationPolicy asked = migration();
  asked.security_features_required = true;
  CHECK(check_security_features(p.board, p.plan, asked, "PEE-001").verdict == Verdict::not_met);
  events::PromisedItem item = promise(p.entry(), "TC-KEYS");
  item.tags = IdentifierSet::of({"security_feature"});
  p.say(promised("1.0", {item}));
  p.say(listed("SCOPE-1", kMt, {scope_item("I-1", "TC-KEYS")}));
  CHECK(check_security_features(p.board, p.plan, asked, "PEE-001").verdict == Verdict::met);
}

TEST_CASE("requirements lead to results, and what leads nowhere is listed") {
  Programme p;
  p.say(test_case("TC-1", {}));
  p.say(listed("SCOPE-1", kMt, {scope_item("I-1", "TC-1"), scope_item("I-2", "TC-X")}));
  Traceability trace = trace_requirements(p.board, p.plan);
  CHECK(trace.requirements_without_results == std::vector<std::string>{"REQ-1"});
  REQUIRE(trace.untraced_items.size() == 1);
  CHECK(trace.untraced_items[0].item.text == "I-2");
  p.say(run_started("R1", kMt, "PEE-001", "I-1"));
  p.say(run_finished("R1", events::Outcome::passed));
  trace = trace_requirements(p.board, p.plan);
  CHECK(trace.requirements_without_results.empty());
  REQUIRE(trace.requirements.size() == 1);
  CHECK(trace.requirements[0].passed == 1);
}
