#include "cli/rulebook/publication.hpp"

#include <algorithm>

#include "ledger/format/json_archive.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::cli {
namespace {

using projections::name_of;

class Planner {
 public:
  Planner(const projections::Rulebook& rulebook, std::optional<Timestamp> effective_from,
          Timestamp now)
      : rulebook_(rulebook), effective_from_(effective_from), now_(now) {}

  Status add(const RulebookFile& file) {
    // Clauses first: policies rest on them.
    for (const events::ClauseStatusRecorded& clause : file.clauses) add_clause(clause);
    for (const RulebookPolicy& policy : file.policies) ASSAY_CHECK(publish(policy));
    for (const RulebookPolicy& policy : file.policies) ASSAY_CHECK(activate(policy));
    return {};
  }
  [[nodiscard]] Publication take() && { return std::move(plan_); }

 private:
  /// Planned events are folded as they are planned, so that a second file meets the first one.
  void add(const EventData& event, std::string what) {
    plan_.events.push_back(encode_event(event, now_));
    plan_.added.push_back(std::move(what));
    rulebook_.apply({{0, plan_.events.size()}, event, now_, now_, {}, {}, std::nullopt},
                    projections::Stage::in_effect);
  }

  void add_clause(const events::ClauseStatusRecorded& clause) {
    const std::string what = "clause " + clause.clause.text + " of " + clause.document.text + ": " +
                             std::string(enum_text(clause.status)) + " from " +
                             clause.effective_on.text;
    const auto known = rulebook_.clauses.find({clause.clause, clause.document});
    const auto same = [&](const projections::ClauseStep& step) {
      return step.document_version == clause.document_version &&
             step.effective_on == clause.effective_on && step.note == clause.note &&
             step.source == clause.source && step.status == clause.status &&
             step.text_digest == clause.text_digest;
    };
    if (known != rulebook_.clauses.end() && std::ranges::any_of(known->second, same)) {
      plan_.present.push_back(what);
    } else {
      add(clause, what);
    }
  }

  Status publish(const RulebookPolicy& policy) {
    const events::PolicyPublished event = policy.published();
    const std::string name = name_of(policy.policy, policy.version);
    const auto known = rulebook_.policies.find(policy.policy);
    if (known != rulebook_.policies.end() && !known->second.versions.empty()) {
      const auto& versions = known->second.versions;
      const auto version = versions.find(policy.version);
      if (version != versions.end()) return compare(event, version->second, name);
      if (versions.begin()->second.body.kinds() != policy.body.kinds()) {
        return fail(Errc::rejected,
                    name + " is of another kind than the versions of " + policy.policy.text +
                        " that the log has",
                    "publish it under an id of its own");
      }
    }
    add(event, name + ": published, digest " + event.digest.hex());
    return {};
  }

  Status compare(const events::PolicyPublished& event, const projections::PolicyVersion& known,
                 const std::string& name) {
    if (known.digest != event.digest) {
      return fail(Errc::conflict,
                  name + " has other content in the log: digest " + known.digest.hex() +
                      ", in the file " + event.digest.hex(),
                  "a version never changes: give the new content the next version number");
    }
    plan_.present.push_back(name + ": published");
    const bool same_words = known.title == event.title && known.note == event.note &&
                            known.interpretation == event.interpretation &&
                            to_canonical(known.legal_basis) == to_canonical(event.legal_basis);
    if (!same_words) plan_.differs.push_back(name);
    return {};
  }

  Status activate(const RulebookPolicy& policy) {
    if (!policy.activation) return {};
    Timestamp from;
    if (effective_from_) {
      from = *effective_from_;
    } else {
      ASSAY_TRY(from, effective_from(policy));
    }
    const std::string what =
        name_of(policy.policy, policy.version) + ": in force from " + from.text();
    const auto& activations = rulebook_.policies.at(policy.policy).activations;
    const auto same = [&](const projections::PolicyActivation& known) {
      return known.version == policy.version && known.effective_from == from &&
             known.scope == policy.activation->scope &&
             (!policy.activation->approval || known.approval == policy.activation->approval);
    };
    if (std::ranges::any_of(activations, same)) {
      plan_.present.push_back(what);
    } else {
      add(events::PolicyActivated{policy.activation->approval, from, policy.policy,
                                  policy.activation->scope, policy.version},
          what);
    }
    return {};
  }

  projections::Rulebook rulebook_;
  std::optional<Timestamp> effective_from_;
  Timestamp now_;
  Publication plan_;
};

}  // namespace

Result<Publication> plan_publication(const projections::Rulebook& rulebook,
                                     const std::vector<RulebookFile>& files,
                                     std::optional<Timestamp> effective_from, Timestamp now) {
  Planner planner(rulebook, effective_from, now);
  for (const RulebookFile& file : files) ASSAY_CHECK(planner.add(file));
  return std::move(planner).take();
}

std::vector<projections::Finding> foreseen_findings(const std::vector<RulebookFile>& files) {
  projections::Rulebook rulebook;
  std::uint64_t position = 0;
  Timestamp last;
  const auto apply = [&](const EventData& event, Timestamp recorded_at) {
    rulebook.apply({{0, position++}, event, recorded_at, recorded_at, {}, {}, std::nullopt},
                   projections::Stage::in_effect);
  };
  for (const RulebookFile& file : files) {
    for (const auto& clause : file.clauses) apply(clause, {});
    for (const RulebookPolicy& policy : file.policies) {
      apply(policy.published(), {});
      const auto from = effective_from(policy);
      if (!from) continue;
      last = std::max(last, *from);
      apply(events::PolicyActivated{std::nullopt, *from, policy.policy, policy.activation->scope,
                                    policy.version},
            *from);
    }
  }
  const projections::ProgrammeFold nothing;
  const projections::Facts empty = nothing.facts();
  const projections::Facts facts{
      empty.programme,  empty.board, empty.completion, empty.issues, empty.plan,
      empty.regression, rulebook,    empty.selection,  position,     last};
  projections::Findings findings;
  projections::find_activation_findings(facts, findings);
  projections::find_basis_findings(facts, findings);
  projections::find_missing_references(facts, findings, false);
  return std::move(findings).take();
}

}  // namespace assay::cli
