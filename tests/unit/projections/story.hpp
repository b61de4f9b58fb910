#pragma once

/// A programme told event by event, judged and folded as a real log is: for tests of what is
/// computed from several states together. Names, numbers and policies are invented.

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "projections/board/phase_board.hpp"
#include "projections/fold/programme_fold.hpp"
#include "projections/register/register.hpp"
#include "projections/rules/finding.hpp"
#include "tests/support/fold_log.hpp"

namespace assay::testing {

struct Story {
  projections::ProgrammeFold fold;
  FoldLog log{fold};

  /// Parties, keys and roles, a release, a DMC, and planned entries PEE-001 (active) and PEE-002
  /// (dormant) that require MT and SIT.
  Story() {
    log.begin_programme();
    events::ReleaseDeclared release;
    release.release = "MOC";
    say("dcc-rm", release);
    say("dcc-rm", model("M1", "INV-1.07"));
    events::DmcDefined dmc;
    dmc.comms_provider = "INV-CSP-1";
    dmc.device_models = IdentifierSet::of({"M1"});
    dmc.dmc = "DMC-MDS-001";
    say("dcc-rm", dmc);
    auto entry = planned_entry("PEE-001", {events::TestKind::mt, events::TestKind::sit});
    say("dcc-rm", entry);
    entry.planned_entry = "PEE-002";
    entry.category = events::Category::dormant;
    say("dcc-rm", entry);
  }

  static events::DeviceModelRegistered model(const char* id, const char* firmware) {
    events::DeviceModelRegistered event;
    event.device_model = id;
    event.firmware_version = firmware;
    event.hardware_version = "INV-H1";
    event.manufacturer = "Invented Meters";
    event.model = "INV-E1";
    return event;
  }

  [[nodiscard]] projections::Facts facts() const { return fold.facts(); }

  EventId say(const std::string& author, EventData event) {
    Terms terms;
    terms.seen = log.seen();
    return say(author, std::move(event), terms);
  }
  EventId say(const std::string& author, EventData event, const Terms& terms) {
    const auto objections = log.say(author, {std::move(event)}, terms);
    if (!objections.empty()) FAIL(objections[0].error.message);
    return {log.size() - 1, 0};
  }
  /// As above, at a time of the test's own.
  EventId say_at(const char* time, const std::string& author, EventData event) {
    Terms terms;
    terms.seen = log.seen();
    terms.recorded_at = Timestamp::parse(time).value();
    return say(author, std::move(event), terms);
  }
  EventId endorse(const std::string& author, const EventId& target) {
    const auto objections = log.endorse(author, target.entry);
    if (!objections.empty()) FAIL(objections[0].error.message);
    return {log.size() - 1, 0};
  }
  EventId dissent(const std::string& author, const EventId& target, const std::string& reason) {
    const auto& decisions = fold.programme().state().decisions;
    events::DecisionDissented event;
    event.digest = decisions.at(target).digest;
    event.reason = reason;
    event.target = target;
    return say(author, event);
  }

  /// One more person with a role, of a party that may be new.
  void person(const std::string& name, const std::string& party, events::PartyClass kind,
              Role role) {
    if (parties.insert(party).second) say("root-DCC", party_registered(party, kind));
    say("root-DCC", key_registered(name, party));
    endorse("root-SECAS", say("root-DCC", role_granted(name, party, role)));
  }

  /// A policy, in force at once for everything.
  void policy(const char* id, events::PolicyBody body) {
    events::PolicyPublished published;
    published.digest = sha256(to_canonical(body));
    published.body = std::move(body);
    published.note = "invented";
    published.policy = id;
    published.title = id;
    say("dcc-reg", published);
    events::PolicyActivated activated;
    activated.effective_from = log.now();
    activated.policy = id;
    say("dcc-reg", activated);
  }

  /// A phase with items I1 and I2 of PEE-001, committed to, entered and started, on build B1 of an
  /// environment of its own.
  void phase_under_way(const char* id, events::TestKind kind, Ids entries = {"PEE-001"}) {
    const std::string scope = std::string("SCOPE-") + id;
    say("dcc-tm", phase(id, entries, kind));
    std::vector<events::ScopeItem> items;
    for (const Identifier& entry : entries) {
      items.push_back(item("I1", entry.text));
      items.push_back(item("I2", entry.text));
      if (entries.size() > 1) {
        items[items.size() - 2].item.text += "." + entry.text;
        items.back().item.text += "." + entry.text;
      }
    }
    say("dcc-tm", listed(scope.c_str(), id, items));
    endorse("sp-tl", say("dcc-tm", baselined(scope.c_str(), id, items)));
    say("sp-tl", environment((std::string("ENV-") + id).c_str(), {id}, "B1"));
    say("dcc-tm", entry_decided(id, entries));
    say("dcc-tm", phase_started(id, entries));
  }

  /// A run from start to end; gives the event of its end.
  EventId run(const char* id, const char* phase, const char* item, events::Outcome outcome,
              const char* build, std::set<events::TestKind> counts_for = {}) {
    auto started = run_started(id, phase, "PEE-001", item, {build});
    started.counts_for = std::move(counts_for);
    say("harness", started);
    return say("harness", run_finished(id, outcome));
  }

  std::set<std::string> parties{"DCC", "SECAS", "S1SP-A", "SMSO-MDS"};
};

/// Ids of rules, with how often each was found to be broken.
inline std::map<std::string, int> count_rules(const std::vector<projections::Finding>& findings) {
  std::map<std::string, int> counts;
  for (const auto& finding : findings) {
    CHECK_FALSE(finding.sentence.empty());
    CHECK_FALSE(finding.events.empty());
    ++counts[finding.rule.text];
  }
  return counts;
}

}  // namespace assay::testing
