// Completion reports against what the log shows: C-OMIT, C-LISTED, C-CUT, C-COMB, C-EXPAND.

#include "projections/completion/combined.hpp"
#include "projections/completion/completion_findings.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

class ReportFinder {
 public:
  ReportFinder(const Facts& now, const FactsAt& at, Findings& findings)
      : now_(now), at_(at), findings_(findings) {}

  void find(const Identifier& id, const Report& report) {
    const ReportReconciliation against = reconcile_report(now_, id, at_);
    find_list(report, against);
    for (const UncutEntries& uncut : against.cutoffs.missing) {
      Finding finding = about("C-CUT", id, report);
      finding.phase = uncut.phase;
      finding.sentence = say("Report ", id, " covers ", uncut.planned_entries, " in ", uncut.phase,
                             ", for which no cut-off was declared before it.");
      findings_.add(std::move(finding));
    }
    if (report.kind == events::ReportKind::combined) find_combined(id, report);
  }

 private:
  static Finding about(const char* rule, const Identifier& id, const Report& report) {
    Finding finding;
    finding.rule = rule;
    finding.events = {report.mark.event};
    finding.subject = subject_of(Kind::report, id.text);
    return finding;
  }

  void find_list(const Report& report, const ReportReconciliation& against) {
    const Identifier& id = against.report;
    const auto add = [&](const char* rule, const std::set<Identifier>& issues, const char* what) {
      if (issues.empty()) return;
      Finding finding = about(rule, id, report);
      for (const ReportCutoff& cutoff : against.cutoffs.cutoffs) {
        finding.events.push_back(cutoff.declared);
      }
      for (const Identifier& issue : issues) add_last_step(issue, finding);
      finding.sentence = say("Report ", id, " ", what, ": ", issues, ".");
      findings_.add(std::move(finding));
    };
    add("C-OMIT", against.omitted, "leaves out issues that were open at its cut-off");
    add("C-LISTED", against.not_open, "lists as outstanding what was not open at its cut-off");
  }

  void add_last_step(const Identifier& id, Finding& finding) const {
    const auto issue = now_.issues.issues.find(id);
    if (issue != now_.issues.issues.end()) finding.events.push_back(issue->second.raised.event);
  }

  void find_combined(const Identifier& id, const Report& report) {
    const CombinedView view = view_combined(now_, id);
    const auto add = [&](const char* rule, std::string sentence) {
      Finding finding = about(rule, id, report);
      finding.sentence = std::move(sentence);
      findings_.add(std::move(finding));
    };
    if (!view.no_policy.empty()) {
      add("C-COMB", say("Report ", id,
                        " combines MT and SIT, and no policy was in force that "
                        "allows it for ",
                        view.no_policy, "."));
    }
    if (!view.not_allowed.empty()) {
      add("C-COMB", say("Report ", id,
                        " combines MT and SIT, which the policy in force does not "
                        "allow for ",
                        view.not_allowed, "."));
    }
    for (const MissingKind& missing : view.missing_kinds) {
      add("C-COMB", say("Report ", id, " covers ", missing.planned_entry, " without a phase of ",
                        missing.kind, "."));
    }
    for (const ReportPlace& place : view.left_out) {
      add("C-COMB", say("Report ", id, " covers ", place.planned_entry, " and leaves out ",
                        place.phase, ", which tests it."));
    }
    if (!view.several_cutoffs.empty()) {
      add("C-CUT",
          say("Report ", id, " rests on more than one cut-off in ", view.several_cutoffs, "."));
    }
    for (const ReportPlace& place : view.undecided) {
      add("C-EXPAND", say("Exit was decided on report ", id, ", but not for ", place.planned_entry,
                          " in ", place.phase, "."));
    }
  }

  const Facts& now_;
  const FactsAt& at_;
  Findings& findings_;
};

}  // namespace

void find_report_findings(const Facts& now, const FactsAt& at, Findings& findings) {
  ReportFinder finder(now, at, findings);
  for (const auto& [id, report] : now.completion.reports) finder.find(id, report);
}

void find_completion_findings(const Facts& now, const FactsAt& at, Findings& findings) {
  find_report_findings(now, at, findings);
  find_position_findings(now, findings);
  find_closing_findings(now, findings);
  find_integrity_findings(now, findings);
}

}  // namespace assay::projections
