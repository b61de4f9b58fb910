#include "projections/supposition/supposed_rulebook.hpp"

#include <algorithm>

#include "projections/rulebook/in_force.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::projections {
namespace {

using events::PolicyBody;
using events::PolicyKind;

/// Later than every event of a log, so that of two that are as specific and came into force at one
/// time the supposed one is taken.
constexpr std::uint64_t kBeyondTheLog = (1ULL << 53U) - 1;

class RulebookSupposer {
 public:
  explicit RulebookSupposer(const Rulebook& rulebook) { answer_.rulebook = rulebook; }

  /// First all are set aside and then all are put in: policies of one file do not replace each
  /// other.
  void put_in(const std::vector<SupposedPolicy>& policies) {
    for (const SupposedPolicy& one : policies) set_aside(one);
    note_kept(policies);
    const Rulebook logged = answer_.rulebook;
    for (const SupposedPolicy& one : policies) activate(one, logged);
  }

  void count_as(const SupposedCounting& counting) {
    if (counting.is_empty()) return;
    for (auto& [id, policy] : answer_.rulebook.policies) {
      for (auto& [version, content] : policy.versions) {
        if (!content.body.threshold) continue;
        content.body.threshold = suppose(*content.body.threshold, counting);
        if (content.body.threshold->parts.empty() && !policy.activations.empty()) {
          answer_.unreadable.push_back(name_of(id, version));
        }
      }
    }
  }

  [[nodiscard]] SupposedRulebook take() && {
    for (auto* const names : {&answer_.set_aside, &answer_.kept, &answer_.unreadable}) {
      std::ranges::sort(*names);
      const auto repeats = std::ranges::unique(*names);
      names->erase(repeats.begin(), repeats.end());
    }
    return std::move(answer_);
  }

 private:
  static bool is_of_same_kind(const PolicyBody& body, const SupposedPolicy& one) {
    return body.kinds() == one.body.kinds();
  }

  void set_aside(const SupposedPolicy& one) {
    for (auto& [id, policy] : answer_.rulebook.policies) {
      std::erase_if(policy.activations, [&](const PolicyActivation& activation) {
        const bool replaced = is_of_same_kind(policy.versions.at(activation.version).body, one) &&
                              encloses(one.scope, activation.scope);
        if (replaced) answer_.set_aside.push_back(name_of(id, activation.version));
        return replaced;
      });
    }
  }

  void note_kept(const std::vector<SupposedPolicy>& policies) {
    for (const auto& [id, policy] : answer_.rulebook.policies) {
      for (const PolicyActivation& activation : policy.activations) {
        const PolicyBody& body = policy.versions.at(activation.version).body;
        const bool same_kind = std::ranges::any_of(
            policies, [&](const SupposedPolicy& one) { return is_of_same_kind(body, one); });
        if (same_kind) answer_.kept.push_back(name_of(id, activation.version));
      }
    }
  }

  /// Where the log still puts another version of the policy in force, the supposed one goes by a
  /// name of its own: what the log says of the one must not end the other.
  [[nodiscard]] Policy& place_of(const SupposedPolicy& one, const Rulebook& logged) {
    const auto known = logged.policies.find(one.policy);
    const bool free = known == logged.policies.end() || known->second.activations.empty();
    Policy& policy =
        answer_.rulebook.policies[free ? one.policy : Identifier(one.policy.text + ".supposed")];
    if (free) policy.supersessions.clear();
    return policy;
  }

  /// From the beginning on, and again whenever one that is kept begins, so that the later one of
  /// two equally specific is always the supposed one.
  void activate(const SupposedPolicy& one, const Rulebook& logged) {
    std::set<Timestamp> from{Timestamp{}};
    for (const PolicyKind kind : one.body.kinds()) {
      for (const PolicyTerm& term : policy_terms(logged, kind)) {
        from.insert(term.in_force.effective_from);
      }
    }
    Policy& policy = place_of(one, logged);
    PolicyVersion& version = policy.versions[one.version];
    version.body = one.body;
    for (const Timestamp& begins : from) {
      const Mark mark{{kBeyondTheLog, activated_++}, {}, begins};
      policy.activations.push_back({std::nullopt, begins, mark, one.scope, one.version});
    }
  }

  SupposedRulebook answer_;
  std::uint64_t activated_ = 0;
};

}  // namespace

SupposedRulebook suppose(const Rulebook& rulebook, const Supposition& supposition) {
  RulebookSupposer supposer(rulebook);
  supposer.put_in(supposition.policies);
  supposer.count_as(supposition.counting);
  return std::move(supposer).take();
}

}  // namespace assay::projections
