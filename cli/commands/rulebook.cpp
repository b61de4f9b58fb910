#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/events/time_input.hpp"
#include "cli/render/rulebook_text.hpp"
#include "cli/rulebook/publication.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/recording.hpp"
#include "cli/session/trial.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/format/json_archive.hpp"
#include "projections/rules/finding.hpp"

namespace assay::cli {
namespace {

Result<std::vector<RulebookFile>> read_rulebooks(Run& run, const std::vector<std::string>& paths) {
  std::vector<RulebookFile> files;
  for (const std::string& path : paths) {
    ASSAY_TRY(const std::string text, read_input(run.context.in, path, kRulebookSizeBytes));
    auto file = parse_rulebook(text);
    if (!file) {
      return std::unexpected(std::move(file).error().in(path == "-" ? "standard input" : path));
    }
    files.push_back(*std::move(file));
  }
  return files;
}

Result<int> check(Run& run, const std::vector<std::string>& paths) {
  ASSAY_TRY(const auto files, read_rulebooks(run, paths));
  run.out.member("rulebooks") = Json::array();
  for (std::size_t i = 0; i < files.size(); ++i) {
    run.out.line(fmt::format("{}: {}, {} policies, {} statuses of clauses", paths[i],
                             files[i].rulebook.text, files[i].policies.size(),
                             files[i].clauses.size()));
    run.out.member("rulebooks")
        .push_back({{"file", paths[i]},
                    {"rulebook", files[i].rulebook.text},
                    {"policies", files[i].policies.size()},
                    {"clauses", files[i].clauses.size()}});
  }
  run.out.member("findings") = Json::array();
  for (const projections::Finding& finding : foreseen_findings(files)) {
    run.out.line(run.out.yellow("! " + finding.rule.text) + "  " + shown(finding.sentence));
    run.out.member("findings")
        .push_back({{"rule", finding.rule.text},
                    {"severity", enum_text(finding.severity)},
                    {"subject", finding.subject},
                    {"sentence", finding.sentence}});
  }
  return 0;
}

struct PublishOptions {
  std::vector<std::string> files;
  std::string key;
  std::string effective_from;
  bool dry_run = false;
  WriteOptions write;
};

void show_plan(const Run& run, const Publication& plan, bool dry_run) {
  for (const std::string& what : plan.added) {
    run.out.line(fmt::format("{} {}", dry_run ? "would add" : "adds", what));
  }
  for (const std::string& what : plan.present) run.out.line("has already " + what);
  for (const std::string& name : plan.differs) {
    run.out.warn(
        fmt::format("{} has the same content in the log under another title, note or "
                    "basis; what was published stays",
                    name));
  }
  run.out.member("added") = plan.added;
  run.out.member("present") = plan.present;
  run.out.member("differs") = plan.differs;
  if (plan.events.empty()) run.out.line("nothing to add: the log has all of it");
}

/// A rulebook may fill several submissions; either all of it is recorded or nothing, as far as that
/// can be known beforehand. With --dry-run, this is all, and it is shown.
Status try_publication(Run& run, const PublishOptions& options,
                       const std::vector<RulebookFile>& files, std::optional<Timestamp> from) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  ASSAY_TRY(const Publication plan,
            plan_publication(session.fold().facts().rulebook, files, from, run.context.now()));
  if (!plan.events.empty()) {
    ASSAY_CHECK(try_events(run, options.key, plan.events, {}, options.write));
  }
  if (!options.dry_run) return {};
  show_plan(run, plan, true);
  run.out.line("nothing was signed or written");
  run.out.member("dry_run") = true;
  return {};
}

Result<int> publish(Run& run, const PublishOptions& options) {
  std::optional<Timestamp> from;
  if (!options.effective_from.empty()) {
    ASSAY_TRY(from, time_from_text(options.effective_from));
  }
  ASSAY_TRY(const auto files, read_rulebooks(run, options.files));
  ASSAY_CHECK(try_publication(run, options, files, from));
  if (options.dry_run) return 0;
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_TRY(const Publication plan,
            plan_publication(session.fold().facts().rulebook, files, from, run.context.now()));
  if (!plan.events.empty()) {
    ASSAY_TRY(Author author,
              Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
    Progress progress(run, "publishing", plan.events.size());
    RecordingOptions recording;
    recording.progress = [&](std::uint64_t done) { progress.update(done); };
    ASSAY_TRY(const RecordedBatch batch,
              record_events(run, session, author, plan.events, recording));
    progress.finish();
    show_receipts(run, batch, plan.events);
  }
  show_plan(run, plan, false);
  run.out.member("ledger") = session.summary();
  return 0;
}

struct ReadOptions {
  std::string policy;
  std::optional<std::uint64_t> version;
  std::string at;
};

Result<int> list(Run& run, const ReadOptions& options) {
  return read_state(run, options.at, [&](Run&, const auto& fold) -> Result<int> {
    const projections::Facts facts = fold.facts();
    const auto policies = projections::list_policies(facts.rulebook, facts.recorded_at);
    print_policies(run, policies);
    run.out.member("policies") = views_json(policies);
    return 0;
  });
}

Result<int> show(Run& run, const ReadOptions& options) {
  return read_state(run, options.at, [&](Run&, const auto& fold) -> Result<int> {
    const projections::Facts facts = fold.facts();
    const auto policy = projections::view_policy(facts.rulebook, options.policy, options.version,
                                                 facts.recorded_at);
    if (!policy) {
      return fail(Errc::not_found,
                  "there is no policy " + options.policy +
                      (options.version ? " version " + std::to_string(*options.version) : ""),
                  "`assay rulebook list` lists them");
    }
    print_policy(run, *policy);
    run.out.member("policy") = view_json(*policy);
    return 0;
  });
}

void add_files(CLI::App* command, std::vector<std::string>& files) {
  command->add_option("file", files, "Rulebook files; - for standard input")
      ->required()
      ->type_name("FILE");
}

void add_publish(App& app, CLI::App* group) {
  const auto options = std::make_shared<PublishOptions>();
  CLI::App* const command =
      app.command(group, "publish", "Record policies and statuses of clauses that the log lacks",
                  [options](Run& run) { return publish(run, *options); });
  add_files(command, options->files);
  command->add_option("--key", options->key, "Key that signs")->required()->type_name("NAME");
  command
      ->add_option("--effective-from", options->effective_from,
                   "Put everything in force from then on, instead of when the files say")
      ->type_name("TIME");
  command->add_flag("--dry-run", options->dry_run, "Check everything, sign and write nothing");
  add_write_options(command, options->write);
  app.describe(command,
               "Publishing again adds nothing. A version never changes: other content under a\n"
               "version that the log has is a conflict (exit code 4).\n\n"
               "Example:\n"
               "  assay rulebook publish docs/rulebooks/proposed-2019-08.json --key dcc-reg \\\n"
               "      --effective-from 2019-09-20T00:00Z");
}

void add_reading(App& app, CLI::App* group) {
  const auto list_options = std::make_shared<ReadOptions>();
  CLI::App* const list_command =
      app.command(group, "list", "Every version of every policy, and when it was in force",
                  [list_options](Run& run) { return list(run, *list_options); });
  add_at_option(list_command, list_options->at);
  const auto show_options = std::make_shared<ReadOptions>();
  CLI::App* const show_command =
      app.command(group, "show", "One policy with its whole content",
                  [show_options](Run& run) { return show(run, *show_options); });
  show_command->add_option("policy", show_options->policy, "Id of the policy")
      ->required()
      ->type_name("ID");
  show_command->add_option("--version", show_options->version, "This version instead of the newest")
      ->type_name("N");
  add_at_option(show_command, show_options->at);
}

}  // namespace

void add_rulebook(App& app) {
  CLI::App* const group = app.group("rulebook", "Policies: check, publish and show them");
  const auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* const check_command =
      app.command(group, "check", "Check rulebook files, without a ledger",
                  [files](Run& run) { return check(run, *files); });
  add_files(check_command, *files);
  app.describe(check_command,
               "A file that is not sound is refused with the member at fault, its line and its\n"
               "column (exit code 5). What would only be found once it is in force is listed.\n\n"
               "Example:\n"
               "  assay rulebook check docs/rulebooks/proposed-2019-08.json");
  add_publish(app, group);
  add_reading(app, group);
  app.command(group, "schema", "The JSON Schema of a rulebook file", [](Run& run) -> Result<int> {
    run.out.raw(rulebook_schema());
    run.out.member("json_schema") = Json::parse(rulebook_schema());
    return 0;
  });
}

}  // namespace assay::cli
