// Events that need several voices: thresholds of root parties, endorsements by another party's
// role, dissents, and what they complete.

#include "tests/unit/projections/register_support.hpp"

namespace register_voices_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

constexpr const char* kP = "SIT-1";
constexpr const char* kE = "PEE-001";

/// A programme with a phase and a scope whose baseline, the last entry, awaits the provider.
struct WithBaseline : Programme {
  std::uint64_t baseline = 0;
  WithBaseline() {
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
  [[nodiscard]] const Decision& decision() const { return reg.state().decisions.at({baseline, 0}); }
};

events::ClockReset clock_reset() { return {"the clock ran away"}; }

events::RootsChanged roots_changed(const std::vector<std::string>& parties,
                                   std::uint64_t threshold) {
  events::RootsChanged event;
  event.reason = "as agreed";
  event.root_threshold = threshold;
  for (const std::string& party : parties) {
    event.roots.push_back({key_of("root-" + party), party, public_key_of("root-" + party)});
  }
  std::sort(event.roots.begin(), event.roots.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return event;
}

events::LogKeyRotated rotated(const char* to, const char* next) {
  return {{key_of(to), public_key_of(to)}, key_of(next), "planned"};
}

}  // namespace

TEST_CASE("a baseline takes effect with the endorsement of the other party's role") {
  WithBaseline p;
  CHECK_FALSE(p.reg.effective_at_once(0));
  CHECK_FALSE(p.decision().effective.has_value());
  CHECK(p.decision().event.has_value());
  check_admitted(p.log.endorse("sp-tl", p.baseline));
  REQUIRE(p.reg.completed().size() == 1);
  CHECK(p.reg.completed()[0].id == EventId{p.baseline, 0});
  CHECK(p.reg.completed()[0].party == Identifier("DCC"));
  CHECK(p.reg.completed()[0].author == key_of("dcc-tm"));
  CHECK(event_if<events::ScopeBaselined>(&p.reg.completed()[0].data) != nullptr);
  CHECK(p.decision().effective == EventId{p.baseline + 1, 0});
  CHECK_FALSE(p.decision().event.has_value());
  check_admitted(p.log.endorse("sp-tl", p.baseline));
  CHECK(p.reg.completed().empty());
  CHECK(p.decision().endorsements.size() == 2);
}

TEST_CASE("an endorsement counts only from another party, and only with the role") {
  WithBaseline p;
  check_admitted(p.log.endorse("dcc-tm", p.baseline));   // same party, same key
  check_admitted(p.log.endorse("harness", p.baseline));  // another party, another role
  check_admitted(p.log.endorse("root-SECAS", p.baseline));
  CHECK_FALSE(p.decision().effective.has_value());

  // The role within the author's own party does not count either.
  check_admitted(p.log.say("root-DCC", {key_registered("dcc-sp", "DCC")}));
  check_admitted(p.log.say("root-DCC", {role_granted("dcc-sp", "DCC", Role::sp_tl)}));
  check_admitted(p.log.endorse("root-SECAS", p.log.size() - 1));
  check_admitted(p.log.endorse("dcc-sp", p.baseline));
  CHECK_FALSE(p.decision().effective.has_value());
  CHECK(p.decision().endorsements.size() == 4);
}

TEST_CASE("an earlier endorsement gains no weight from a role that is granted later") {
  WithBaseline p;
  check_admitted(p.log.endorse("harness", p.baseline));
  check_admitted(p.log.say("root-DCC", {role_granted("harness", "S1SP-A", Role::sp_tl)}));
  check_admitted(p.log.endorse("root-SECAS", p.log.size() - 1));
  check_admitted(p.log.endorse("tag-sec", p.baseline));
  CHECK_FALSE(p.decision().effective.has_value());
  check_admitted(p.log.endorse("harness", p.baseline));
  CHECK(p.decision().effective.has_value());
}

TEST_CASE("an endorsement names an event that takes voices, and its digest") {
  WithBaseline p;
  events::DecisionEndorsed event;
  event.target = {p.baseline, 0};
  event.digest = sha256("something else");
  check_rejected(p.log.say("sp-tl", {event}, p.seeing()), "digest is not that of event");
  event.target = {p.baseline, 1};
  check_rejected(p.log.say("sp-tl", {event}, p.seeing()),
                 "is not one that others may endorse or dissent from");
  event.target = {p.log.size(), 0};  // itself
  check_rejected(p.log.say("sp-tl", {event}, p.seeing()), "is not one that others may");
}

TEST_CASE("voices are decisions, and have to name what their authors had seen") {
  WithBaseline p;
  EntryView entry;
  REQUIRE(parse_entry(p.log.entries().at(p.baseline), entry).has_value());
  events::DecisionEndorsed event;
  event.target = {p.baseline, 0};
  event.digest = sha256(entry.submission.events.front().bytes);
  check_rejected(p.log.say("sp-tl", {event}), "a decision must name the head of the log");
  check_admitted(p.log.say("sp-tl", {event}, p.seeing()));
}

TEST_CASE("dissents are kept with their reasons and complete nothing") {
  WithBaseline p;
  EntryView entry;
  REQUIRE(parse_entry(p.log.entries().at(p.baseline), entry).has_value());
  events::DecisionDissented dissent;
  dissent.target = {p.baseline, 0};
  dissent.digest = sha256(entry.submission.events.front().bytes);
  dissent.reason = "two items are missing";
  check_admitted(p.log.say("sp-tl", {dissent}, p.seeing()));
  CHECK_FALSE(p.decision().effective.has_value());
  REQUIRE(p.decision().dissents.size() == 1);
  CHECK(p.decision().dissents[0].text == "two items are missing");
  CHECK(p.decision().dissents[0].party == Identifier("S1SP-A"));
}

TEST_CASE("a decision that needs nobody is in effect at once, and still takes voices") {
  WithBaseline p;
  const std::uint64_t at = p.log.size();
  check_admitted(p.log.say("dcc-tm", {entry_decided(kP, {kE})}, p.seeing()));
  CHECK(p.reg.effective_at_once(0));
  const Decision& decision = p.reg.state().decisions.at({at, 0});
  CHECK(decision.effective == EventId{at, 0});
  CHECK(decision.subject == std::string("phase/") + kP);
  check_admitted(p.log.endorse("tag-sec", at));
  CHECK(decision.endorsements.size() == 1);
  CHECK(p.reg.completed().empty());
}

TEST_CASE("decisions without what their author had seen are refused") {
  WithBaseline p;
  check_rejected(p.log.say("dcc-tm", {entry_decided(kP, {kE})}),
                 "a decision must name the head of the log that its author had seen");
  check_rejected(p.log.say("root-DCC", {roots_changed({"DCC"}, 1)}), "a decision must name");
}

TEST_CASE("a root threshold is reached by parties, and completed by a root's own voice") {
  Programme p;
  const std::uint64_t at = p.log.size();
  check_admitted(p.log.say("root-DCC", {clock_reset()}));
  CHECK_FALSE(p.reg.clock_was_reset());
  check_admitted(p.log.endorse("root-DCC", at));
  check_admitted(p.log.endorse("dcc-reg", at));
  check_admitted(p.log.endorse("tag-sec", at));  // SECAS too, and no root key
  CHECK_FALSE(p.reg.state().decisions.at({at, 0}).effective.has_value());
  check_admitted(p.log.endorse("root-SECAS", at));
  CHECK(p.reg.clock_was_reset());
  CHECK(p.reg.completed().size() == 1);
  // It holds for the next entry, and for that one only.
  check_admitted(p.log.say("dcc-reg", {events::Heartbeat{}}));
  CHECK_FALSE(p.reg.clock_was_reset());
}

TEST_CASE("new roots rule from the next entry on, under their own threshold") {
  Programme p;
  const std::uint64_t at = p.log.size();
  check_admitted(p.log.say("root-DCC", {roots_changed({"DCC", "SMSO-MDS"}, 1)}, p.seeing()));
  check_unauthorised(p.log.say("root-SMSO-MDS", {events::Heartbeat{}}), "is not registered");
  check_admitted(p.log.endorse("root-SECAS", at));
  CHECK(p.reg.state().root_threshold == 1);
  check_unauthorised(p.log.say("root-SECAS", {events::Heartbeat{}}), "is not registered");
  check_admitted(p.log.say("root-SMSO-MDS", {clock_reset()}));
  CHECK(p.reg.effective_at_once(0));
  CHECK(p.reg.clock_was_reset());
}

TEST_CASE("a voice that was not a root's when it spoke never becomes one") {
  Programme p;
  const std::uint64_t waiting = p.log.size();
  check_admitted(p.log.say("root-DCC", {role_granted("dcc-im", "DCC", Role::dcc_tm)}));
  // The key that speaks here becomes a root key afterwards: one key has one purpose, so it has to
  // be a stranger to the register when it does, which only a log written by others can show.
  check_admitted(
      p.log.say("root-DCC", {roots_changed({"DCC", "SECAS", "SMSO-MDS"}, 2)}, p.seeing()));
  const std::uint64_t change = p.log.size() - 1;
  Terms kept = keeping_on();
  CHECK_FALSE(p.log.endorse("root-SMSO-MDS", waiting, kept).empty());
  check_admitted(p.log.endorse("root-SECAS", change));
  check_admitted(p.log.endorse("dcc-reg", waiting));
  CHECK_FALSE(p.reg.state().decisions.at({waiting, 0}).effective.has_value());
  check_admitted(p.log.endorse("root-SMSO-MDS", waiting));
  CHECK(p.reg.state().decisions.at({waiting, 0}).effective.has_value());
}

TEST_CASE("the voice of a root that was removed no longer counts") {
  Programme p;
  const std::uint64_t waiting = p.log.size();
  check_admitted(p.log.say("root-DCC", {role_granted("dcc-im", "DCC", Role::dcc_tm)}));
  check_admitted(p.log.say("root-SECAS", {roots_changed({"SECAS", "SMSO-MDS"}, 2)}, p.seeing()));
  check_admitted(p.log.endorse("root-DCC", p.log.size() - 1));
  check_admitted(p.log.endorse("root-SECAS", waiting));
  CHECK_FALSE(p.reg.state().decisions.at({waiting, 0}).effective.has_value());
  check_admitted(p.log.endorse("root-SMSO-MDS", waiting));
  CHECK(p.reg.state().decisions.at({waiting, 0}).effective.has_value());
}

TEST_CASE("a decision that a lower threshold would let pass still waits for a root's own voice") {
  Programme p;
  const std::uint64_t waiting = p.log.size();
  check_admitted(p.log.say("root-DCC", {role_granted("dcc-im", "DCC", Role::dcc_tm)}));
  check_admitted(p.log.say("root-DCC", {roots_changed({"DCC", "SECAS"}, 1)}, p.seeing()));
  check_admitted(p.log.endorse("root-SECAS", p.log.size() - 1));
  REQUIRE(p.reg.state().root_threshold == 1);
  check_admitted(p.log.endorse("dcc-reg", waiting));
  CHECK_FALSE(p.reg.state().decisions.at({waiting, 0}).effective.has_value());
  check_admitted(p.log.endorse("root-DCC", waiting));
  CHECK(p.reg.state().decisions.at({waiting, 0}).effective.has_value());
}

TEST_CASE("the log's key rotates to the key that was announced, and to no other") {
  Programme p;
  check_rejected(p.log.say("root-DCC", {rotated("log-2", "log-3")}, p.seeing()),
                 "the new log key is not the one announced before");
  const std::uint64_t at = p.log.size();
  check_admitted(p.log.say("root-DCC", {rotated("log-1", "log-2")}, p.seeing()));
  CHECK(p.reg.state().log_key.key == key_of("log-0"));
  check_admitted(p.log.endorse("root-SECAS", at));
  CHECK(p.reg.state().log_key.key == key_of("log-1"));
  CHECK(p.reg.state().next_log_key == key_of("log-2"));
  check_rejected(p.log.say("root-DCC", {rotated("log-1", "log-3")}, p.seeing()),
                 "the new log key is not the one announced before");
}

TEST_CASE("of two rotations that wait, the second comes to nothing once the first took effect") {
  Programme p;
  const std::uint64_t first = p.log.size();
  check_admitted(p.log.say("root-DCC", {rotated("log-1", "log-2")}, p.seeing()));
  check_admitted(p.log.say("root-DCC", {rotated("log-1", "log-3")}, p.seeing()));
  check_admitted(p.log.endorse("root-SECAS", first));
  check_admitted(p.log.endorse("root-SECAS", first + 1));
  CHECK(p.reg.state().log_key.key == key_of("log-1"));
  CHECK(p.reg.state().next_log_key == key_of("log-2"));
  CHECK_FALSE(p.reg.state().decisions.at({first + 1, 0}).effective.has_value());
  CHECK(p.reg.completed().empty());
}

TEST_CASE("an entry that completes a change of roots is itself judged by the old ones") {
  Programme p;
  const std::uint64_t change = p.log.size();
  check_admitted(p.log.say("root-DCC", {roots_changed({"DCC", "SECAS"}, 1)}, p.seeing()));
  EntryView entry;
  REQUIRE(parse_entry(p.log.entries().at(change), entry).has_value());
  events::DecisionEndorsed endorsed;
  endorsed.digest = sha256(entry.submission.events.front().bytes);
  endorsed.target = {change, 0};
  // The threshold of one is in force from the next entry on, not for the rest of this one.
  const std::uint64_t at = p.log.size();
  check_admitted(
      p.log.say("root-SECAS", {endorsed, role_granted("dcc-im", "DCC", Role::dcc_tm)}, p.seeing()));
  CHECK(p.reg.state().root_threshold == 1);
  CHECK_FALSE(p.reg.effective_at_once(1));
  CHECK_FALSE(p.reg.state().decisions.at({at, 1}).effective.has_value());
  CHECK_FALSE(p.reg.roles_of(key_of("dcc-im")).contains(Role::dcc_tm));
  check_admitted(p.log.say("root-SECAS", {role_granted("dcc-rm", "DCC", Role::dcc_tm)}));
  CHECK(p.reg.effective_at_once(0));
}

TEST_CASE("an entry that raises the threshold is itself judged by the lower one") {
  Programme p;
  const std::uint64_t lower = p.log.size();
  check_admitted(p.log.say("root-DCC", {roots_changed({"DCC", "SECAS"}, 1)}, p.seeing()));
  check_admitted(p.log.endorse("root-SECAS", lower));
  const EventData raised = roots_changed({"DCC", "SECAS"}, 2);
  check_admitted(
      p.log.say("root-DCC", {raised, role_granted("dcc-im", "DCC", Role::dcc_tm)}, p.seeing()));
  CHECK(p.reg.effective_at_once(1));
  CHECK(p.reg.roles_of(key_of("dcc-im")).contains(Role::dcc_tm));
  CHECK(p.reg.state().root_threshold == 2);
}

TEST_CASE("of two rotations in one entry the second comes to nothing and waits") {
  Programme p;
  const std::uint64_t lower = p.log.size();
  check_admitted(p.log.say("root-DCC", {roots_changed({"DCC", "SECAS"}, 1)}, p.seeing()));
  check_admitted(p.log.endorse("root-SECAS", lower));
  const std::uint64_t at = p.log.size();
  check_admitted(
      p.log.say("root-DCC", {rotated("log-1", "log-2"), rotated("log-1", "log-3")}, p.seeing()));
  CHECK(p.reg.effective_at_once(0));
  CHECK_FALSE(p.reg.effective_at_once(1));
  CHECK(p.reg.state().next_log_key == key_of("log-2"));
  CHECK_FALSE(p.reg.state().decisions.at({at, 1}).effective.has_value());
  check_admitted(p.log.endorse("root-SECAS", at));  // in effect already: a voice, and no more
  CHECK(p.reg.completed().empty());
}

TEST_CASE("two endorsements of one event in one entry complete it once") {
  WithBaseline p;
  EntryView entry;
  REQUIRE(parse_entry(p.log.entries().at(p.baseline), entry).has_value());
  events::DecisionEndorsed endorsed;
  endorsed.digest = sha256(entry.submission.events.front().bytes);
  endorsed.target = {p.baseline, 0};
  check_admitted(p.log.say("sp-tl", {endorsed, endorsed}, p.seeing()));
  CHECK(p.reg.completed().size() == 1);
  CHECK(p.decision().effective == EventId{p.baseline + 1, 0});
}

}  // namespace register_voices_test
