#include "projections/thresholds/counted_severity.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

using events::kSeverityMildest;
using events::kSeverityWorst;

std::uint64_t on_scale(std::uint64_t severity) {
  return severity < kSeverityWorst || severity > kSeverityMildest ? kSeverityWorst : severity;
}

/// The worst that the issue held at any time from `from` on. Within that stretch every change to a
/// milder severity is ignored, and what is left never gets milder.
std::uint64_t worst_since(const Issue& issue, Timestamp from) {
  std::optional<std::uint64_t> worst;
  for (const SeverityMark& mark : issue.severities) {
    const std::uint64_t severity = on_scale(mark.severity);
    const bool inside = from <= mark.mark.recorded_at;
    worst = inside ? std::min(worst.value_or(severity), severity) : severity;
  }
  return worst.value_or(kSeverityWorst);
}

std::uint64_t worst_ever(const Issue& issue) {
  std::uint64_t worst = kSeverityMildest;
  for (const SeverityMark& mark : issue.severities)
    worst = std::min(worst, on_scale(mark.severity));
  return worst;
}

}  // namespace

std::uint64_t counted_severity(const Issue& issue, const SeverityQuestion& question) {
  const bool judged = issue.triaged.has_value() && !issue.severities.empty();
  if (!judged) {
    const std::uint64_t severity = on_scale(question.untriaged_counts_as);
    return question.at == events::SeverityAt::max_ever ? std::min(severity, worst_ever(issue))
                                                       : severity;
  }
  switch (question.at) {
    case events::SeverityAt::raised: return on_scale(issue.severities.front().severity);
    case events::SeverityAt::max_ever: return worst_ever(issue);
    case events::SeverityAt::cutoff: break;
  }
  if (question.downgrades_ignored_from)
    return worst_since(issue, *question.downgrades_ignored_from);
  return on_scale(issue.severities.back().severity);
}

std::vector<Downgrade> downgrades_of(const Issue& issue) {
  std::vector<Downgrade> found;
  for (std::size_t i = 1; i < issue.severities.size(); ++i) {
    const std::uint64_t from = on_scale(issue.severities[i - 1].severity);
    if (from < on_scale(issue.severities[i].severity))
      found.push_back({from, &issue.severities[i]});
  }
  return found;
}

}  // namespace assay::projections
