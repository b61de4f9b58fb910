#pragma once

/// Asking for findings on issues, and what they say.

#include "projections/thresholds/issue_findings.hpp"
#include "tests/unit/projections/thresholds/cohort.hpp"

namespace assay::testing {

inline std::vector<projections::Finding> findings_of(const FactStory& story,
                                                     const projections::IssuePolicies& policies,
                                                     const char* rule) {
  projections::Findings findings;
  projections::find_issue_findings(story.facts(), policies, findings);
  std::vector<projections::Finding> found;
  for (projections::Finding& one : std::move(findings).take()) {
    if (one.rule == Identifier(rule)) found.push_back(std::move(one));
  }
  return found;
}

inline std::vector<std::string> sentences_of(const FactStory& story,
                                             const projections::IssuePolicies& policies,
                                             const char* rule) {
  std::vector<std::string> sentences;
  for (const auto& one : findings_of(story, policies, rule)) sentences.push_back(one.sentence);
  return sentences;
}

using Sentences = std::vector<std::string>;

}  // namespace assay::testing
