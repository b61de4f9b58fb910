#include "projections/completion/decision_view.hpp"
#include "projections/completion/work_off_view.hpp"
#include "projections/difference/collect.hpp"
#include "projections/register/register.hpp"
#include "projections/rulebook/clauses.hpp"
#include "projections/rulebook/london.hpp"
#include "projections/rulebook/rulebook_view.hpp"
#include "projections/rules/say.hpp"
#include "projections/selection/consultation_view.hpp"

namespace assay::projections {
namespace {

std::optional<Identifier> phase_named(std::string_view about) {
  const std::string prefix = subject_of(Kind::phase, "");
  if (!about.starts_with(prefix)) return std::nullopt;
  return Identifier(std::string(about.substr(prefix.size())));
}

void add_dissent_aspects(const DecisionView& decision, Aspects& aspects) {
  const auto add = [&](const std::string& id, std::string title, const std::string& reason) {
    aspects.add(
        {.section = Section::dissents,
         .id = id,
         .phase = phase_named(decision.about),
         .planned_entries = {decision.planned_entries.begin(), decision.planned_entries.end()},
         .title = std::move(title),
         .values = {{"reason", reason}}});
  };
  const std::string from = say(" from ", decision.type, " ", decision.event, " on ");
  for (const VoiceView& voice : decision.dissents) {
    const std::string who =
        voice.holder ? say(*voice.holder, " of ", voice.party) : say("a root key of ", voice.party);
    add(voice.event.text(), say(who, " dissents", from, decision.about), voice.text);
  }
  for (const std::string& text : decision.dissents_in_minutes) {
    add(say(decision.event, "/minutes"), say("the minutes name a dissent", from, decision.about),
        text);
  }
}

void add_decision_aspects(const Facts& facts, Aspects& aspects) {
  for (const DecisionView& decision : view_decisions(facts)) {
    Aspect aspect{
        .section = Section::decisions,
        .id = decision.event.text(),
        .phase = phase_named(decision.about),
        .planned_entries = {decision.planned_entries.begin(), decision.planned_entries.end()},
        .title = say(decision.type, " on ", decision.about)};
    const auto add = [&](const char* name, std::string text) {
      aspect.values.push_back({name, std::move(text)});
    };
    if (!decision.outcome.empty()) add("outcome", decision.outcome);
    add("by", decision.decided_by.party.text);
    add("status", decision.effective_at ? "in effect" : "waits for voices");
    add("endorsements", say(decision.endorsements.size()));
    if (decision.quorum) add("quorum", say(decision.quorum->verdict));
    if (decision.superseded_by) add("superseded_by", say(*decision.superseded_by));
    if (decision.tainted) add("key", "compromised by then");
    aspects.add(std::move(aspect));
    add_dissent_aspects(decision, aspects);
  }
}

void add_work_off_aspects(const Facts& facts, Aspects& aspects) {
  for (const WorkOffLine& item : view_work_off(facts).items) {
    const auto issue = facts.issues.issues.find(item.issue);
    const bool known = issue != facts.issues.issues.end();
    Aspect aspect{
        .section = Section::work_off,
        .id = say(item.work_off_plan, "/", item.issue),
        .title = say("work-off of ", item.issue),
        .values = {
            {"state", say(item.state)}, {"owner", item.owner.text}, {"target", item.target.text}}};
    if (known) {
      aspect.phase = issue->second.phase;
      aspect.planned_entries = {issue->second.planned_entries.begin(),
                                issue->second.planned_entries.end()};
    }
    aspects.add(std::move(aspect));
  }
}

void add_consultation_aspects(const Facts& facts, Aspects& aspects) {
  for (const ConsultationView& one : consultation_views(facts)) {
    aspects.add({.section = Section::consultations,
                 .id = one.consultation.text,
                 .title = one.title,
                 .values = {{"state", say(one.state)},
                            {"closes", one.closed_london.value_or(one.closes_london)},
                            {"responses", say(one.responses.size())},
                            {"long_enough", say(one.verdict)},
                            {"cited_by", one.cited_by.empty() ? "none" : say(one.cited_by)}},
                 .why = one.text});
  }
}

void add_rulebook_aspects(const Facts& facts, Aspects& aspects) {
  for (const PolicyLine& policy : list_policies(facts.rulebook, facts.recorded_at)) {
    std::string terms;
    for (const TermView& term : policy.terms) {
      terms.append(terms.empty() ? "" : "; ")
          .append(say("from ", london_text(term.effective_from)));
      if (term.until) terms.append(say(" until ", london_text(*term.until)));
      terms.append(" for ").append(scope_text(term.scope));
    }
    aspects.add({.section = Section::policies,
                 .id = say(policy.policy, ".v", policy.version),
                 .title = policy.title,
                 .values = {{"status", say(policy.status)},
                            {"in_force", terms.empty() ? "never" : terms}}});
  }
  for (const ClauseView& clause : list_clauses(facts.rulebook, london_day(facts.recorded_at))) {
    aspects.add({.section = Section::clauses,
                 .id = say(clause.document, " ", clause.clause),
                 .title = say("clause ", clause.clause, " of ", clause.document),
                 .values = {{"status", clause.status ? say(*clause.status) : "not known"}}});
  }
}

void add_register_aspect(Section section, std::string id, std::string title,
                         std::vector<AspectValue> values, Aspects& aspects) {
  aspects.add({.section = section,
               .id = std::move(id),
               .title = std::move(title),
               .values = std::move(values)});
}

void add_key_aspects(const RegisterState& state, Aspects& aspects) {
  for (const auto& [id, key] : state.keys) {
    std::vector<AspectValue> values{{"status", say(key.status)}, {"valid_to", say(key.valid_to)}};
    if (key.compromised_since) values.push_back({"compromised_since", say(*key.compromised_since)});
    add_register_aspect(Section::keys, id.hex(), say("key of ", key.holder, " of ", key.party),
                        std::move(values), aspects);
  }
  for (const events::RootKey& root : state.roots) {
    add_register_aspect(Section::keys, root.key.hex(), say("root key of ", root.party),
                        {{"status", "root"}}, aspects);
  }
  add_register_aspect(Section::keys, "log", "the log's key",
                      {{"key", state.log_key.key.hex()}, {"next", state.next_log_key.hex()}},
                      aspects);
  add_register_aspect(Section::keys, "roots", "the root parties",
                      {{"threshold", say(state.root_threshold)}}, aspects);
}

void add_register_aspects(const RegisterState& state, Aspects& aspects) {
  for (const auto& [id, party] : state.parties) {
    add_register_aspect(Section::parties, id.text, party.name, {{"class", say(party.class_)}},
                        aspects);
  }
  add_key_aspects(state, aspects);
  for (const auto& [who, roles] : state.roles) {
    std::string text;
    for (const Role role : roles) text.append(text.empty() ? "" : " ").append(enum_text(role));
    add_register_aspect(Section::roles, say(who.party, "/", who.holder),
                        say("roles of ", who.holder, " of ", who.party),
                        {{"roles", text.empty() ? "none" : text}}, aspects);
  }
}

}  // namespace

void add_programme_aspects(const Facts& facts, Aspects& aspects) {
  add_decision_aspects(facts, aspects);
  add_work_off_aspects(facts, aspects);
  add_consultation_aspects(facts, aspects);
  add_rulebook_aspects(facts, aspects);
  add_register_aspects(facts.programme.state(), aspects);
}

}  // namespace assay::projections
