#include "cli/render/issue_text.hpp"

#include <fmt/format.h>

#include "cli/render/list_text.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

std::string severity_text(const Run& run, projections::SeverityBucket bucket) {
  const std::string text(enum_text(bucket));
  const bool loud = bucket == projections::SeverityBucket::severity_1 ||
                    bucket == projections::SeverityBucket::severity_2 ||
                    bucket == projections::SeverityBucket::untriaged;
  return loud ? run.out.red(text) : text;
}

}  // namespace

void print_issues(const Run& run, const std::vector<projections::IssueLine>& issues,
                  const projections::IssueCounts& counts) {
  if (issues.empty()) {
    run.out.line("no issues");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const projections::IssueLine& issue : issues) {
    rows.push_back({run.out.bold(issue.issue.text), severity_text(run, issue.bucket),
                    std::string(enum_text(issue.worst)), std::string(enum_text(issue.state)),
                    issue.attribution ? std::string(enum_text(*issue.attribution)) : "-",
                    issue.owner ? issue.owner->text : "-", joined(issue.planned_entries, ","),
                    shown(issue.title, 50)});
  }
  run.out.table({"ISSUE", "SEVERITY", "WORST", "STATE", "ATTRIBUTION", "OWNER", "ENTRIES", "TITLE"},
                rows);
  std::string summary;
  for (const auto& [bucket, count] : counts.by_severity) {
    summary += fmt::format("{}{}: {}", summary.empty() ? "" : ", ", enum_text(bucket), count);
  }
  run.out.line();
  run.out.line(fmt::format("{} issues by severity: {}", counts.issues, summary));
}

void print_issue(const Run& run, const projections::IssueView& view) {
  const projections::Issue& issue = view.details;
  run.out.line(fmt::format("{}  {}", run.out.bold(view.issue.text), shown(issue.title)));
  run.out.line(fmt::format("state {}   phase {}   reopened {} times", enum_text(issue.state),
                           issue.phase.text, issue.reopened));
  run.out.line(fmt::format(
      "severity {} (worst {})", view.severity ? std::to_string(*view.severity) : "untriaged",
      view.worst_severity ? std::to_string(*view.worst_severity) : "untriaged"));
  for (const projections::SeverityMark& mark : issue.severities) {
    run.out.line(fmt::format("  {}  severity {}  {}", mark.mark.event.text(), mark.severity,
                             shown(mark.reason, 100)));
  }
  run.out.line("history:");
  for (const projections::IssueStep& step : issue.history) {
    run.out.line(fmt::format("  {}  {}  {:<24} {:<14} {}", step.mark.event.text(),
                             step.mark.recorded_at.text(), step.type.text, enum_text(step.state),
                             shown(step.text, 80)));
  }
  for (const auto& [code, tally] : issue.irregularities) {
    run.out.line(run.out.yellow(fmt::format("! {}: {} times, first in {}", enum_text(code),
                                            tally.count, tally.first.text())));
  }
}

}  // namespace assay::cli
