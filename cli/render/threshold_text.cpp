#include "cli/render/threshold_text.hpp"

#include <fmt/format.h>

#include "cli/render/assessment_text.hpp"
#include "cli/render/list_text.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

using events::Verdict;

std::string severities_text(const std::vector<std::uint64_t>& severities) {
  std::string text;
  for (const std::uint64_t one : severities) {
    text.append(text.empty() ? "" : "+").append(std::to_string(one));
  }
  return text;
}

std::string count_text(const projections::LimitView& limit) {
  if (limit.with_deselected == limit.without_deselected) return std::to_string(limit.count);
  return fmt::format("{} ({} with de-selected, {} without)", limit.count, limit.with_deselected,
                     limit.without_deselected);
}

void print_limits(const Run& run, const projections::ThresholdView& view) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& part : view.parts) {
    for (const auto& scope : part.scopes) {
      for (const auto& limit : scope.limits) {
        rows.push_back({part.part.text, scope.text, severities_text(limit.severities),
                        count_text(limit), std::to_string(limit.max),
                        std::to_string(limit.distance), verdict_text(run.out, limit.verdict),
                        limit.issues.empty() ? "-" : joined(limit.issues, ",")});
      }
    }
  }
  run.out.table({"PART", "OVER", "SEVERITY", "COUNT", "MAX", "DISTANCE", "VERDICT", "ISSUES"},
                rows);
}

void print_notes(const Run& run, const projections::ThresholdView& view) {
  for (const auto& part : view.parts) {
    for (const auto& scope : part.scopes) {
      for (const auto& issue : scope.counted) {
        if (!issue.untriaged) continue;
        run.out.line(run.out.yellow(fmt::format("  {}: {} is untriaged and counts as severity {}",
                                                part.part.text, issue.issue.text, issue.severity)));
      }
      for (const auto& issue : scope.excluded) {
        run.out.line(run.out.dim(fmt::format("  {}: {} does not count: {}", part.part.text,
                                             issue.issue.text, issue.text)));
      }
    }
  }
}

void print_otherwise(const Run& run, const projections::ThresholdCounterfactuals& other) {
  const auto otherwise = [&](std::string_view how, Verdict verdict) {
    run.out.line(fmt::format("  {}: {}{}", how, verdict_text(run.out, verdict),
                             verdict == other.as_it_is ? "" : run.out.yellow("  (changes)")));
  };
  otherwise("with severities at the worst ever", other.severity_at_max_ever);
  otherwise("with severities as first judged", other.severity_at_raised);
  if (other.downgrades_ignored) {
    otherwise(fmt::format("ignoring downgrades of the last {} h ({})", other.window_hours,
                          other.downgraded.empty() ? "none" : joined(other.downgraded, ",")),
              *other.downgrades_ignored);
  }
  otherwise("with issues of de-selected entries", other.deselected_counted);
  otherwise("without issues of de-selected entries", other.deselected_left_out);
}

}  // namespace

void print_thresholds(const Run& run, const std::vector<projections::ThresholdAnswer>& answers) {
  if (answers.empty()) run.out.line("no planned entry is tested in any phase");
  for (const projections::ThresholdAnswer& answer : answers) {
    const projections::ThresholdView& view = answer.view;
    run.out.line(fmt::format("{} in {}: {}  {}", run.out.bold(view.planned_entry.text),
                             view.phase.text, verdict_text(run.out, view.verdict), view.text));
    if (!answer.policy) continue;
    run.out.line(fmt::format("  policy {} version {}, in force since {}",
                             answer.policy->policy.text, answer.policy->version,
                             answer.policy->effective_from.text()));
    print_limits(run, view);
    print_notes(run, view);
    if (answer.counterfactuals) print_otherwise(run, *answer.counterfactuals);
    run.out.line();
  }
}

void print_issue_findings(const Run& run, const std::vector<projections::Finding>& findings) {
  if (findings.empty()) return;
  run.out.line("findings on the issues:");
  for (const projections::Finding& finding : findings) {
    run.out.line(run.out.yellow(fmt::format("! {} [{}] {}", finding.rule.text,
                                            enum_text(finding.severity), shown(finding.sentence))));
  }
}

}  // namespace assay::cli
