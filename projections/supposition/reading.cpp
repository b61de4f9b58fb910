#include "projections/supposition/reading.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

using events::Attribution;
using events::Dimension;
using events::SeverityLimit;
using events::ThresholdPart;

/// The worse two, which a programme usually allows none of.
constexpr std::uint64_t kAbsoluteUpTo = 2;

/// A limit on severities of both parts belongs to neither, and is left out.
void keep_severities(ThresholdPart& part, bool absolute) {
  std::erase_if(part.limits, [&](const SeverityLimit& limit) {
    return !std::ranges::all_of(limit.severities, [&](std::uint64_t severity) {
      return (severity <= kAbsoluteUpTo) == absolute;
    });
  });
}

void apply_reading(ThresholdPart& first, ThresholdPart& second, Reading reading) {
  switch (reading) {
    case Reading::by_severity:
      keep_severities(first, true);
      keep_severities(second, false);
      break;
    case Reading::by_entry:
      first.scope = {Dimension::kind, Dimension::planned_entry};
      second.scope = {Dimension::kind, Dimension::release, Dimension::smso};
      break;
    case Reading::by_attribution:
      first.attributions = {Attribution::dcc_systems};
      second.attributions = {Attribution::device, Attribution::smso_systems};
      break;
    case Reading::by_phase:
      first.scope = {Dimension::phase};
      second.scope = {Dimension::release};
      break;
  }
}

}  // namespace

std::optional<events::ThresholdPolicy> read_as(const events::ThresholdPolicy& policy,
                                               Reading reading) {
  if (policy.parts.size() != 2) return std::nullopt;
  events::ThresholdPolicy read = policy;
  apply_reading(read.parts[0], read.parts[1], reading);
  // A part without a limit would be met by everything.
  const bool has_limits = !read.parts[0].limits.empty() && !read.parts[1].limits.empty();
  return has_limits ? std::optional(std::move(read)) : std::nullopt;
}

events::ThresholdPolicy suppose(const events::ThresholdPolicy& policy,
                                const SupposedCounting& counting) {
  events::ThresholdPolicy supposed = policy;
  if (counting.reading) {
    if (auto read = read_as(policy, *counting.reading)) {
      supposed = *std::move(read);
    } else {
      supposed.parts.clear();
    }
  }
  supposed.carry_over = counting.carry_over.value_or(policy.carry_over);
  supposed.deselected_count = counting.deselected_count.value_or(policy.deselected_count);
  supposed.severity_at = counting.severity_at.value_or(policy.severity_at);
  supposed.untriaged_counts_as = counting.untriaged_counts_as.value_or(policy.untriaged_counts_as);
  if (counting.counting) {
    for (ThresholdPart& part : supposed.parts) part.count = *counting.counting;
  }
  return supposed;
}

}  // namespace assay::projections
