#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/base/words.hpp"
#include "projections/board/matrix_view.hpp"
#include "projections/issues/issue_view.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct Facts {
  Timestamp last_recorded_at;
  std::uint64_t checkpoint_size = 0;
  std::uint64_t incomplete_imports = 0;
  std::uint64_t waiting = 0;
  std::uint64_t open_issues = 0;
  std::uint64_t untriaged = 0;
  std::uint64_t phases = 0;
};

Result<Facts> gather(const LedgerSession& session, const StatesAt& states) {
  Facts facts;
  if (states.size() == 0) return facts;
  ASSAY_TRY(const std::string bytes, session.store().entry(states.size() - 1));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  facts.last_recorded_at = entry.recorded_at;
  if (const auto checkpoint = checkpoint_up_to(session.store(), states.size())) {
    facts.checkpoint_size = checkpoint->size;
  }
  for (const auto& phase : projections::list_phases(states.fold().board())) {
    facts.incomplete_imports += phase.imports_incomplete;
    ++facts.phases;
  }
  for (const auto& [id, decision] : states.fold().programme().state().decisions) {
    if (!decision.effective) ++facts.waiting;
  }
  for (const auto& issue : projections::list_issues(states.fold().issues())) {
    if (issue.state == projections::IssueState::closed) continue;
    ++facts.open_issues;
    if (issue.bucket == projections::SeverityBucket::untriaged) ++facts.untriaged;
  }
  return facts;
}

/// The one command that would help most now.
std::string next_command(const Facts& facts, const LedgerSession& session) {
  if (facts.incomplete_imports > 0) return "assay import FILE …   (the same again resumes it)";
  if (facts.waiting > 0) return "assay endorse --all-pending --key NAME";
  if (session.fold().programme().state().parties.empty()) {
    return "assay record party_registered party=… name=… class=DCC --key ROOT";
  }
  if (facts.phases == 0)
    return "assay record phase_planned … --key NAME   (assay help phase_planned)";
  return "assay verify";
}

struct StatusOptions {
  std::string directory;
  std::string at;
};

Result<int> status(Run& outer, const StatusOptions& options) {
  Globals globals = outer.globals;
  if (!options.directory.empty()) globals.ledger = options.directory;
  Run run{outer.context, globals, outer.out, outer.passphrases};
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, options.at));
  ASSAY_TRY(const Facts facts, gather(session, states));
  ASSAY_TRY(const Hash root, merkle::root_at(states.size(), session.store().nodes()));
  const auto& state = states.fold().programme().state();
  run.out.line(fmt::format("{}   {}", run.out.bold(shown(state.programme)), session.origin()));
  run.out.line(fmt::format("entries         {}   root {}", states.size(), root.hex()));
  run.out.line(fmt::format("began as        {}", words_of(state.log_id)));
  run.out.line(fmt::format("last recorded   {}", facts.last_recorded_at.text()));
  run.out.line(fmt::format("checkpoint      size {}{}", facts.checkpoint_size,
                           facts.checkpoint_size == states.size() ? "" : "  (behind the log)"));
  run.out.line(fmt::format("phases          {}   incomplete imports {}", facts.phases,
                           facts.incomplete_imports));
  run.out.line(
      fmt::format("open issues     {}   untriaged {}", facts.open_issues, facts.untriaged));
  run.out.line(fmt::format("waiting voices  {}", facts.waiting));
  run.out.line();
  run.out.line("Nothing here was verified; that is what `assay verify` does.");
  const bool is_head = states.size() == session.size();
  if (is_head) run.out.line("next: " + next_command(facts, session));
  run.out.member("programme") = state.programme;
  run.out.member("log_id_words") = words_of(state.log_id);
  run.out.member("last_recorded_at") = facts.last_recorded_at.text();
  run.out.member("checkpoint_size") = facts.checkpoint_size;
  run.out.member("phases") = facts.phases;
  run.out.member("incomplete_imports") = facts.incomplete_imports;
  run.out.member("open_issues") = facts.open_issues;
  run.out.member("untriaged_issues") = facts.untriaged;
  run.out.member("waiting_for_voices") = facts.waiting;
  if (is_head) run.out.member("next") = next_command(facts, session);
  return 0;
}

}  // namespace

void add_status(App& app) {
  const auto options = std::make_shared<StatusOptions>();
  CLI::App* const command =
      app.command(nullptr, "status", "The ledger in ten lines, and the next command",
                  [options](Run& run) { return status(run, *options); });
  command->add_option("ledger", options->directory, "Ledger directory [--ledger]")
      ->type_name("LEDGER");
  add_at_option(command, options->at);
}

}  // namespace assay::cli
