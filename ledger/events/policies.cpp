#include "ledger/events/policies.hpp"

#include <algorithm>
#include <functional>

#include "ledger/format/json_archive.hpp"

namespace assay::events {
namespace {

void require_severities(Invariants& v, const std::vector<std::uint64_t>& severities) {
  for (const std::uint64_t severity : severities) require_severity(v, severity);
  v.require(std::adjacent_find(severities.begin(), severities.end(), std::greater_equal<>()) ==
                severities.end(),
            "severities are listed in ascending order, each once");
}

template <class T, class Member>
void require_ascending(Invariants& v, const std::vector<T>& list, Member member,
                       std::string_view rule) {
  const bool ascending = std::adjacent_find(list.begin(), list.end(), [&](const T& a, const T& b) {
                           return !(std::invoke(member, a) < std::invoke(member, b));
                         }) == list.end();
  v.require(ascending, rule);
}

void require_percent(Invariants& v, const std::optional<std::uint64_t>& percent,
                     std::string_view rule) {
  v.require(!percent || *percent <= 100, rule);
}

void check_part(Invariants& v, const ThresholdPart& part) {
  v.require(!part.limits.empty(), "limits: a part has at least one limit");
  for (const SeverityLimit& limit : part.limits) {
    v.require(!limit.severities.empty(), "severities: a limit names at least one severity");
    require_severities(v, limit.severities);
  }
  // Limits contradict each other where a limit on more severities is lower than what a limit on
  // some of them alone allows nobody to reach: that one is dead, and its author was wrong in one.
  for (const SeverityLimit& wide : part.limits) {
    for (const SeverityLimit& narrow : part.limits) {
      if (&wide == &narrow) continue;
      const bool within = std::includes(wide.severities.begin(), wide.severities.end(),
                                        narrow.severities.begin(), narrow.severities.end());
      v.require(!within || narrow.severities == wide.severities || narrow.max <= wide.max,
                "max: a limit on some severities exceeds the limit on more of them");
      v.require(narrow.severities != wide.severities,
                "severities: two limits of a part are on the same severities");
    }
  }
}

}  // namespace

void ThresholdPolicy::invariants(Invariants& v) const {
  v.require(!parts.empty(), "parts: a threshold policy has at least one part");
  require_ascending(v, parts, &ThresholdPart::part,
                    "parts are listed in ascending order of their names, each once");
  for (const ThresholdPart& part : parts) check_part(v, part);
  v.require(!open_states.empty(), "open_states: at least one state counts as open");
  require_severity(v, untriaged_counts_as);
  require_severities(v, work_off_severities);
}

namespace {

void check_criteria(Invariants& v, const std::vector<CriterionSetting>& criteria) {
  v.require(!criteria.empty(), "criteria: a policy names at least one criterion");
  require_ascending(v, criteria, &CriterionSetting::criterion,
                    "criteria are listed in ascending order, each once");
}

}  // namespace

void EntryPolicy::invariants(Invariants& v) const {
  check_criteria(v, criteria);
  require_severities(v, open_severities_barred);
}

void ExitPolicy::invariants(Invariants& v) const {
  check_criteria(v, criteria);
  require_percent(v, executed_percent_min, "executed_percent_min lies between 0 and 100");
  require_percent(v, passed_percent_min, "passed_percent_min lies between 0 and 100");
  v.require(
      !executed_percent_min || !passed_percent_min || *passed_percent_min <= *executed_percent_min,
      "passed_percent_min exceeds executed_percent_min: what is not executed cannot pass");
}

void ApprovalPolicy::invariants(Invariants& v) const {
  require_ascending(v, quorums, &Quorum::body, "quorums are listed by body, each once");
  for (const Quorum& quorum : quorums) {
    v.require(!quorum.roles.empty(), "roles: a quorum names the roles of its members");
    v.require(quorum.endorsing_parties <= quorum.present_parties,
              "endorsing_parties exceeds present_parties");
  }
  v.require(std::is_sorted(rules.begin(), rules.end(),
                           [](const auto& a, const auto& b) { return a.matter < b.matter; }),
            "rules are listed by matter");
  for (const ApprovalRule& rule : rules) {
    v.require(rule.body.has_value() || !rule.roles.empty() || rule.independent,
              "an approval rule asks for a body, for roles, or for independence");
    v.require(!rule.body || !rule.positions.empty(),
              "positions: a rule that asks for a body says which of its positions are a yes");
  }
}

void SelectionPolicy::invariants(Invariants& v) const {
  require_ascending(v, substitution_routes, &SubstitutionRoute::route,
                    "substitution_routes are listed in ascending order, each once");
  for (const SubstitutionRoute& route : substitution_routes) {
    v.require(route.route.text != "default", "route: \"default\" is the default route");
    v.require(!route.steps.empty(), "steps: a route has at least one step");
  }
}

void SeverityTaxonomy::invariants(Invariants& v) const {
  bool all = levels.size() == kSeverityMildest;
  for (std::size_t i = 0; all && i < levels.size(); ++i) all = levels[i].severity == i + 1;
  v.require(all, "levels: every severity from 1 to 5, in this order");
  require_severities(v, severities_not_deferred);
}

void ImportMapping::invariants(Invariants& v) const {
  require_ascending(v, severities, &SeverityMapping::from,
                    "severities are listed in ascending order of \"from\", each once");
  for (const SeverityMapping& mapping : severities) require_severity(v, mapping.to);
}

void CalendarPolicy::invariants(Invariants& v) const {
  v.require(is_date(from.text) && is_date(until.text) && from <= until,
            "from and until are dates, in this order");
  require_ascending(v, holidays, &Holiday::date, "holidays are listed by date, each once");
  for (const Holiday& holiday : holidays) {
    v.require(is_date(holiday.date.text) && from <= holiday.date && holiday.date <= until,
              "a holiday is a date between from and until");
  }
}

std::vector<PolicyKind> PolicyBody::kinds() const {
  const bool present[] = {approval.has_value(),      audit_regime.has_value(),
                          calendar.has_value(),      combined_completion.has_value(),
                          dmc_selection.has_value(), entry.has_value(),
                          exit.has_value(),          import_mapping.has_value(),
                          lateness.has_value(),      migration.has_value(),
                          regression.has_value(),    severity_taxonomy.has_value(),
                          threshold.has_value(),     witness.has_value()};
  static_assert(std::size(present) == std::size(kEnumTexts<PolicyKind>));
  std::vector<PolicyKind> kinds;
  for (std::size_t i = 0; i < std::size(present); ++i) {
    if (present[i]) kinds.push_back(static_cast<PolicyKind>(i));
  }
  return kinds;
}

void PolicyBody::invariants(Invariants& v) const {
  v.require(kinds().size() == 1, "body: a policy is of exactly one kind");
  if (approval) approval->invariants(v);
  if (calendar) calendar->invariants(v);
  if (dmc_selection) dmc_selection->invariants(v);
  if (entry) entry->invariants(v);
  if (exit) exit->invariants(v);
  if (import_mapping) import_mapping->invariants(v);
  if (severity_taxonomy) severity_taxonomy->invariants(v);
  if (threshold) threshold->invariants(v);
}

void PolicyPublished::invariants(Invariants& v) const {
  v.creates(Kind::policy, versioned(policy.text, std::to_string(version)));
  v.require(version >= 1, "versions count from 1");
  v.require(sha256(to_canonical(body)) == digest,
            "digest is the SHA-256 of the body's canonical form");
  body.invariants(v);
}

void PolicyActivated::invariants(Invariants& v) const {
  v.exists(Kind::policy, versioned(policy.text, std::to_string(version)));
  v.all_exist(Kind::release, scope.releases.ids);
  v.event(approval);
}

void PolicySuperseded::invariants(Invariants& v) const {
  v.exists(Kind::policy, versioned(policy.text, std::to_string(old_version)));
  if (new_version) {
    v.exists(Kind::policy, versioned(policy.text, std::to_string(*new_version)));
    v.require(*new_version != old_version, "a version cannot supersede itself");
  }
  v.require(!reason.empty(), "a supersession needs a reason");
}

}  // namespace assay::events
