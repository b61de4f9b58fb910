#include "tests/property/thresholds/random_issues.hpp"

#include "tests/support/make_events.hpp"

namespace assay::testing {
namespace {

constexpr std::uint64_t kIssues = 5;
constexpr std::uint64_t kRuns = 3;
constexpr std::int64_t kHourUs = 3'600'000'000;

class IssueHistorian {
 public:
  explicit IssueHistorian(Random& random) : random_(random) {}

  std::vector<Told> write(std::uint64_t steps) {
    for (std::uint64_t i = 0; i < kRandomEntries; ++i) tell(entry(i));
    for (std::uint64_t i = 0; i < kRandomPhases; ++i) tell(planned(i));
    for (std::uint64_t i = 0; i < kRuns; ++i) tell(run(i));
    for (std::uint64_t i = 0; i < steps; ++i) step();
    return std::move(told_);
  }

 private:
  void tell(EventData data) {
    now_.us += static_cast<std::int64_t>(random_.below(12)) * kHourUs;
    told_.push_back({std::move(data), now_});
  }
  bool one_in(std::uint64_t count) { return random_.below(count) == 0; }
  Ids some_entries(std::uint64_t share) {
    Ids ids;
    for (std::uint64_t i = 0; i < kRandomEntries; ++i) {
      if (one_in(share)) ids.emplace_back(random_entry_id(i));
    }
    return ids;
  }
  IdentifierSet some_groups() {
    Ids groups;
    for (const char* group : {"ZA", "ZB"}) {
      if (one_in(2)) groups.emplace_back(group);
    }
    return IdentifierSet::of(std::move(groups));
  }

  EventData entry(std::uint64_t number) {
    const std::string id = random_entry_id(number);
    events::PlannedEntryDeclared event = planned_entry(id.c_str());
    event.category = static_cast<events::Category>(random_.below(3));
    event.dmc = one_in(2) ? "DMC-1" : "DMC-2";
    event.groups = some_groups();
    event.release = one_in(4) ? "FOC" : "MOC";
    event.smso = one_in(4) ? "Secure" : "MDS";
    return event;
  }
  EventData planned(std::uint64_t number) {
    const std::string id = random_phase_id(number);
    Ids entries = some_entries(2);
    entries.emplace_back(random_entry_id(0));
    events::PhasePlanned event =
        phase(id.c_str(), entries, number == 0 ? events::TestKind::mt : events::TestKind::sit);
    if (one_in(3)) event.stage = "another";
    return event;
  }
  EventData run(std::uint64_t number) {
    const std::string id = random_phase_id(random_.below(kRandomPhases));
    events::RunStarted event =
        run_started("R-" + std::to_string(number), id.c_str(), random_entry_id(0), "");
    if (one_in(2)) event.counts_for.insert(events::TestKind::mt);
    if (one_in(2)) event.counts_for.insert(events::TestKind::sit);
    return event;
  }
  EventData raise(const std::string& issue) {
    const std::string in_phase = random_phase_id(random_.below(kRandomPhases));
    events::IssueRaised event =
        issue_raised(issue.c_str(), in_phase.c_str(), one_in(8) ? Ids{} : some_entries(2));
    if (one_in(3)) event.groups = some_groups();
    if (one_in(2)) event.runs = IdentifierSet::of({"R-" + std::to_string(random_.below(kRuns))});
    return event;
  }
  EventData triage(const std::string& issue) {
    events::IssueTriaged event = issue_triaged(issue.c_str(), 1 + random_.below(5));
    event.attribution = static_cast<events::Attribution>(random_.below(6));
    if (one_in(3)) event.planned_entries = IdentifierSet::of(some_entries(3));
    return event;
  }

  void step() {
    const std::string issue = "T-" + std::to_string(random_.below(kIssues));
    const char* const t = issue.c_str();
    switch (random_.below(18)) {
      case 0:
      case 1:
      case 2: return tell(raise(issue));
      case 3:
      case 4: return tell(triage(issue));
      case 5:
      case 6: return tell(severity_changed(t, 1, 1 + random_.below(5)));
      case 7:
        return tell(events::IssueScopeChanged{IdentifierSet::of(some_entries(4)), issue, "seen",
                                              IdentifierSet::of(some_entries(2))});
      case 8: return tell(issue_assigned(t));
      case 9: return tell(fix_delivered(t));
      case 10: return tell(retest(t, one_in(2)));
      case 11: return tell(issue_closed(t, static_cast<events::ClosureKind>(random_.below(4))));
      case 12: return tell(issue_reopened(t));
      case 13: return tell(one_in(2) ? EventData(issue_disputed(t)) : dispute_determined(t));
      case 14: return tell(one_in(2) ? EventData(issue_deferred(t)) : workaround_agreed(t));
      case 15: return tell(issue_rejected(t));
      default: {
        const std::string of = "T-" + std::to_string(random_.below(kIssues + 1));
        if (of != issue) tell(issue_duplicated(t, of.c_str()));
      }
    }
  }

  Random& random_;
  std::vector<Told> told_;
  Timestamp now_{1'571'652'000'000'000};  // 2019-10-21T10:00:00Z
};

template <class Enum>
std::set<Enum> some_of(Random& random, std::uint64_t share) {
  std::set<Enum> chosen;
  for (std::size_t i = 0; i < std::size(kEnumTexts<Enum>); ++i) {
    if (random.below(share) == 0) chosen.insert(static_cast<Enum>(i));
  }
  return chosen;
}

events::ThresholdPart random_part(Random& random, const std::string& name) {
  events::ThresholdPart part;
  if (random.below(3) == 0) part.attributions = some_of<events::Attribution>(random, 2);
  part.count = static_cast<events::CountMode>(random.below(3));
  for (std::uint64_t i = 1 + random.below(3); i > 0; --i) {
    events::SeverityLimit limit;
    limit.max = random.below(3);
    for (std::uint64_t severity = 1; severity <= 5; ++severity) {
      if (random.below(2) == 0) limit.severities.push_back(severity);
    }
    part.limits.push_back(limit);
  }
  part.part = name;
  part.scope = some_of<events::Dimension>(random, 4);
  return part;
}

}  // namespace

std::string random_entry_id(std::uint64_t number) { return "PEE-" + std::to_string(number); }
std::string random_phase_id(std::uint64_t number) { return "P-" + std::to_string(number); }

std::vector<Told> random_issue_history(Random& random, std::uint64_t steps) {
  return IssueHistorian(random).write(steps);
}

events::ThresholdPolicy random_policy(Random& random) {
  using S = events::IssueState;
  events::ThresholdPolicy policy;
  policy.carry_over = static_cast<events::CarryOver>(random.below(3));
  policy.combine = static_cast<events::Combine>(random.below(2));
  policy.deselected_count = random.below(2) == 0;
  if (random.below(3) == 0) policy.exclude_attributions = some_of<events::Attribution>(random, 4);
  // Half of them are as a programme would write them, the others anything.
  policy.open_states = {S::raised,   S::triaged,    S::assigned, S::fix_delivered, S::retest_passed,
                        S::deferred, S::workaround, S::reopened, S::disputed};
  if (random.below(2) == 0) policy.open_states = some_of<S>(random, 2);
  policy.severity_at = static_cast<events::SeverityAt>(random.below(3));
  policy.untriaged_counts_as = 1 + random.below(5);
  const std::uint64_t parts = 1 + random.below(3);
  for (std::uint64_t i = 0; i < parts; ++i) {
    policy.parts.push_back(random_part(random, "part" + std::to_string(i)));
  }
  return policy;
}

}  // namespace assay::testing
