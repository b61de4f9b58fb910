#include "cli/render/decision_text.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

using projections::ConditionState;
using projections::DecisionView;
using projections::VoiceView;

std::string roles_text(const std::set<Role>& roles) {
  std::string text;
  for (const Role role : roles) text.append(text.empty() ? "" : ", ").append(enum_text(role));
  return text.empty() ? "no role" : text;
}

std::string who(const std::optional<Identifier>& holder, const Identifier& party,
                const std::set<Role>& roles) {
  return holder ? fmt::format("{} of {} ({})", holder->text, party.text, roles_text(roles))
                : fmt::format("a root key of {}", party.text);
}

void print_author(const Run& run, const DecisionView& decision) {
  run.out.line(fmt::format(
      "  by {}, recorded {}",
      who(decision.decided_by.holder, decision.decided_by.party, decision.decided_by.roles),
      decision.recorded_at.text()));
  run.out.line(decision.seen ? fmt::format("  on the log's first {} entries, root {}",
                                           decision.seen->size, decision.seen->root.hex())
                             : "  without saying which state of the log it rests on");
  if (!decision.authorised) run.out.line(run.out.red("  ! held no role for it at that time"));
  if (decision.tainted) run.out.line(run.out.red("  ! the key was compromised by then"));
  if (!decision.effective_at) run.out.line(run.out.yellow("  waits for another voice"));
  if (decision.superseded_by) {
    run.out.line(run.out.dim("  superseded by " + decision.superseded_by->text()));
  }
}

void print_voices(const Run& run, const std::vector<VoiceView>& voices, const char* verb) {
  for (const VoiceView& voice : voices) {
    run.out.line(fmt::format("  {} by {} ({}){}{}", verb,
                             who(voice.holder, voice.party, voice.roles), voice.event.text(),
                             voice.tainted ? ", with a compromised key" : "",
                             voice.text.empty() ? "" : ": " + shown(voice.text, 200)));
  }
}

void print_conditions(const Run& run, const DecisionView& decision) {
  for (const projections::ConditionView& condition : decision.conditions) {
    const std::string text =
        fmt::format("  condition {}{}: {}", enum_text(condition.state),
                    condition.due ? ", due " + condition.due->text : "", shown(condition.text));
    run.out.line(condition.state == ConditionState::overdue ? run.out.red(text) : text);
  }
}

}  // namespace

void print_decision(const Run& run, const DecisionView& decision) {
  std::string entries;
  for (const Identifier& id : decision.planned_entries) entries += " " + id.text;
  run.out.line(fmt::format("{}  {} {}  {}{}", run.out.bold(decision.event.text()),
                           decision.type.text, shown(decision.outcome, 60), decision.about,
                           entries));
  print_author(run, decision);
  if (decision.quorum) {
    run.out.line(fmt::format("  quorum {}: {}", enum_text(decision.quorum->verdict),
                             shown(decision.quorum->text)));
  }
  print_voices(run, decision.endorsements, "endorsed");
  print_voices(run, decision.dissents, "DISSENT");
  for (const std::string& dissent : decision.dissents_in_minutes) {
    run.out.line("  DISSENT in the minutes: " + shown(dissent, 200));
  }
  print_conditions(run, decision);
}

}  // namespace assay::cli
