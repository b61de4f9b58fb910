#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/event_options.hpp"
#include "cli/events/event_input.hpp"
#include "cli/events/event_lines.hpp"
#include "cli/session/recording.hpp"
#include "cli/session/trial.hpp"
#include "cli/terminal/progress.hpp"
#include "ledger/events/governance.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct RecordOptions {
  EventOptions events;
  WriteOptions write;
  std::string key;
  std::vector<std::string> possession;
  bool dry_run = false;
};

Result<int> record_with(Run& run, const std::vector<std::string>& events,
                        const RecordOptions& options) {
  if (options.dry_run) {
    ASSAY_CHECK(try_events(run, options.key, events, options.possession, options.write));
    run.out.line(fmt::format("would record {} event{}; nothing was signed or written",
                             events.size(), events.size() == 1 ? "" : "s"));
    run.out.member("dry_run") = true;
    return 0;
  }
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
  std::vector<std::unique_ptr<keys::PrivateKey>> possession;
  RecordingOptions recording;
  for (const std::string& name : options.possession) {
    ASSAY_TRY(auto key, unlock(run, name, run.globals.passphrase_from));
    recording.possession.push_back(possession.emplace_back(std::move(key)).get());
  }
  recording.submission_id = options.events.submission_id;
  ASSAY_TRY(recording.expect, read_expectations(options.events));
  Progress progress(run, "recording", events.size());
  recording.progress = [&](std::uint64_t done) { progress.update(done); };
  ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, recording));
  progress.finish();
  show_receipts(run, batch, events);
  run.out.member("ledger") = session.summary();
  return 0;
}

/// Standard input, recorded as it comes: a receipt is out before the next line is waited for.
Result<int> record_as_it_comes(Run& run, const RecordOptions& options) {
  ASSAY_CHECK(check_event_options(options.events));
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
  EventLines lines(run.context.in, "standard input");
  std::uint64_t recorded = 0;
  const auto with_count = [&](Error error) {
    if (recorded > 0) {
      error.message += fmt::format(" ({} events of earlier lines were recorded)", recorded);
    }
    return std::unexpected(std::move(error));
  };
  for (auto events = lines.next(run.context.now); !events.empty();
       events = lines.next(run.context.now)) {
    const auto batch = record_events(run, session, author, events, {});
    if (!batch) return with_count(batch.error());
    recorded += events.size();
    show_receipts(run, *batch, events);
    run.context.out.flush();
  }
  run.out.member("events") = recorded;
  if (lines.problem()) return with_count(*lines.problem());
  if (recorded == 0) return fail(Errc::malformed, "standard input holds no event");
  return 0;
}

Result<int> record(Run& run, const RecordOptions& options) {
  // One form of answer to one form of question, wherever the events come from.
  if (options.events.stream) run.out.start_stream();
  const bool from_stdin = options.events.file.empty() || options.events.file == "-";
  // With proof of possession the events are few; a trial has to see all of them first.
  if (options.events.stream && from_stdin && !options.dry_run && options.possession.empty()) {
    return record_as_it_comes(run, options);
  }
  ASSAY_TRY(const std::vector<std::string> events, read_events(run, options.events));
  return record_with(run, events, options);
}

struct VoiceOptions {
  RecordOptions record;
  std::vector<std::string> targets;
  std::string text;
  bool pending = false;
};

/// The events that an endorsement names, and their digests.
Result<std::vector<std::string>> voices(Run& run, const VoiceOptions& options, bool endorse) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  const auto& decisions = session.fold().programme().state().decisions;
  std::vector<EventId> targets;
  for (const std::string& text : options.targets) {
    ASSAY_TRY(targets.emplace_back(), EventId::parse(text));
  }
  if (options.pending) {
    for (const auto& [id, decision] : decisions) {
      if (!decision.effective) targets.push_back(id);
    }
  }
  if (targets.empty()) {
    return fail(Errc::invalid_argument,
                options.pending ? "nothing waits for voices" : "no event named",
                "give an event's address, like 41.0");
  }
  std::vector<std::string> events;
  for (const EventId& target : targets) {
    const auto found = decisions.find(target);
    if (found == decisions.end()) {
      return fail(Errc::not_found,
                  "event " + target.text() + " is not one that others may endorse or dissent from");
    }
    EventData voice;
    if (endorse) {
      voice = events::DecisionEndorsed{
          options.text.empty() ? std::nullopt : std::optional(options.text), found->second.digest,
          target};
    } else {
      voice = events::DecisionDissented{found->second.digest, options.text, target};
    }
    events.push_back(encode_event(voice, run.context.now()));
  }
  return events;
}

void add_common(CLI::App* command, RecordOptions& options) {
  command->add_option("--key", options.key, "Key that signs")->required()->type_name("NAME");
  command->add_flag("--dry-run", options.dry_run, "Check everything, sign and write nothing");
  add_write_options(command, options.write);
}

}  // namespace

void add_record(App& app) {
  const auto options = std::make_shared<RecordOptions>();
  CLI::App* const command = app.command(nullptr, "record", "Record events in the log",
                                        [options](Run& run) { return record(run, *options); });
  add_event_options(command, options->events);
  add_common(command, *options);
  command
      ->add_option("--with-key", options->possession,
                   "A key that the event introduces, to prove its possession")
      ->type_name("NAME");
  app.describe(
      command,
      "Examples:\n"
      "  assay record issue_raised issue=TI-0001 phase=MOC-MDS-SIT-01 title=\"no answer\" \\\n"
      "      kind=unexpected_outcome planned_entries=PEE-001 --key sp-tl\n"
      "  assay record -f decision.json --key dcc-tm\n"
      "  assay record scope_baselined scope=SC-1 phase=SIT-01 version=1 --key dcc-tm\n"
      "      (item_count and root are those of the items that the ledger lists, unless given;\n"
      "      for scope_changed, of those that the change leaves)\n"
      "  producer | assay record --stream --key harness");

  const auto endorsement = std::make_shared<VoiceOptions>();
  CLI::App* const endorse =
      app.command(nullptr, "endorse", "Endorse events that need several voices",
                  [endorsement](Run& run) -> Result<int> {
                    ASSAY_TRY(const auto events, voices(run, *endorsement, true));
                    return record_with(run, events, endorsement->record);
                  });
  endorse->add_option("event", endorsement->targets, "Addresses of the events")->type_name("EVENT");
  endorse->add_flag("--all-pending", endorsement->pending, "Everything that waits for voices");
  endorse->add_option("--comment", endorsement->text, "Comment")->type_name("TEXT");
  add_common(endorse, endorsement->record);

  const auto dissent_options = std::make_shared<VoiceOptions>();
  CLI::App* const dissent = app.command(
      nullptr, "dissent", "Dissent from a decision", [dissent_options](Run& run) -> Result<int> {
        ASSAY_TRY(const auto events, voices(run, *dissent_options, false));
        return record_with(run, events, dissent_options->record);
      });
  dissent->add_option("event", dissent_options->targets, "Address of the decision")
      ->required()
      ->type_name("EVENT");
  dissent->add_option("--reason", dissent_options->text, "Reason")->required()->type_name("TEXT");
  add_common(dissent, dissent_options->record);
}

}  // namespace assay::cli
