// The rulebook as it would be: which policy is taken for what, and what stays.

#include "projections/supposition/supposed_rulebook.hpp"

#include <catch2/catch.hpp>

#include "projections/rulebook/in_force.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_policies.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::PolicyKind;
using events::TestKind;

namespace {

const PolicyTarget kSitMoc{TestKind::sit, Identifier("MOC"), Identifier("MDS")};
const PolicyTarget kMtIoc{TestKind::mt, Identifier("IOC"), Identifier("MDS")};

events::PolicyScope for_kind(TestKind kind) { return {{kind}, {}, {}}; }
events::PolicyScope for_release(const char* release) {
  return {{}, IdentifierSet::of({release}), {}};
}

/// The most that the threshold policy in force allows; -1 where none is in force.
std::int64_t most_at(const Rulebook& rulebook, const char* at,
                     const PolicyTarget& target = kSitMoc) {
  const auto found = policy_in_force(rulebook, PolicyKind::threshold, target, time_of(at));
  if (!found) return -1;
  return static_cast<std::int64_t>(found->body->threshold->parts.at(0).limits.at(0).max);
}

/// THR 1 allows one issue from October on, THR 2 takes its place in November.
Rulebook logged() {
  EventFeed feed;
  feed.add(policy("THR", threshold_body(1), 1));
  feed.add(policy("THR", threshold_body(2), 2));
  feed.add(activation("THR", "2019-10-01T00:00"));
  feed.add(supersession("THR", "2019-11-01T00:00", 1, 2));
  return feed.folded<Rulebook>();
}

SupposedRulebook with(const Rulebook& rulebook, std::vector<SupposedPolicy> policies) {
  return suppose(rulebook, {.policies = std::move(policies)});
}

}  // namespace

TEST_CASE("nothing supposed, nothing changed") {
  const auto supposed = suppose(logged(), {});
  CHECK(to_canonical(supposed.rulebook) == to_canonical(logged()));
  CHECK(supposed.set_aside.empty());
}

TEST_CASE("a supposed policy is in force from the beginning, and nothing of the log ends it") {
  const auto supposed = with(logged(), {{threshold_body(7), "OTHER", {}, 1}});
  for (const char* at : {"2018-01-01T00:00", "2019-10-15T00:00", "2019-12-01T00:00"}) {
    CHECK(most_at(supposed.rulebook, at) == 7);
  }
  CHECK(supposed.set_aside == std::vector<std::string>{"THR version 1"});
  // Under the id and version that the log superseded.
  const auto same_name = with(logged(), {{threshold_body(7), "THR", {}, 1}});
  for (const char* at : {"2018-01-01T00:00", "2019-10-15T00:00", "2019-12-01T00:00"}) {
    CHECK(most_at(same_name.rulebook, at) == 7);
  }
}

TEST_CASE("one of a narrower scope replaces nothing beyond it") {
  const auto supposed = with(logged(), {{threshold_body(7), "THR", for_release("IOC"), 1}});
  CHECK(most_at(supposed.rulebook, "2019-12-01T00:00", kMtIoc) == 7);
  CHECK(most_at(supposed.rulebook, "2019-10-15T00:00") == 1);
  CHECK(most_at(supposed.rulebook, "2019-12-01T00:00") == 2);
  CHECK(supposed.set_aside.empty());
  CHECK(supposed.kept == std::vector<std::string>{"THR version 1"});
}

TEST_CASE("a more specific one of the log is set aside inside the scope, and kept outside of it") {
  EventFeed feed;
  feed.add(policy("SIT", threshold_body(1)));
  feed.add(activation("SIT", "2019-10-01T00:00", for_kind(TestKind::sit)));
  const Rulebook log = feed.folded<Rulebook>();
  CHECK(most_at(with(log, {{threshold_body(7), "ALL", {}, 1}}).rulebook, "2019-12-01T00:00") == 7);
  // Of two that limit one respect each, and meet, the supposed one is taken.
  const auto beside = with(log, {{threshold_body(7), "MOC", for_release("MOC"), 1}});
  CHECK(most_at(beside.rulebook, "2019-12-01T00:00") == 7);
  CHECK(most_at(beside.rulebook, "2019-09-01T00:00") == 7);
  const PolicyTarget sit_foc{TestKind::sit, Identifier("FOC"), Identifier("MDS")};
  CHECK(most_at(beside.rulebook, "2019-12-01T00:00", sit_foc) == 1);
}

TEST_CASE("policies of other kinds stay, and policies of one file do not replace each other") {
  EventFeed feed;
  feed.add(policy("AUDIT", audit_body(events::AuditRegime::not_required)));
  feed.add(activation("AUDIT", "2019-10-01T00:00"));
  const auto supposed = with(
      feed.folded<Rulebook>(),
      {{threshold_body(7), "ALL", {}, 1}, {threshold_body(8), "SIT", for_kind(TestKind::sit), 1}});
  CHECK(most_at(supposed.rulebook, "2019-12-01T00:00") == 8);
  CHECK(most_at(supposed.rulebook, "2019-12-01T00:00", kMtIoc) == 7);
  const auto audit = policy_in_force(supposed.rulebook, PolicyKind::audit_regime, kSitMoc,
                                     time_of("2019-12-01T00:00"));
  REQUIRE(audit);
  CHECK(audit->body->audit_regime->regime == events::AuditRegime::not_required);
}

TEST_CASE("a reading reaches every threshold policy, supposed ones too, and names what it cannot") {
  const Supposition supposition{
      .counting = {.reading = Reading::by_phase},
      .policies = {{threshold_body(7), "OTHER", for_kind(TestKind::mt), 1}}};
  const auto supposed = suppose(logged(), supposition);  // all have one part
  CHECK(supposed.unreadable ==
        std::vector<std::string>{"OTHER version 1", "THR version 1", "THR version 2"});
  const auto found = policy_in_force(supposed.rulebook, PolicyKind::threshold, kSitMoc,
                                     time_of("2019-12-01T00:00"));
  REQUIRE(found);
  CHECK(found->body->threshold->parts.empty());
}
