// Findings about consultations.

#include "projections/selection/consultation_view.hpp"
#include "projections/selection/selection_findings.hpp"

namespace assay::projections {

void find_consultation_findings(const Facts& facts, Findings& findings) {
  for (const ConsultationView& view : consultation_views(facts)) {
    Finding finding;
    finding.events = view.events;
    finding.subject = subject_of(Kind::consultation, view.consultation.text);
    if (view.verdict == events::Verdict::not_met) {
      Finding is_short = finding;
      if (view.policy) is_short.events.push_back(view.policy->activated);
      is_short.rule = "D-SHORT";
      is_short.sentence = "consultation " + view.consultation.text + " was open for " + view.text;
      findings.add(std::move(is_short));
    }
    if (!view.counts_agree) {
      finding.rule = "D-RESP";
      finding.sentence = "consultation " + view.consultation.text + " closed with " +
                         std::to_string(*view.responses_count) + " responses counted and " +
                         std::to_string(view.responses.size()) + " recorded";
      findings.add(std::move(finding));
    }
  }
}

}  // namespace assay::projections
