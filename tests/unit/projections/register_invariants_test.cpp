// The hard invariants as the register holds them, what `expect` compares, and what a refusal or an
// event that nobody knows leaves behind.

#include "projections/register/invariant_check.hpp"
#include "tests/unit/projections/register_support.hpp"

namespace register_invariants_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

constexpr const char* kP = "SIT-1";
constexpr const char* kE = "PEE-001";

struct WithPhase : Programme {
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
    check_admitted(log.say("dcc-tm", {phase(kP, {kE})}));
  }
};

events::ImportFinished finished(const char* import, std::uint64_t count) {
  return import_finished(import, count);
}

Terms expecting(const std::string& subject, std::uint64_t size) {
  Terms terms;
  terms.expect = {{subject, size}};
  return terms;
}

}  // namespace

TEST_CASE("a thing is made once, and what is referred to exists") {
  WithPhase p;
  check_rejected(p.log.say("dcc-tm", {phase(kP, {kE})}), "phase/SIT-1 exists already");
  check_rejected(p.log.say("dcc-tm", {phase("SIT-2", {"PEE-009"})}),
                 "there is no planned_entry/PEE-009");
  check_rejected(p.log.say("harness", {run_finished("R1", Outcome::passed)}), "there is no run/R1");
  check_rejected(p.log.say("dcc-tm", {phase_started("SIT-9", {kE})}), "there is no phase/SIT-9");
  // Naming a subject does not make it exist.
  check_rejected(p.log.say("dcc-tm", {phase_started("SIT-9", {kE})}), "there is no phase/SIT-9");
}

TEST_CASE("events of one submission may build on one another, in their order") {
  WithPhase p;
  check_rejected(
      p.log.say("harness", {run_finished("R1", Outcome::passed), run_started("R1", kP, kE, "I")}),
      "event 0 (run_finished): there is no run/R1");
  check_admitted(
      p.log.say("harness", {run_started("R1", kP, kE, "I"), run_finished("R1", Outcome::passed)}));
}

TEST_CASE("a run finishes once") {
  WithPhase p;
  check_admitted(p.log.say("harness", {run_started("R1", kP, kE, "I")}));
  check_admitted(p.log.say("harness", {run_finished("R1", Outcome::failed)}));
  check_rejected(p.log.say("harness", {run_finished("R1", Outcome::passed)}),
                 "run/R1 is closed already");
  check_rejected(p.log.say("harness", {run_started("R1", kP, kE, "I")}), "run/R1 exists already");
}

TEST_CASE("the parts of an import come in order, without gap, and as many as its receipt says") {
  WithPhase p;
  check_admitted(p.log.say("harness", {import_started("IMP", kP, kE, "B1", 3)}));
  check_rejected(p.log.say("harness", {result("IMP", 1, "", Outcome::passed)}),
                 "the next is number 0, not 1");
  check_admitted(p.log.say(
      "harness", {result("IMP", 0, "", Outcome::passed), result("IMP", 1, "", Outcome::passed)}));
  check_rejected(p.log.say("harness", {result("IMP", 1, "", Outcome::passed)}),
                 "has 2 parts; the next is number 2, not 1");
  check_rejected(p.log.say("harness", {result("IMP", 3, "", Outcome::passed)}),
                 "the next is number 2, not 3");
  check_rejected(p.log.say("harness", {finished("IMP", 3)}), "has 2 parts, not 3");
  check_admitted(p.log.say("harness", {result("IMP", 2, "", Outcome::passed), finished("IMP", 3)}));
  check_rejected(p.log.say("harness", {result("IMP", 3, "", Outcome::passed)}),
                 "import/IMP is closed already");
  check_rejected(p.log.say("harness", {finished("IMP", 3)}), "import/IMP is closed already");
  check_rejected(p.log.say("harness", {result("IMP-2", 0, "", Outcome::passed)}),
                 "there is no import/IMP-2");
}

TEST_CASE("the counts of an import add up") {
  WithPhase p;
  check_admitted(p.log.say(
      "harness", {import_started("IMP", kP, kE, "B1", 1), result("IMP", 0, "", Outcome::passed)}));
  auto receipt = finished("IMP", 1);
  receipt.counts.failed = 1;
  check_rejected(p.log.say("harness", {receipt}), "the counts of an import add up");
}

TEST_CASE("a scope item is listed once in its scope") {
  WithPhase p;
  check_admitted(p.log.say("dcc-tm", {listed("S", kP, {item("I", kE)})}));
  check_rejected(p.log.say("dcc-tm", {listed("S", kP, {item("I", kE)})}),
                 "another scope has the same item id");
  check_admitted(p.log.say("dcc-tm", {listed("T", kP, {item("I", kE)})}));
}

TEST_CASE("an event stands under the subject that its fields make") {
  WithPhase p;
  const EventData data = phase_started(kP, {kE});
  const std::string text =
      format_event("phase_started", 1, "phase/SIT-2", p.log.now(), encode_data(data));
  check_rejected(p.log.say_text("dcc-tm", {text}), "its subject must be \"phase/SIT-1\"");
}

TEST_CASE("an expectation that does not hold is a conflict, and names what was touched when") {
  WithPhase p;
  const std::uint64_t planned_at = p.log.size();
  const std::string subject = std::string("phase/") + kP;
  CHECK(p.reg.touched_size(subject) == planned_at);
  CHECK(p.reg.touched_size("phase/SIT-9") == 0);
  const auto refused =
      p.log.say("dcc-tm", {phase_suspended(kP)}, expecting(subject, planned_at - 1));
  check_objection(refused, verify::Claim::invariants, Errc::conflict, "was last touched at size");
  check_admitted(p.log.say("dcc-tm", {phase_suspended(kP)}, expecting(subject, planned_at)));
  check_objection(p.log.say("dcc-tm", {phase_resumed(kP)}, expecting(subject, planned_at)),
                  verify::Claim::invariants, Errc::conflict,
                  "was last touched at size " + std::to_string(planned_at + 1));
  check_admitted(p.log.say("dcc-tm", {phase("SIT-9", {kE})}, expecting("phase/SIT-9", 0)));
}

TEST_CASE("a submission signed for another log is refused") {
  WithPhase p;
  Terms terms;
  terms.log = sha256("another log").hex();
  check_rejected(p.log.say("dcc-tm", {phase_suspended(kP)}, terms), "signed for another log");
  terms.log = FoldLog::kOrigin;
  check_rejected(p.log.say("dcc-tm", {phase_suspended(kP)}, terms), "signed for another log");
}

TEST_CASE("a refused submission leaves the state as it was, wherever it was refused") {
  WithPhase p;
  const Hash before = p.digest();
  const std::vector<std::vector<EventData>> refused{
      {phase("SIT-2", {kE}), phase("SIT-3", {kE}), phase("SIT-2", {kE})},
      {listed("S", kP, {item("I", kE), item("I", kE)})},
      {phase_suspended(kP), run_started("R1", kP, kE, "I")},
      {entry_decided(kP, {kE})},
  };
  for (const auto& submission : refused) {
    CHECK_FALSE(p.log.say("dcc-tm", submission).empty());
    CHECK(p.digest() == before);
  }
  CHECK_FALSE(p.log
                  .say("harness", {import_started("IMP", kP, kE, "B", 1),
                                   result("IMP", 0, "", Outcome::passed),
                                   result("IMP", 2, "", Outcome::passed)})
                  .empty());
  CHECK(p.digest() == before);
  CHECK_FALSE(p.log.say("stranger", {events::Heartbeat{}}).empty());
  CHECK(p.digest() == before);
  check_admitted(p.log.say("dcc-tm", {phase("SIT-2", {kE})}));
  CHECK(p.digest() != before);
}

TEST_CASE("an event of a type that this build does not know is refused with the nearest name") {
  WithPhase p;
  const Hash before = p.digest();
  const auto say = [&](const char* type, std::uint64_t version, const Terms& terms = {}) {
    return p.log.say_text("dcc-tm", {format_event(type, version, "phase/SIT-1", p.log.now(), "{}")},
                          terms);
  };
  auto refused = say("phase_start", 1);
  check_objection(refused, verify::Claim::invariants, Errc::unsupported, "unknown event type");
  CHECK(refused[0].error.hint == "did you mean \"phase_started\"?");
  check_objection(say("phase_started", 2), verify::Claim::invariants, Errc::unsupported,
                  "version 2");
  CHECK(p.digest() == before);
  CHECK(p.reg.state().unknown_events == 0);

  // In a log that holds one already, the rest is folded, and the state says that it is incomplete.
  CHECK_FALSE(say("phase_paused", 1, keeping_on()).empty());
  CHECK(p.reg.state().unknown_events == 1);
  CHECK_FALSE(p.reg.last_events().at(0).has_value());
  check_admitted(p.log.say("dcc-tm", {phase_suspended(kP)}));
}

TEST_CASE("an event with a member too many or too few is refused") {
  WithPhase p;
  for (const char* data :
       {"{}", R"({"phase":"SIT-1","reason":"x","why":"y"})", R"({"phase":"SIT 1","reason":"x"})"}) {
    const auto refused = p.log.say_text(
        "dcc-tm", {format_event("phase_suspended", 1, "phase/SIT-1", p.log.now(), data)});
    check_objection(refused, verify::Claim::invariants, Errc::malformed, "phase_suspended");
  }
}

TEST_CASE("a fold that keeps on notes what it objects to and goes on with the next entry") {
  WithPhase p;
  const std::uint64_t size = p.log.size();
  check_rejected(p.log.say("harness", {run_finished("R9", Outcome::passed)}, keeping_on()),
                 "there is no run/R9");
  check_unauthorised(p.log.say("stranger", {phase_suspended(kP)}, keeping_on()),
                     "is not registered");
  CHECK(p.reg.size() == size + 2);
  check_admitted(p.log.say("dcc-tm", {phase_suspended(kP)}));
  CHECK(p.reg.touched_size(std::string("phase/") + kP) == size + 3);
}

TEST_CASE("governance that nobody was entitled to has no effect, even in a log that holds it") {
  const auto kept = [](auto&& say) {
    WithPhase p;
    CHECK_FALSE(say(p).empty());
    return p;
  };
  const auto takeover = kept([](WithPhase& p) {
    return p.log.say("stranger", {p.log.genesis({"MALLORY"}, 1)}, keeping_on());
  });
  CHECK(takeover.reg.state().roots.size() == 2);

  auto smuggled = kept([](WithPhase& p) {
    return p.log.say("harness", {key_registered("friend", "S1SP-A")}, keeping_on());
  });
  CHECK_FALSE(smuggled.reg.state().keys.contains(key_of("friend")));

  const auto unmade = kept([](WithPhase& p) {
    events::KeyRevoked revoked;
    revoked.key = key_of("dcc-tm");
    revoked.reason = "we do not like it";
    return p.log.say("harness", {revoked}, keeping_on());
  });
  CHECK(unmade.reg.state().keys.at(key_of("dcc-tm")).status == KeyStatus::active);

  // A genuine submission of the same people, replayed out of another log.
  const auto replayed = kept([](WithPhase& p) {
    Terms terms = keeping_on();
    terms.log = sha256("another log").hex();
    return p.log.say("root-DCC", {key_registered("friend", "DCC")}, terms);
  });
  CHECK_FALSE(replayed.reg.state().keys.contains(key_of("friend")));

  // Taking over a key that belongs to somebody else.
  const auto renamed = kept([](WithPhase& p) {
    auto again = key_registered("harness", "DCC");
    again.holder = "dcc-tm";
    return p.log.say("dcc-reg", {again}, keeping_on());
  });
  CHECK(renamed.reg.state().keys.at(key_of("harness")).party == Identifier("S1SP-A"));
}

TEST_CASE("what needs voices and was objected to is not handed on as being in effect") {
  WithPhase p;
  check_admitted(
      p.log.say("harness", {run_started("R1", kP, kE, "I"), run_finished("R1", Outcome::failed)}));
  CHECK_FALSE(p.log.say("harness", {run_invalidated("R1")}, keeping_on()).empty());
  CHECK_FALSE(p.reg.effective_at_once(0));
  CHECK_FALSE(p.reg.state().decisions.contains({p.log.size() - 1, 0}));
}

TEST_CASE("the register comes back from both archives as it was, and goes on alike") {
  WithPhase p;
  check_admitted(p.log.say("dcc-tm", {listed("S", kP, {item("I", kE)})}));
  check_admitted(p.log.say("dcc-tm", {baselined("S", kP, {item("I", kE)})}));
  const std::string binary = to_binary(p.reg.state());
  auto restored = from_binary<RegisterState>(binary);
  REQUIRE(restored.has_value());
  CHECK(to_canonical(*restored) == to_canonical(p.reg.state()));
  const auto from_text = from_canonical<RegisterState>(to_canonical(p.reg.state()));
  REQUIRE(from_text.has_value());
  CHECK(to_binary(*from_text) == binary);

  Register other;
  other.mutable_state() = std::move(*restored);
  check_admitted(p.log.endorse("sp-tl", p.log.size() - 1));
  EntryView entry;
  REQUIRE(parse_entry(p.log.entries().back(), entry).has_value());
  check_admitted(other.admit(entry, verify::OnObjection::refuse));
  CHECK(other.completed().size() == 1);
  CHECK(state_digest(other.state()) == p.digest());
}

TEST_CASE("what was only named as a subject does not exist, and can still be made") {
  IdTable ids;
  const EventCounts none;
  ids.change("scope/S").touched_size = 7;
  InvariantCheck asks(ids, none, {});
  asks.exists(Kind::scope, "S");
  CHECK(asks.broken() == "there is no scope/S");
  InvariantCheck closes(ids, none, {});
  closes.closes(Kind::scope, "S");
  CHECK(closes.broken() == "there is no scope/S");
  InvariantCheck makes(ids, none, {});
  makes.creates(Kind::scope, "S");
  makes.exists(Kind::scope, "S");
  CHECK(makes.broken().empty());
  CHECK(ids.find("scope/S")->touched_size == 7);
}

TEST_CASE("an address of an event names one that is there already") {
  WithPhase p;
  const std::uint64_t next = p.log.size();
  const auto raised = [](EventId result) {
    auto event = issue_raised("TI-1", kP, {kE});
    event.results = {result};
    return event;
  };
  // The entry before holds one event; the next one is this entry itself.
  const std::vector<EventId> missing{
      {next - 1, 1}, {next, 0}, {next, 1}, {next + 1, 0}, {9'999, 0}};
  for (const EventId& id : missing) {
    CAPTURE(id.text());
    check_rejected(p.log.say("dcc-im", {raised(id)}),
                   "there is no event " + id.text() + " before this one");
  }
  check_admitted(p.log.say("dcc-im", {raised({next - 1, 0})}));
  // Earlier in the same submission is early enough.
  auto severity = severity_changed("TI-1", 2, 3);
  severity.approval = EventId{p.log.size(), 0};
  check_admitted(p.log.say("dcc-im", {issue_triaged("TI-1", 2), severity}));
}

TEST_CASE("every member that is an address of an event is held against the log") {
  WithPhase p;
  check_admitted(p.log.say("dcc-im", {issue_raised("TI-1", kP, {kE})}));
  check_admitted(p.log.say("dcc-tm", {listed("S", kP, {item("I", kE)})}));
  check_admitted(p.log.say("dcc-tm", {baselined("S", kP, {item("I", kE)})}));
  const EventId nowhere{9'999, 0};
  auto severity = severity_changed("TI-1", 2, 3);
  severity.approval = nowhere;
  auto deferred = issue_deferred("TI-1");
  deferred.approval = nowhere;
  events::RetestRecorded tested;
  tested.issue = "TI-1";
  tested.result = nowhere;
  for (const EventData& event : std::vector<EventData>{severity, deferred, tested}) {
    CAPTURE(type_of(event).name);
    check_rejected(p.log.say("dcc-im", {event}), "there is no event 9999.0");
  }
  auto changed = scope_changed("S", kP, {item("J", kE)}, {});
  changed.approval = nowhere;
  auto waiver = waived(kP, kE, "I");
  waiver.approval = nowhere;
  auto exit = exit_decided(kP, {kE});
  exit.basis = {nowhere};
  for (const EventData& event : std::vector<EventData>{changed, waiver, exit}) {
    CAPTURE(type_of(event).name);
    check_rejected(p.log.say("dcc-tm", {event}, p.seeing()), "there is no event 9999.0");
  }
}

TEST_CASE("a cut-off states a size that the log had") {
  WithPhase p;
  check_rejected(p.log.say("dcc-tm", {cutoff(kP, {kE}, p.log.size() + 1)}),
                 "cutoff_size " + std::to_string(p.log.size() + 1) + " lies beyond");
  check_admitted(p.log.say("dcc-tm", {cutoff(kP, {kE}, p.log.size())}));
}

TEST_CASE("the counts of events come back from their bytes") {
  EventCounts counts;
  for (const std::size_t count : {1U, 255U, 256U, 1'024U}) counts.add(count);
  const auto back = from_binary<EventCounts>(to_binary(counts)).value();
  const std::uint64_t held[] = {1, 255, 256, 1'024};
  for (std::uint64_t entry = 0; entry < std::size(held); ++entry) {
    CHECK(back.holds({entry, held[entry] - 1}));
    CHECK_FALSE(back.holds({entry, held[entry]}));
  }
  CHECK_FALSE(back.holds({std::size(held), 0}));
}

TEST_CASE("a run or an import goes on by keys of the party that began it") {
  WithPhase p;
  check_admitted(p.log.say("root-DCC", {key_registered("other-harness", "SMSO-MDS")}));
  check_admitted(p.log.say("root-DCC", {role_granted("other-harness", "SMSO-MDS", Role::harness)}));
  check_admitted(p.log.endorse("root-SECAS", p.log.size() - 1));
  check_admitted(p.log.say("harness", {run_started("R1", kP, kE, "I")}));
  check_admitted(p.log.say("harness", {import_started("IMP", kP, kE, "B1", 1)}));
  check_rejected(p.log.say("other-harness", {run_finished("R1", Outcome::passed)}),
                 "run/R1 was begun by S1SP-A; only a key of that party goes on with it");
  check_rejected(p.log.say("other-harness", {result("IMP", 0, "", Outcome::passed)}),
                 "import/IMP was begun by S1SP-A");
  check_admitted(p.log.say("sp-tl", {result("IMP", 0, "", Outcome::passed)}));
  check_rejected(p.log.say("other-harness", {finished("IMP", 1)}),
                 "import/IMP was begun by S1SP-A");
  events::ImportFinishedV2 second;
  second.counts = {1, 0, 0, 1, 0};
  second.import = "IMP";
  second.result_count = 1;
  check_rejected(p.log.say("other-harness", {second}), "import/IMP was begun by S1SP-A");
  check_admitted(p.log.say("sp-tl", {second, run_finished("R1", Outcome::passed)}));
  check_admitted(p.log.say("other-harness",
                           {run_started("R2", kP, kE, "I"), run_finished("R2", Outcome::passed)}));
  CHECK(p.reg.state().open_runs.empty());
  CHECK(p.reg.state().open_imports.empty());
}

TEST_CASE("of one evidence file, every event states the same SHA-512 and size") {
  WithPhase p;
  events::EvidenceAdded added;
  added.digest = sha256("a file");
  added.digest_sha512 = std::string(128, 'a');
  added.media_type = "text/plain";
  added.name = "a.txt";
  added.size_bytes = 6;
  auto larger = added;
  larger.size_bytes = 7;
  auto other = added;
  other.digest_sha512 = std::string(128, 'b');
  const std::string words =
      "an earlier event states another SHA-512 and size of evidence/" + added.digest.hex();
  check_rejected(p.log.say("harness", {added, larger}), words);
  check_admitted(p.log.say("harness", {added}));
  check_rejected(p.log.say("dcc-tm", {larger}), words);
  check_rejected(p.log.say("dcc-tm", {other}), words);
  added.name = "b.txt";
  check_admitted(p.log.say("dcc-tm", {added}));
}

}  // namespace register_invariants_test
