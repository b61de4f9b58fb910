#include "projections/selection/consultation_view.hpp"

#include <algorithm>

#include "projections/rulebook/calendar.hpp"
#include "projections/selection/dmc_life.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

/// One use of a consultation, by a selection or a substitution.
struct Citation {
  Identifier dmc;
  Identifier release;
  std::set<events::TestKind> kinds;
};

std::vector<Citation> citations_of(const Selection& selection, const Identifier& consultation) {
  std::vector<Citation> found;
  for (const auto& [dmc, choice] : selection.dmcs) {
    for (const DmcSelection& one : choice.selections) {
      if (one.consultation == consultation) found.push_back({dmc, one.release, one.kinds});
    }
    for (const DmcSubstitution& one : choice.substitutions) {
      if (one.consultation == consultation) found.push_back({dmc, one.release, {}});
    }
  }
  return found;
}

std::uint64_t days_min_of(const InForce& policy) {
  return policy.body->dmc_selection->consultation_working_days_min.value_or(0);
}

/// Of the policies under which it is used, the one that asks for the longest time.
std::optional<InForce> strictest(const Facts& facts, const std::vector<Citation>& citations,
                                 Timestamp at) {
  auto best = policy_in_force(facts.rulebook, events::PolicyKind::dmc_selection, {}, at);
  for (const Citation& one : citations) {
    const auto policy = selection_policy(facts, one.dmc, one.release, one.kinds, at);
    if (policy && (!best || days_min_of(*policy) > days_min_of(*best))) best = policy;
  }
  return best;
}

void answer(ConsultationView& view, Verdict verdict, std::string text) {
  view.verdict = verdict;
  view.text = std::move(text);
}

void count_days(const Facts& facts, const Consultation& consultation,
                const std::vector<Citation>& citations, ConsultationView& view) {
  PolicyTarget target;
  if (!citations.empty()) target.release = citations.front().release;
  const auto* const calendar = calendar_in_force(facts.rulebook, target, consultation.opens_at);
  if (calendar == nullptr) return;
  Timestamp end = consultation.closes_at;
  if (consultation.ended) end = std::min(end, consultation.ended->closed_at);
  view.working_days =
      working_days_between(*calendar, london_day(consultation.opens_at), london_day(end));
}

void judge_length(const Facts& facts, const Consultation& consultation,
                  const std::vector<Citation>& citations, ConsultationView& view) {
  if (consultation.about.text != kSelectionTopic && citations.empty()) {
    return answer(view, Verdict::not_applicable, "it is not about the choice of DMCs");
  }
  const auto policy = strictest(facts, citations, consultation.opens_at);
  if (!policy) {
    return answer(view, Verdict::undetermined,
                  "no DMC selection policy was in force when it opened");
  }
  view.policy = used(*policy);
  view.days_min = policy->body->dmc_selection->consultation_working_days_min;
  if (!view.days_min) {
    return answer(view, Verdict::undetermined, "the policy does not say how long is long enough");
  }
  if (!view.working_days) {
    return answer(view, Verdict::undetermined,
                  "no calendar says which of its days were working days");
  }
  const std::string days = std::to_string(*view.working_days) + " working days, of at least " +
                           std::to_string(*view.days_min) + " that the policy asks for";
  const bool enough =
      *view.working_days >= 0 && static_cast<std::uint64_t>(*view.working_days) >= *view.days_min;
  answer(view, enough ? Verdict::met : Verdict::not_met, days);
}

ConsultationState state_of(const Consultation& consultation, Timestamp now) {
  if (consultation.ended) return ConsultationState::closed;
  if (now < consultation.opens_at) return ConsultationState::announced;
  return now > consultation.closes_at ? ConsultationState::overdue : ConsultationState::open;
}

void add_responses(const Consultation& consultation, ConsultationView& view) {
  for (const auto& [id, response] : consultation.responses) {
    const bool late = consultation.ended && response.received_at > consultation.ended->closed_at;
    view.responses.push_back({response, late, id});
  }
  if (!consultation.ended) return;
  view.responses_count = consultation.ended->responses_count;
  view.counts_agree = *view.responses_count == view.responses.size();
}

ConsultationView view_of(const Facts& facts, const Identifier& id,
                         const Consultation& consultation) {
  const std::vector<Citation> citations = citations_of(facts.selection, id);
  ConsultationView view;
  view.about = consultation.about;
  view.audiences = {consultation.audiences.begin(), consultation.audiences.end()};
  for (const Citation& one : citations) {
    if (!std::ranges::count(view.cited_by, one.dmc)) view.cited_by.push_back(one.dmc);
  }
  view.closes_at = consultation.closes_at;
  view.closes_london = london_text(consultation.closes_at);
  view.consultation = id;
  view.documents = consultation.documents;
  view.events = {consultation.opened.event};
  view.opens_at = consultation.opens_at;
  view.opens_london = london_text(consultation.opens_at);
  view.title = consultation.title;
  if (consultation.ended) {
    view.closed_at = consultation.ended->closed_at;
    view.closed_london = london_text(consultation.ended->closed_at);
    view.conclusion = consultation.ended->conclusion;
    view.events.push_back(consultation.ended->mark.event);
  }
  view.state = state_of(consultation, facts.recorded_at);
  add_responses(consultation, view);
  count_days(facts, consultation, citations, view);
  judge_length(facts, consultation, citations, view);
  return view;
}

}  // namespace

std::vector<ConsultationView> consultation_views(const Facts& facts) {
  std::vector<ConsultationView> views;
  for (const auto& [id, consultation] : facts.selection.consultations) {
    views.push_back(view_of(facts, id, consultation));
  }
  return views;
}

}  // namespace assay::projections
