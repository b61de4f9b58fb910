#include "projections/rulebook/rulebook_view.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

/// Non-empty terms of the version, of whatever kind its content is, and what they make of it.
struct Standing {
  VersionStatus status = VersionStatus::published;
  std::vector<TermView> terms;
};

/// What is to come tells a reader more than what is over, and what holds more than both.
VersionStatus status_of(const PolicyTerm& term, const std::vector<PolicyTerm>& all, Timestamp at) {
  if (at < term.in_force.effective_from) return VersionStatus::awaited;
  if (!term.includes(at)) return VersionStatus::superseded;
  return is_overtaken(term, all, at) ? VersionStatus::overtaken : VersionStatus::in_force;
}
int weight(VersionStatus status) {
  switch (status) {
    case VersionStatus::in_force: return 4;
    case VersionStatus::awaited: return 3;
    case VersionStatus::overtaken: return 2;
    case VersionStatus::superseded: return 1;
    case VersionStatus::published: break;
  }
  return 0;
}

Standing standing_of(const Rulebook& rulebook, const Identifier& policy, std::uint64_t version,
                     const PolicyVersion& content, Timestamp at) {
  Standing standing;
  const std::vector<events::PolicyKind> kinds = content.body.kinds();
  if (kinds.empty()) return standing;
  const std::vector<PolicyTerm> all = policy_terms(rulebook, kinds.front());
  for (const PolicyTerm& term : all) {
    const InForce& in_force = term.in_force;
    const bool empty = term.until && *term.until <= in_force.effective_from;
    if (in_force.policy != policy || in_force.version != version || empty) continue;
    const VersionStatus status = status_of(term, all, at);
    if (weight(standing.status) < weight(status)) standing.status = status;
    standing.terms.push_back(
        {in_force.activated, in_force.effective_from, term.ended_by, *term.scope, term.until});
  }
  std::ranges::stable_sort(standing.terms, {}, &TermView::activated);
  return standing;
}

PolicyLine line_of(const Rulebook& rulebook, const Identifier& policy, std::uint64_t version,
                   const PolicyVersion& content, Timestamp at) {
  Standing standing = standing_of(rulebook, policy, version, content, at);
  return {content.digest,  content.body.kinds(),      policy,        content.published.event,
          standing.status, std::move(standing.terms), content.title, version};
}

}  // namespace

std::string scope_text(const events::PolicyScope& scope) {
  std::string text;
  const auto add = [&](std::string_view value) {
    text.append(text.empty() ? "" : ",").append(value);
  };
  for (const events::TestKind kind : scope.kinds) add(enum_text(kind));
  for (const Identifier& release : scope.releases.ids) add(release.text);
  for (const Identifier& smso : scope.smsos.ids) add(smso.text);
  return text.empty() ? "everything" : text;
}

std::vector<PolicyLine> list_policies(const Rulebook& rulebook, Timestamp at) {
  std::vector<PolicyLine> lines;
  for (const auto& [id, policy] : rulebook.policies) {
    for (const auto& [version, content] : policy.versions) {
      lines.push_back(line_of(rulebook, id, version, content, at));
    }
  }
  return lines;
}

std::optional<PolicyView> view_policy(const Rulebook& rulebook, const Identifier& policy,
                                      std::optional<std::uint64_t> version, Timestamp at) {
  const auto found = rulebook.policies.find(policy);
  if (found == rulebook.policies.end() || found->second.versions.empty()) return std::nullopt;
  const auto& versions = found->second.versions;
  const auto content = version ? versions.find(*version) : std::prev(versions.end());
  if (content == versions.end()) return std::nullopt;
  return PolicyView{content->second,
                    line_of(rulebook, policy, content->first, content->second, at)};
}

}  // namespace assay::projections
