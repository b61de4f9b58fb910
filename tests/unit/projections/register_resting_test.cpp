// What rests on the entries of a compromised key: decisions, voices that were counted, keys.

#include "tests/unit/projections/register_support.hpp"

namespace register_resting_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using verify::Resting;
using verify::RestsOn;

namespace {

constexpr const char* kP = "SIT-1";
constexpr const char* kE = "PEE-001";

struct WithPhase : Programme {
  std::uint64_t baseline = 0;
  WithPhase() {
    events::ReleaseDeclared release;
    release.release = "MOC";
    events::DeviceModelRegistered model;
    model.device_model = "M1";
    events::DmcDefined dmc;
    dmc.comms_provider = "CSP";
    dmc.device_models = IdentifierSet::of({"M1"});
    dmc.dmc = "DMC-MDS-001";
    check_admitted(log.say("dcc-rm", {release, model, dmc, planned_entry(kE)}));
    check_admitted(log.say("dcc-tm", {phase(kP, {kE}), listed("S", kP, {item("I", kE)})}));
    baseline = log.size();
    check_admitted(log.say("dcc-tm", {baselined("S", kP, {item("I", kE)})}));
  }
  /// The entry that was said last.
  [[nodiscard]] std::uint64_t last() const { return log.size() - 1; }
  [[nodiscard]] std::vector<Resting> resting(std::vector<std::uint64_t> entries) const {
    return reg.resting_on(entries);
  }
};

}  // namespace

TEST_CASE("a decision rests on its own entry, and nothing else on what decides nothing") {
  WithPhase p;
  check_admitted(p.log.say("dcc-tm", {phase_suspended(kP), entry_decided(kP, {kE})}, p.seeing()));
  const std::uint64_t at = p.last();
  const std::vector<Resting> found = p.resting({at});
  REQUIRE(found.size() == 1);
  CHECK(found[0] == Resting{{at, 1}, "entry_decided", "phase/SIT-1", {at, 1}, RestsOn::said});
  CHECK(p.resting({}).empty());
  check_admitted(p.log.say("harness", {events::Heartbeat{}}));
  CHECK(p.resting({p.last()}).empty());
}

TEST_CASE(
    "a baseline rests on the voice that brought it into effect, not on those without weight") {
  WithPhase p;
  check_admitted(p.log.endorse("harness", p.baseline));  // another role
  const std::uint64_t without = p.last();
  CHECK(p.resting({without}).at(0).how == RestsOn::waiting);
  check_admitted(p.log.endorse("sp-tl", p.baseline));
  const std::uint64_t with = p.last();
  check_admitted(p.log.endorse("sp-tl", p.baseline));
  CHECK(p.resting({without}).empty());
  CHECK(p.resting({p.last()}).empty());
  const std::vector<Resting> found = p.resting({with});
  REQUIRE(found.size() == 1);
  CHECK(found[0].event == EventId{p.baseline, 0});
  CHECK(found[0].type == "scope_baselined");
  CHECK(found[0].by == EventId{with, 0});
  CHECK(found[0].how == RestsOn::endorsed);
}

TEST_CASE("what takes a threshold rests on every root's voice until it took effect") {
  Programme p;
  const std::uint64_t at = p.log.size();
  check_admitted(p.log.say("root-DCC", {role_granted("dcc-im", "DCC", Role::dcc_tm)}));
  check_admitted(p.log.endorse("root-DCC", at));
  check_admitted(p.log.endorse("dcc-reg", at));
  check_admitted(p.log.endorse("root-SECAS", at));
  check_admitted(p.log.endorse("root-SECAS", at));
  const std::vector<std::uint64_t> all{at, at + 1, at + 2, at + 3, at + 4};
  std::vector<EventId> by;
  for (const Resting& resting : p.reg.resting_on(all)) {
    CHECK(resting.event == EventId{at, 0});
    by.push_back(resting.by);
  }
  CHECK(by == std::vector<EventId>{{at, 0}, {at + 1, 0}, {at + 3, 0}});
}

TEST_CASE("a voice for or against what needs nobody is listed with what it speaks to") {
  WithPhase p;
  check_admitted(p.log.say("dcc-tm", {entry_decided(kP, {kE})}, p.seeing()));
  const std::uint64_t at = p.last();
  check_admitted(p.log.endorse("tag-sec", at));
  CHECK(p.resting({p.last()}).at(0).how == RestsOn::endorsed);
  EntryView entry;
  REQUIRE(parse_entry(p.log.entries().at(at), entry).has_value());
  events::DecisionDissented dissent;
  dissent.target = {at, 0};
  dissent.digest = sha256(entry.submission.events.front().bytes);
  dissent.reason = "too early";
  check_admitted(p.log.say("sp-tl", {dissent}, p.seeing()));
  const std::vector<Resting> found = p.resting({p.last()});
  REQUIRE(found.size() == 1);
  CHECK(found[0].how == RestsOn::dissent);
  CHECK(found[0].event == EventId{at, 0});
}

TEST_CASE("a key rests on the entry that registered it") {
  Programme p;
  check_admitted(p.log.say("dcc-reg", {key_registered("friend", "DCC")}));
  const std::vector<Resting> found = p.reg.resting_on(std::vector{p.log.size() - 1});
  REQUIRE(found.size() == 1);
  CHECK(found[0].type == "key_registered");
  CHECK(found[0].subject == "key/" + key_of("friend").hex());
}

}  // namespace register_resting_test
