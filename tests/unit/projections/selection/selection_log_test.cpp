// The sample's substitution from entries of a log: who may say it, who endorses it, and what the
// fold of the whole programme makes of it.

#include <catch2/catch.hpp>

#include "projections/board/phase_board.hpp"
#include "projections/fold/programme_fold.hpp"
#include "projections/selection/dmc_history.hpp"
#include "projections/selection/epcl_view.hpp"
#include "projections/selection/selection_findings.hpp"
#include "tests/support/fold_log.hpp"
#include "tests/unit/projections/selection/selection_world.hpp"

namespace selection_log_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Category;
using events::TestKind;
using events::Verdict;

namespace {

/// A programme whose Panel has a secretariat, too.
struct Programme {
  ProgrammeFold fold;
  FoldLog log{fold};

  Programme() {
    log.begin_programme();
    say("root-DCC", {key_registered("panel-sec", "SECAS")});
    say("root-DCC", {role_granted("panel-sec", "SECAS", Role::panel_sec)});
    REQUIRE(log.endorse("root-SECAS", log.size() - 1).empty());
  }
  /// The entry's index.
  std::uint64_t say(const char* author, const std::vector<EventData>& events) {
    Terms terms;
    terms.seen = log.seen();
    const auto objections = log.say(author, events, terms);
    if (!objections.empty()) FAIL(objections[0].error.message);
    return log.size() - 1;
  }
  void endorse(const char* author, std::uint64_t index) {
    REQUIRE(log.endorse(author, index).empty());
  }
  std::vector<std::string> rules_found() {
    Findings findings;
    find_selection_findings(fold.facts(), findings);
    std::vector<std::string> rules;
    for (const Finding& finding : std::move(findings).take()) rules.push_back(finding.rule.text);
    return rules;
  }
};

void publish(Programme& programme, const char* policy, const events::PolicyBody& body) {
  events::PolicyPublished published;
  published.body = body;
  published.digest = sha256(to_canonical(body));
  published.note = "every number is invented";
  published.policy = policy;
  programme.say("dcc-reg", {published});
  events::PolicyActivated activated;
  activated.effective_from = at("2019-09-20T00:00:00.000000Z");
  activated.policy = policy;
  programme.say("dcc-reg", {activated});
}

void declare(Programme& programme) {
  programme.say("dcc-rm",
                {release_declared("MOC", {"MDS", "Secure"}), group_declared("ZA", "MDS", {"MOC"}),
                 group_declared("ZB", "MDS", {"MOC"})});
  programme.say("dcc-rm", sample_models());
  programme.say("dcc-rm", sample_dmcs());
  programme.say("dcc-rm", {moc_entry("PEE-001", "DMC-MDS-001", Category::dormant),
                           moc_entry("PEE-004", "DMC-MDS-002", Category::dormant, "MDS", "ZB")});
}

void select(Programme& programme) {
  programme.say("dcc-reg", {consultation_opened(
                               "CON-1", {events::Audience::tag, events::Audience::sec_parties},
                               "2019-09-30T08:00:00.000000Z", "2019-10-11T16:00:00.000000Z")});
  programme.say("dcc-reg", {consultation_closed("CON-1", "2019-10-11T16:00:00.000000Z")});
  for (const char* dmc : {"DMC-MDS-001", "DMC-MDS-002"}) {
    programme.say("dcc-rm", {dmc_selected(dmc, {TestKind::sit, TestKind::mt}, "CON-1")});
  }
}

}  // namespace

TEST_CASE("the sample's substitution by the withdrawn clause is found for two reasons") {
  Programme programme;
  publish(programme, "DMC-SEL-SAMPLE", body_of(sample_selection_policy()));
  publish(programme, "CAL-SAMPLE", sample_calendar());
  declare(programme);
  select(programme);
  programme.say("dcc-tm", {phase("MOC-MDS-SIT-01", {"PEE-001", "PEE-004"})});
  programme.say("dcc-tm", {phase_started("MOC-MDS-SIT-01", {"PEE-001", "PEE-004"})});
  CHECK(programme.rules_found().empty());

  programme.say("dcc-rm", {dmc_deselected("DMC-MDS-002", true)});
  programme.say("dcc-rm", {moc_entry("PEE-006", "DMC-MDS-004", Category::dormant, "MDS", "ZB")});
  events::TagPositionRecorded position;
  position.about = "dmc/DMC-MDS-004";
  position.meeting = "TAG-09";
  position.position = events::Position::noted;
  const EventId noted{programme.say("tag-sec", {position}), 0};
  auto substituted =
      dmc_substituted("DMC-MDS-002", "DMC-MDS-004", "tag_only", {"ESME.firmware_ver"});
  substituted.position = noted;
  const std::uint64_t entry = programme.say("dcc-rm", {substituted});
  CHECK(dmc_state(programme.fold.facts(), "DMC-MDS-002", "MOC") == DmcState::deselected);
  programme.endorse("tag-sec", entry);
  CHECK(dmc_state(programme.fold.facts(), "DMC-MDS-002", "MOC") == DmcState::substituted);

  const auto history = dmc_history(programme.fold.facts(), "DMC-MDS-002");
  REQUIRE(history->replaced_by.size() == 1);
  const SubstitutionView& view = history->replaced_by[0];
  CHECK(view.route->obstacles ==
        std::vector{RouteObstacle::disabled, RouteObstacle::release_outside});
  CHECK(view.steps.at(0).verdict == Verdict::met);
  CHECK(programme.rules_found() == std::vector<std::string>{"D-13.11"});
}

TEST_CASE("an entry of the EPCL counts once the Panel's secretariat has endorsed it") {
  Programme programme;
  declare(programme);
  programme.say("dcc-tm", {phase("SIT-1", {"PEE-001"}), phase("MT-1", {"PEE-001"}, TestKind::mt)});
  programme.say("dcc-tm",
                {phase_started("SIT-1", {"PEE-001"}), phase_started("MT-1", {"PEE-001"})});
  const EventId sit{programme.say("dcc-tm", {exit_decided("SIT-1", {"PEE-001"})}), 0};
  const EventId mt{programme.say("dcc-tm", {exit_decided("MT-1", {"PEE-001"})}), 0};
  const std::uint64_t listing = programme.say(
      "dcc-rm", {epcl_entry_made("PEE-001", "2019-09-20", events::EpclBasis::tested, {sit, mt})});
  const auto state = [&] { return planned_entry_life(programme.fold.facts(), "PEE-001")->state; };
  CHECK(state() == EntryState::tested);
  programme.endorse("panel-sec", listing);
  CHECK(state() == EntryState::eligible);
  CHECK(programme.rules_found().empty());
  const auto lines = epcl_lines(programme.fold.facts());
  CHECK(lines[0].listings.at(0).verdict == Verdict::met);
  // Every view has one canonical form, and comes back from it.
  for (const EpclLine& line : lines) {
    CHECK(to_canonical(from_canonical<EpclLine>(to_canonical(line)).value()) == to_canonical(line));
  }
}

}  // namespace selection_log_test
