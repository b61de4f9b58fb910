#pragma once

/// The invented cohort of the threshold vector: MDS in release MOC, four planned entries, a SIT
/// phase and an MT phase, and the invented sample policy. All numbers invented.

#include <stdexcept>

#include "projections/thresholds/counterfactuals.hpp"
#include "tests/support/fact_story.hpp"
#include "tests/support/make_events.hpp"

namespace assay::testing {

inline constexpr const char* kSit = "MOC-MDS-SIT-01";
inline constexpr const char* kMt = "MOC-MDS-MT-01";

inline events::PlannedEntryDeclared entry_on(const char* id, const char* dmc, const char* group,
                                             events::Category category, const char* smso = "MDS") {
  events::PlannedEntryDeclared event = planned_entry(id);
  event.category = category;
  event.dmc = dmc;
  event.groups = IdentifierSet::of({group});
  event.smso = smso;
  return event;
}

/// PEE-001 to 003 on one DMC in ZA, PEE-004 on another in ZB, PEE-005 of another cohort.
inline FactStory mds_cohort() {
  using events::Category;
  FactStory story;
  story.say(entry_on("PEE-001", "DMC-MDS-001", "ZA", Category::dormant));
  story.say(entry_on("PEE-002", "DMC-MDS-001", "ZA", Category::active));
  story.say(entry_on("PEE-003", "DMC-MDS-001", "ZA", Category::mixed));
  story.say(entry_on("PEE-004", "DMC-MDS-002", "ZB", Category::dormant));
  story.say(entry_on("PEE-005", "DMC-SEC-001", "ZS", Category::active, "Secure"));
  const Ids mds{"PEE-001", "PEE-002", "PEE-003", "PEE-004"};
  story.say(phase(kSit, mds));
  story.say(phase(kMt, mds, events::TestKind::mt));
  return story;
}

inline std::set<events::IssueState> all_but_over() {
  using S = events::IssueState;
  return {S::raised,   S::triaged,    S::assigned, S::fix_delivered,
          S::deferred, S::workaround, S::reopened, S::disputed};
}

/// THR-SAMPLE-A. All numbers invented.
inline events::ThresholdPolicy sample_policy() {
  using events::Dimension;
  events::ThresholdPolicy policy;
  policy.downgrade_window_hours = 72;
  policy.exclude_attributions = {events::Attribution::test_artefact};
  policy.open_states = all_but_over();
  events::ThresholdPart per_entry;
  per_entry.count = events::CountMode::issue_once_per_scope;
  per_entry.limits = {{0, {1}}, {0, {2}}, {3, {3}}, {6, {4}}};
  per_entry.part = "part1_per_entry";
  per_entry.scope = {Dimension::kind, Dimension::planned_entry};
  events::ThresholdPart aggregate;
  aggregate.count = events::CountMode::distinct_issue;
  aggregate.limits = {{5, {3}}, {12, {4}}, {15, {3, 4}}};
  aggregate.part = "part2_aggregate";
  aggregate.scope = {Dimension::kind, Dimension::release, Dimension::smso};
  policy.parts = {per_entry, aggregate};
  policy.work_off_severities = {3, 4};
  return policy;
}

/// Raises and triages an issue of the phase.
inline void issue(FactStory& story, const char* id, std::uint64_t severity, Ids entries,
                  events::Attribution attribution = events::Attribution::dcc_systems,
                  const char* in_phase = kSit) {
  story.say(issue_raised(id, in_phase, std::move(entries)));
  events::IssueTriaged triaged = issue_triaged(id, severity);
  triaged.attribution = attribution;
  story.say(triaged);
}

/// One number of an evaluation: the count of the part's limit on just these severities.
inline std::uint64_t count_of(const projections::ThresholdView& view, const char* part,
                              const std::vector<std::uint64_t>& severities) {
  for (const auto& one : view.parts) {
    if (one.part.text != part) continue;
    for (const auto& limit : one.scopes.at(0).limits) {
      if (limit.severities == severities) return limit.count;
    }
  }
  throw std::out_of_range(part);
}

}  // namespace assay::testing
