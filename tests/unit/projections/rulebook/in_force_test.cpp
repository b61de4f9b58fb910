// Which policy is in force for what, and when.

#include "projections/rulebook/in_force.hpp"

#include <catch2/catch.hpp>

#include "tests/support/event_feed.hpp"
#include "tests/support/make_policies.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::PolicyKind;
using events::TestKind;

namespace {

const PolicyTarget kSitMoc{TestKind::sit, Identifier("MOC"), Identifier("MDS")};

/// "A.v1" of the threshold policy in force, or "none".
std::string threshold_at(const EventFeed& feed, const char* at,
                         const PolicyTarget& target = kSitMoc) {
  const auto rulebook = feed.folded<Rulebook>();
  const auto found = policy_in_force(rulebook, PolicyKind::threshold, target, time_of(at));
  return found ? found->policy.text + ".v" + std::to_string(found->version) : "none";
}

events::PolicyScope for_kind(TestKind kind) { return {{kind}, {}, {}}; }
events::PolicyScope for_release(const char* release) {
  return {{}, IdentifierSet::of({release}), {}};
}

/// A and B, each with versions 1 and 2, and nothing in force.
EventFeed published() {
  EventFeed feed;
  for (const std::uint64_t version : {1U, 2U}) {
    for (const char* id : {"A", "B"}) feed.add(policy(id, threshold_body(version), version));
  }
  return feed;
}

}  // namespace

TEST_CASE("a published policy is not in force, and one in force is so from its first moment on") {
  EventFeed feed = published();
  CHECK(threshold_at(feed, "2019-12-01T00:00") == "none");
  const EventId activated = feed.add(activation("A", "2019-12-01T00:00"));
  CHECK(threshold_at(feed, "2019-11-30T23:59") == "none");
  CHECK(threshold_at(feed, "2019-12-01T00:00") == "A.v1");
  const auto rulebook = feed.folded<Rulebook>();
  const auto found =
      policy_in_force(rulebook, PolicyKind::threshold, kSitMoc, time_of("2020-01-01T00:00"));
  REQUIRE(found);
  CHECK(found->activated == activated);
  CHECK(found->effective_from == time_of("2019-12-01T00:00"));
  CHECK(found->body->threshold->parts[0].limits[0].max == 1);
  CHECK_FALSE(policy_in_force(rulebook, PolicyKind::exit, kSitMoc, time_of("2020-01-01T00:00")));
}

TEST_CASE("the more specific scope wins, whenever it came into force") {
  EventFeed feed = published();
  feed.add(activation("A", "2019-11-01T00:00", for_kind(TestKind::sit)));
  feed.add(activation("B", "2019-12-01T00:00"));
  CHECK(threshold_at(feed, "2020-01-01T00:00") == "A.v1");
  CHECK(threshold_at(feed, "2020-01-01T00:00", {TestKind::mt, Identifier("MOC"), {}}) == "B.v1");
}

TEST_CASE("of two equally specific ones the later effective_from wins, then the later event") {
  EventFeed feed = published();
  feed.add(activation("B", "2019-12-01T00:00"));
  feed.add(activation("A", "2019-11-01T00:00"));
  CHECK(threshold_at(feed, "2019-11-15T00:00") == "A.v1");
  CHECK(threshold_at(feed, "2019-12-15T00:00") == "B.v1");
  feed.add(activation("A", "2019-12-01T00:00", {}, 2));
  CHECK(threshold_at(feed, "2019-12-15T00:00") == "A.v2");
}

TEST_CASE("a policy that is limited does not apply to what is not known to fall under it") {
  EventFeed feed = published();
  feed.add(activation("A", "2019-11-01T00:00", for_release("MOC")));
  CHECK(threshold_at(feed, "2019-12-01T00:00") == "A.v1");
  CHECK(threshold_at(feed, "2019-12-01T00:00", {TestKind::sit, Identifier("FOC"), {}}) == "none");
  CHECK(threshold_at(feed, "2019-12-01T00:00", {TestKind::sit, {}, {}}) == "none");
}

TEST_CASE("a supersession ends a version, and puts the new one in its place for the same scope") {
  EventFeed feed = published();
  feed.add(activation("A", "2019-11-01T00:00", for_kind(TestKind::sit)));
  const EventId superseded = feed.add(supersession("A", "2019-12-01T00:00", 1, 2));
  CHECK(threshold_at(feed, "2019-11-30T23:59") == "A.v1");
  CHECK(threshold_at(feed, "2019-12-01T00:00") == "A.v2");
  CHECK(threshold_at(feed, "2019-12-01T00:00", {TestKind::mt, {}, {}}) == "none");
  const auto rulebook = feed.folded<Rulebook>();
  CHECK(policy_in_force(rulebook, PolicyKind::threshold, kSitMoc, time_of("2019-12-02T00:00"))
            ->activated == superseded);
  feed.add(supersession("A", "2020-01-01T00:00", 2, std::nullopt));
  CHECK(threshold_at(feed, "2020-01-01T00:00") == "none");
}

TEST_CASE("what was recorded later prevails between an activation and a supersession") {
  EventFeed feed = published();
  SECTION("a supersession cancels an activation that was still to come") {
    feed.add(activation("A", "2020-01-01T00:00"));
    feed.add(supersession("A", "2019-12-01T00:00", 1, std::nullopt));
    CHECK(threshold_at(feed, "2020-02-01T00:00") == "none");
  }
  SECTION("an activation after it stands") {
    feed.add(supersession("A", "2019-12-01T00:00", 1, std::nullopt));
    feed.add(activation("A", "2019-12-01T00:00"));
    CHECK(threshold_at(feed, "2019-12-01T00:00") == "A.v1");
  }
  SECTION("but it claims no time before the supersession that stays in force after it") {
    feed.add(supersession("A", "2019-12-01T00:00", 1, std::nullopt));
    feed.add(activation("A", "2019-11-01T00:00"));
    CHECK(threshold_at(feed, "2019-11-15T00:00") == "A.v1");
    CHECK(threshold_at(feed, "2019-12-15T00:00") == "none");
  }
}

TEST_CASE("versions that supersede each other in a circle come to an end") {
  EventFeed feed = published();
  feed.add(activation("A", "2019-11-01T00:00"));
  feed.add(supersession("A", "2019-12-01T00:00", 1, 2));
  feed.add(supersession("A", "2019-12-01T00:00", 2, 1));
  CHECK(threshold_at(feed, "2019-12-01T00:00") == "A.v1");
  feed.add(supersession("A", "2019-12-15T00:00", 1, 2));
  feed.add(supersession("A", "2019-12-20T00:00", 2, 1));
  CHECK(threshold_at(feed, "2019-12-16T00:00") == "A.v2");
  CHECK(threshold_at(feed, "2019-12-21T00:00") == "A.v1");
}

TEST_CASE("one policy of every kind that has one is in force, in the order of the kinds") {
  EventFeed feed = published();
  feed.add(policy("AUDIT", audit_body(events::AuditRegime::audit_required)));
  feed.add(activation("AUDIT", "2019-11-01T00:00"));
  feed.add(activation("A", "2019-11-01T00:00"));
  feed.add(activation("B", "2019-11-01T00:00", for_kind(TestKind::sit)));
  const auto rulebook = feed.folded<Rulebook>();
  const auto all = policies_in_force(rulebook, kSitMoc, time_of("2019-12-01T00:00"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].policy == Identifier("AUDIT"));
  CHECK(all[1].policy == Identifier("B"));
}
