#include <filesystem>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/import/import_job.hpp"
#include "cli/import/report_file.hpp"
#include "cli/session/evidence_files.hpp"
#include "cli/session/time_zone.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/events/catalogue.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  ImportTarget target;
  std::string time_zone;
  std::string mapping = "name";
  std::string format = "auto";
  std::string key;
  bool repair = false;
  bool new_run = false;
  bool dry_run = false;
  WriteOptions write;
};

Json counts_json(const import::JunitResults& results) {
  return {{"cases", results.cases},
          {"passed", results.passed},
          {"failed", results.failed},
          {"errors", results.errors},
          {"skipped", results.skipped}};
}

Json elements_json(const import::JunitElements& elements) {
  return {{"suites", elements.suites},         {"cases", elements.cases},
          {"passed", elements.passed},         {"failures", elements.failures},
          {"errors", elements.errors},         {"skipped", elements.skipped},
          {"flaky", elements.flaky},           {"rerun", elements.rerun},
          {"properties", elements.properties}, {"system_out", elements.system_out},
          {"system_err", elements.system_err}, {"depth", elements.depth}};
}

Json position_json(const import::Position& at) {
  return {{"offset", at.offset_bytes}, {"line", at.line}, {"column", at.column}};
}

Json notes_json(const std::vector<import::JunitNote>& notes) {
  Json json = Json::array();
  for (const import::JunitNote& note : notes) {
    json.push_back({{"code", note.code},
                    {"sentence", note.sentence},
                    {"count", note.count},
                    {"first", position_json(note.first)}});
  }
  return json;
}

Json summary_json(const import::JunitSummary& summary) {
  Json repairs = Json::array();
  for (const import::XmlMend& mend : summary.mends) {
    Json repair = position_json(mend.at);
    repair["found"] = mend.found;
    repair["put"] = mend.put;
    repairs.push_back(std::move(repair));
  }
  return {{"dialect",
           {{"name", summary.dialect.name},
            {"certain", summary.dialect.certain},
            {"marks", summary.dialect.marks}}},
          {"elements", elements_json(summary.elements)},
          {"results", counts_json(summary.results)},
          {"readings", notes_json(summary.readings)},
          {"warnings", notes_json(summary.warnings)},
          {"cannot_tell", notes_json(summary.cannot_tell)},
          {"repairs", std::move(repairs)}};
}

void print_notes(const Run& run, const std::vector<import::JunitNote>& notes, const char* mark) {
  for (const import::JunitNote& note : notes) {
    const std::string times = note.count > 1 ? fmt::format(" ({} times)", note.count) : "";
    run.out.line(
        fmt::format("  {} {}{}, line {}", mark, shown(note.sentence), times, note.first.line));
  }
}

void print_summary(const Run& run, const std::string& file, const import::JunitSummary& summary) {
  const import::JunitResults& results = summary.results;
  run.out.line(fmt::format("{}  {}{}", run.out.bold(shown(file)), summary.dialect.name,
                           summary.dialect.certain ? "" : " (probably)"));
  run.out.line(fmt::format("  {} result{}: {} passed, {} failed, {} errors, {} skipped",
                           results.cases, results.cases == 1 ? "" : "s", results.passed,
                           results.failed, results.errors, results.skipped));
  print_notes(run, summary.readings, "read:");
  print_notes(run, summary.warnings, run.out.yellow("warning:").c_str());
  print_notes(run, summary.cannot_tell, run.out.yellow("not in the report:").c_str());
  constexpr std::size_t kRepairsShown = 8;
  for (std::size_t i = 0; i < std::min(summary.mends.size(), kRepairsShown); ++i) {
    const import::XmlMend& mend = summary.mends[i];
    run.out.line(fmt::format("  repaired: line {} column {}: {} → {}", mend.at.line, mend.at.column,
                             mend.found, mend.put));
  }
  if (summary.mends.size() > kRepairsShown) {
    run.out.line(fmt::format("  repaired: {} more places", summary.mends.size() - kRepairsShown));
  }
}

Result<import::JunitOptions> reader_options(const ImportOptions& options) {
  import::JunitOptions reading;
  reading.repair = options.repair;
  if (!options.time_zone.empty()) {
    ASSAY_TRY(reading.zone, zone_resolver(options.time_zone));
  }
  return reading;
}

bool is_the_reports_fault(const Error& error) {
  return error.code == Errc::malformed || error.code == Errc::limit ||
         error.code == Errc::unsupported;
}

/// The file is kept, and the log says that it could not be read.
Status record_refusal(const Run& run, LedgerSession& session, Author& author,
                      const ImportOptions& options, const std::string& file,
                      const store::StoredEvidence& stored, const Error& reason) {
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
                                         const ImportOptions& options, const std::string& file,
                                         Json& json) {
  ASSAY_TRY(const import::JunitOptions reading, reader_options(options));
  json = {{"file", file}};
  // Kept before anything is parsed: what cannot be read is evidence too.
  ASSAY_TRY(const store::StoredEvidence stored, put_file(run, session.store(), file, {}));
  json["evidence"] = stored.digest.hex();
  ReportFile source(file, stored.digest);
  const auto overview = look_at(source, reading, options.target);
  if (!overview) {
    Error error = overview.error();
    if (!is_the_reports_fault(error)) return std::unexpected(std::move(error));
    ASSAY_CHECK(record_refusal(run, session, author, options, file, stored, error));
    json["refused"] = to_json(error);
    error.message.insert(0, file + ": ");
    return error;
  }
  print_summary(run, file, overview->summary);
  json.update(summary_json(overview->summary));
  json["imports"] = Json::array();
  for (const auto& [target, counts] : overview->targets) {
    ImportRequest request;
    request.evidence = stored.digest;
    request.sha512 = stored.record.sha512;
    request.size_bytes = stored.record.size_bytes;
    request.file_name = std::filesystem::path(file).filename().string();
    request.mapping = options.mapping;
    request.new_run = options.new_run;
    if (!options.time_zone.empty()) request.time_zone = options.time_zone;
    request.target = target;
    request.counts = counts;
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

void print_trial(const Run& run, const ImportTarget& target, const events::ResultCounts& counts) {
  const auto or_missing = [](const std::string& text, const char* option) {
    return text.empty() ? fmt::format("(not said: {})", option) : shown(text);
  };
  run.out.line(fmt::format("  would come in: {} result{} for {} / {}", counts.cases,
                           counts.cases == 1 ? "" : "s", or_missing(target.phase, "--phase"),
                           or_missing(target.planned_entry, "--entry")));
}

/// What can be known to be wrong before a file is kept or a key unlocked.
Status check_import_options(const ImportOptions& options) {
  ASSAY_TRY(const import::JunitOptions unused, reader_options(options));
  const std::string& counter = options.target.run_counter_first;
  if (!counter.empty() && !parse_decimal(counter)) {
    return fail(Errc::invalid_argument, "--run-counter \"" + counter + "\" is not a number",
                "say the counter of the first result, for example 101");
  }
  if (options.key.empty() && !options.dry_run) {
    return fail(Errc::invalid_argument, "no key was named",
                "say --key NAME; `assay key list` lists them");
  }
  return {};
}

/// A phase or entry that is named on the line and does not exist.
Status check_target(const LedgerSession& session, const ImportTarget& target) {
  const auto& board = session.fold().board();
  if (!target.phase.empty() && !board.phases.contains(target.phase)) {
    return fail(Errc::not_found, "there is no phase " + target.phase,
                "`assay state phase` lists them");
  }
  if (!target.planned_entry.empty() && !board.planned_entries.contains(target.planned_entry)) {
    return fail(Errc::not_found, "there is no planned entry " + target.planned_entry,
                "`assay state phase` lists them");
  }
  return {};
}

/// --dry-run: only read, and say what would come in.
Result<int> lint(Run& run, const ImportOptions& options) {
  ASSAY_TRY(const import::JunitOptions reading, reader_options(options));
  Json files = Json::array();
  std::optional<Error> refused;
  for (const std::string& file : options.files) {
    ASSAY_TRY(const Hash digest, file_digest(file));
    ReportFile source(file, digest);
    const auto overview = look_at(source, reading, options.target);
    Json json = {{"file", file}, {"evidence", digest.hex()}};
    if (overview) {
      print_summary(run, file, overview->summary);
      json.update(summary_json(overview->summary));
      json["targets"] = Json::array();
      for (const auto& [target, counts] : overview->targets) {
        print_trial(run, target, counts);
        json["targets"].push_back({{"phase", target.phase},
                                   {"planned_entry", target.planned_entry},
                                   {"results", counts.cases}});
      }
    } else {
      json["refused"] = to_json(overview.error());
      if (refused) run.out.warn(shown(file + ": " + overview.error().message));
      if (!refused) refused = Error(overview.error()).in(file);
    }
    files.push_back(std::move(json));
  }
  run.out.line("nothing was written");
  run.out.member("dry_run") = true;
  run.out.member("files") = std::move(files);
  if (refused) return std::unexpected(*std::move(refused));
  return 0;
}

Result<int> import_reports(Run& run, const ImportOptions& options) {
  ASSAY_CHECK(check_import_options(options));
  if (options.dry_run) return lint(run, options);
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_CHECK(check_target(session, options.target));
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
  Json files = Json::array();
  std::optional<Error> refused;
  for (const std::string& file : options.files) {
    Json json;
    auto outcome = import_file(run, session, author, options, file, json);
    files.push_back(std::move(json));
    if (!outcome) {
      run.out.member("files") = std::move(files);
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
  command->add_option("file", options->files, "Report files")->required()->type_name("FILE");
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
  command->add_flag("--dry-run,--lint", options->dry_run, "Only read, and say what would come in");
  add_write_options(command, options->write);
  app.describe(
      command,
      "The original bytes are kept as evidence before anything is parsed. The same file for\n"
      "the same phase, mapping and run counter adds nothing; an import that was cut off is\n"
      "resumed by running it again. A file that cannot be read is kept too, and exits 5.\n\n"
      "Examples:\n"
      "  assay import report.xml --phase MOC-MDS-SIT-01 --entry PEE-001 \\\n"
      "      --tz Europe/London --key harness\n"
      "  assay import *.xml --lint");
}

}  // namespace assay::cli
