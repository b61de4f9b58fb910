#include <filesystem>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/import_options.hpp"
#include "cli/import/import_job.hpp"
#include "cli/import/report_file.hpp"
#include "cli/render/import_text.hpp"
#include "cli/session/evidence_files.hpp"
#include "cli/session/spooled_input.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/events/catalogue.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

bool is_the_reports_fault(const Error& error) {
  return error.code == Errc::malformed || error.code == Errc::limit ||
         error.code == Errc::unsupported;
}

/// The refusal that the log has of the same file for the same phase and entry, if it has one.
Result<std::optional<EventId>> refused_before(const LedgerSession& session,
                                              const events::ImportRefused& refused) {
  ASSAY_TRY(const auto about, session.store().events_about(refused.subject()));
  for (const EventId& id : about) {
    ASSAY_TRY(const std::string bytes, session.store().entry(id.entry));
    EntryView entry;
    ASSAY_CHECK(parse_entry(bytes, entry));
    const EventView& event = entry.submission.events.at(id.position);
    if (event.type != events::ImportRefused::kType) continue;
    ASSAY_TRY(const EventData data, decode_event(event.type, event.version, event.data));
    const auto& before = *event_if<events::ImportRefused>(&data);
    if (before.phase == refused.phase && before.planned_entry == refused.planned_entry) return id;
  }
  return std::nullopt;
}

/// The file is kept, and the log says that it could not be read. The same refusal again adds
/// nothing.
Status record_refusal(const Run& run, LedgerSession& session, Author& author,
                      const ImportOptions& options, const std::string& file,
                      const store::StoredEvidence& stored, Error& reason) {
  events::ImportRefused refused;
  refused.evidence = stored.digest;
  refused.file_name = std::filesystem::path(file).filename().string();
  refused.format = "junit";
  const auto& board = session.fold().board();
  if (board.phases.contains(options.target.phase)) refused.phase = options.target.phase;
  if (board.planned_entries.contains(options.target.planned_entry)) {
    refused.planned_entry = options.target.planned_entry;
  }
  refused.reason = reason.message;
  ASSAY_CHECK(settle_outbox(run, session, author));
  ASSAY_TRY(const auto before, refused_before(session, refused));
  if (before) {
    reason.message +=
        fmt::format(" (refused before in entry {}; nothing was added)", before->entry);
    return {};
  }
  std::vector<std::string> events;
  const std::string subject = "evidence/" + stored.digest.hex();
  if (session.fold().programme().touched_size(subject) == 0) {
    events::EvidenceAdded added;
    added.digest = stored.digest;
    added.digest_sha512 = stored.record.sha512;
    added.media_type = "application/octet-stream";
    added.name = refused.file_name;
    added.size_bytes = stored.record.size_bytes;
    events.push_back(encode_event(added, run.context.now()));
  }
  events.push_back(encode_event(refused, run.context.now()));
  ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, {}));
  run.out.line(fmt::format("{}  refused; kept as evidence {}, recorded in entry {}",
                           run.out.bold(shown(refused.file_name)), stored.digest.hex(),
                           batch.receipts.back().index));
  return {};
}

void print_import(const Run& run, const ImportTarget& target, const ImportResult& result) {
  switch (result.status) {
    case ImportStatus::already_there:
      run.out.line(fmt::format("  {} / {}: imported before as {}; nothing was added", target.phase,
                               target.planned_entry, result.import.text));
      run.out.line("    if it is another run that gave the same bytes, say --new-run");
      break;
    case ImportStatus::resumed:
    case ImportStatus::recorded:
      run.out.line(fmt::format("  {} {} result{} for {} / {} ({} of scope items) as {}",
                               result.status == ImportStatus::resumed ? "resumed:" : "recorded",
                               result.results, result.results == 1 ? "" : "s", target.phase,
                               target.planned_entry, result.in_scope, result.import.text));
  }
}

/// One file. Returns the error that refused it, after that was recorded.
Result<std::optional<Error>> import_file(Run& run, LedgerSession& session, Author& author,
                                         const ImportOptions& options, const Report& report,
                                         Json& json) {
  const std::string& file = report.name;
  ASSAY_TRY(const import::JunitOptions reading, reader_options(options));
  json = {{"file", file}};
  // Kept before anything is parsed: what cannot be read is evidence too.
  ASSAY_TRY(const store::StoredEvidence stored, put_file(run, session.store(), report.path, {}));
  json["evidence"] = stored.digest.hex();
  ReportFile source(report.path, stored.digest);
  const auto overview = look_at(source, reading, options.target);
  if (!overview) {
    Error error = overview.error();
    if (!is_the_reports_fault(error)) return std::unexpected(std::move(error));
    error = with_repair_hint(std::move(error), source, reading, options.target);
    ASSAY_CHECK(record_refusal(run, session, author, options, file, stored, error));
    json["refused"] = to_json(error);
    error.message.insert(0, file + ": ");
    return error;
  }
  print_summary(run, file, overview->summary);
  json.update(summary_json(overview->summary));
  json["imports"] = Json::array();
  for (const auto& [target, counts] : overview->targets) {
    ImportRequest request = request_of(options, file, target, counts);
    request.evidence = stored.digest;
    request.sha512 = stored.record.sha512;
    request.size_bytes = stored.record.size_bytes;
    ASSAY_TRY(const ImportResult result, run_import(run, session, author, request, source, reading,
                                                    options.target, overview->summary));
    print_import(run, target, result);
    json["imports"].push_back({{"import", result.import.text},
                               {"status", enum_text(result.status)},
                               {"phase", target.phase},
                               {"planned_entry", target.planned_entry},
                               {"kind", enum_text(result.kind)},
                               {"results", result.results},
                               {"in_scope", result.in_scope}});
  }
  return std::nullopt;
}

/// What can be known to be wrong before a file is kept or a key unlocked.
Status check_import_options(const ImportOptions& options) {
  ASSAY_TRY(const import::JunitOptions unused, reader_options(options));
  const std::string& counter = options.target.run_counter_first;
  if (!counter.empty() && !parse_decimal(counter)) {
    return fail(Errc::invalid_argument, "--run-counter \"" + counter + "\" is not a number",
                "say the counter of the first result, for example 101");
  }
  if (options.key.empty() && !options.dry_run && !options.lint) {
    return fail(Errc::invalid_argument, "no key was named",
                "say --key NAME; `assay key list` lists them");
  }
  return {};
}

Result<int> import_reports(Run& run, const ImportOptions& options) {
  ASSAY_CHECK(check_import_options(options));
  if (options.lint) return lint_reports(run, options);
  if (options.dry_run) return try_import(run, options);
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_CHECK(check_target(session, options.target));
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
  ASSAY_TRY(const Reports reports, Reports::open(run, options.files));
  Json files = Json::array();
  std::optional<Error> refused;
  for (const Report& report : reports.list()) {
    Json json;
    auto outcome = import_file(run, session, author, options, report, json);
    files.push_back(std::move(json));
    if (!outcome) {
      run.out.member("files") = std::move(files);
      run.out.member("ledger") = session.summary();
      return std::unexpected(std::move(outcome).error());
    }
    if (*outcome && refused) run.out.warn(shown((*outcome)->message));
    if (*outcome && !refused) refused = std::move(**outcome);
  }
  run.out.member("files") = std::move(files);
  run.out.member("ledger") = session.summary();
  if (refused) return std::unexpected(*std::move(refused));
  return 0;
}

}  // namespace

void add_import(App& app) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* const command =
      app.command(nullptr, "import", "Import test reports (JUnit XML)",
                  [options](Run& run) { return import_reports(run, *options); });
  command->add_option("file", options->files, "Report files; - is standard input")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--phase", options->target.phase,
                   "Test phase [the report's property ledger.phase]")
      ->type_name("PHASE");
  command
      ->add_option("--entry,--pee", options->target.planned_entry,
                   "Planned entry [the report's property ledger.pee]")
      ->type_name("ENTRY");
  command
      ->add_option("--build", options->target.build,
                   "Build under test [the report's property ledger.build]")
      ->type_name("BUILD");
  command
      ->add_option("--run-counter", options->target.run_counter_first,
                   "The tool's run counter of the first result [ledger.run_counter_first]")
      ->type_name("N");
  command
      ->add_option("--tz", options->time_zone,
                   "What timestamps without a zone mean: Europe/London, UTC, +01:00; never guessed")
      ->type_name("ZONE");
  command->add_option("--mapping", options->mapping, "How results find scope items [name]")
      ->check(CLI::IsMember({"name"}))
      ->type_name("MAPPING");
  command->add_option("--format", options->format, "auto or junit")
      ->check(CLI::IsMember({"auto", "junit"}))
      ->type_name("FORMAT");
  command->add_flag(
      "--repair", options->repair,
      "Read files that are not well-formed, where there is no doubt; every repair is listed");
  command->add_flag("--new-run", options->new_run,
                    "This is another run, even if the same bytes were imported before");
  command->add_option("--key", options->key, "Key that records the results")->type_name("NAME");
  command->add_flag("--dry-run", options->dry_run,
                    "Ask the ledger what it would make of the reports; write nothing");
  command->add_flag("--lint", options->lint, "Only read the reports; no ledger is asked");
  add_write_options(command, options->write);
  app.describe(
      command,
      "The original bytes are kept as evidence before anything is parsed. The same file for\n"
      "the same phase, mapping and run counter adds nothing; an import that was cut off is\n"
      "resumed by running it again, with the zone and build that it was begun with. A file that\n"
      "cannot be read is kept too, and exits 5.\n\n"
      "Examples:\n"
      "  assay import report.xml --phase MOC-MDS-SIT-01 --entry PEE-001 \\\n"
      "      --tz Europe/London --key harness\n"
      "  assay import *.xml --lint");
}

}  // namespace assay::cli
