#include "cli/render/rulebook_text.hpp"

#include <fmt/format.h>

#include "cli/render/view_json.hpp"
#include "cli/terminal/shown.hpp"
#include "projections/rulebook/london.hpp"

namespace assay::cli {
namespace {

using projections::PolicyLine;
using projections::TermView;
using projections::VersionStatus;

std::string status_text(const Run& run, VersionStatus status) {
  const std::string text(enum_text(status));
  if (status == VersionStatus::in_force) return run.out.green(text);
  return status == VersionStatus::awaited ? run.out.yellow(text) : run.out.dim(text);
}

std::string kinds_text(const PolicyLine& policy) {
  std::string text;
  for (const events::PolicyKind kind : policy.kinds) {
    text.append(text.empty() ? "" : ",").append(enum_text(kind));
  }
  return text;
}

std::string period_text(const TermView& term) {
  std::string text = projections::london_text(term.effective_from);
  if (term.until) text += " until " + projections::london_text(*term.until);
  return text;
}

}  // namespace

void print_policies(const Run& run, const std::vector<PolicyLine>& policies) {
  if (policies.empty()) {
    run.out.line("no policies: whatever rests on one is undetermined");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const PolicyLine& policy : policies) {
    std::vector<std::string> row{run.out.bold(policy.policy.text), std::to_string(policy.version),
                                 kinds_text(policy), status_text(run, policy.status)};
    if (policy.terms.empty()) {
      row.insert(row.end(), {"-", "-"});
      rows.push_back(std::move(row));
      continue;
    }
    for (const TermView& term : policy.terms) {
      row.insert(row.end(), {period_text(term), projections::scope_text(term.scope)});
      rows.push_back(std::move(row));
      row.assign(4, "");
    }
  }
  run.out.table({"POLICY", "VERSION", "KIND", "STATUS", "IN FORCE FROM (LONDON)", "FOR"}, rows);
}

void print_policy(const Run& run, const projections::PolicyView& policy) {
  const projections::PolicyVersion& content = policy.content;
  run.out.line(fmt::format("{} version {}  {}", run.out.bold(policy.line.policy.text),
                           policy.line.version, shown(content.title)));
  run.out.line(fmt::format("kind {}   {}   published in {}", kinds_text(policy.line),
                           status_text(run, policy.line.status), content.published.event.text()));
  for (const TermView& term : policy.line.terms) {
    run.out.line(fmt::format("in force from {} for {}  ({})", period_text(term),
                             projections::scope_text(term.scope), term.activated.text()));
  }
  for (const events::LegalBasis& basis : content.legal_basis) {
    run.out.line(fmt::format("rests on clause {} of {}: {}", shown(basis.clause),
                             shown(basis.document), enum_text(basis.status)));
  }
  for (const projections::PolicyPosition& position : content.positions) {
    run.out.line(fmt::format("{} took the position \"{}\" in {}", enum_text(position.body),
                             enum_text(position.position), position.mark.event.text()));
  }
  if (content.interpretation) run.out.line("read as: " + shown(*content.interpretation));
  run.out.line("note: " + shown(content.note));
  run.out.line("digest " + content.digest.hex());
  run.out.line();
  run.out.line(view_json(content.body).dump(2));
}

void print_clauses(const Run& run, const std::vector<projections::ClauseView>& clauses) {
  if (clauses.empty()) {
    run.out.line("the register of clauses is empty");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const projections::ClauseView& clause : clauses) {
    const std::string status =
        clause.status ? std::string(enum_text(*clause.status)) : "not spoken of";
    rows.push_back({clause.document.text, run.out.bold(clause.clause.text),
                    clause.in_force ? run.out.green(status) : run.out.yellow(status),
                    clause.step ? clause.step->effective_on.text : "-",
                    clause.step ? shown(clause.step->document_version, 20) : "-",
                    clause.step ? clause.step->mark.event.text() : "-",
                    clause.step && clause.step->note ? shown(*clause.step->note, 60) : ""});
  }
  run.out.table({"DOCUMENT", "CLAUSE", "STATUS", "SINCE", "VERSION", "EVENT", "NOTE"}, rows);
}

}  // namespace assay::cli
