#include "cli/import/import_plan.hpp"

#include <fmt/format.h>

#include "ledger/base/encoding.hpp"
#include "ledger/events/catalogue.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

using projections::Phase;
using projections::PhaseBoard;

std::string names_of(const std::map<Identifier, Phase>& phases) {
  std::string text;
  for (const auto& [id, phase] : phases) text.append(text.empty() ? "" : ", ").append(id.text);
  return text.empty() ? "none is planned yet" : "there are: " + text;
}

Result<const Phase*> find_phase(const PhaseBoard& board, const ImportTarget& target) {
  if (target.phase.empty() || target.planned_entry.empty()) {
    return fail(
        Errc::invalid_argument,
        target.phase.empty() ? "no phase: neither the command nor the report names one"
                             : "no planned entry: neither the command nor the report names one",
        "say --phase PHASE --entry ENTRY, or let the report have the properties ledger.phase "
        "and ledger.pee");
  }
  const auto phase = board.phases.find(target.phase);
  if (phase == board.phases.end()) {
    return fail(Errc::not_found, "there is no phase " + target.phase, names_of(board.phases));
  }
  if (!board.planned_entries.contains(target.planned_entry)) {
    return fail(Errc::not_found, "there is no planned entry " + target.planned_entry,
                "`assay state phase` lists them");
  }
  return &phase->second;
}

Result<ImportKey> key_of(const ImportRequest& request, const Phase& phase) {
  ImportKey key;
  key.evidence = request.evidence;
  key.kind = phase.kind;
  key.mapping = request.mapping;
  key.phase = request.target.phase;
  key.planned_entry = request.target.planned_entry;
  if (!request.target.run_counter_first.empty()) {
    auto counter = parse_decimal(request.target.run_counter_first);
    if (!counter) {
      return std::unexpected(std::move(counter).error().in("the first run counter"));
    }
    key.run_counter_first = *counter;
  }
  return key;
}

/// With --new-run, the first repeat that is not in the log, or the last one if it was cut off.
void choose_repeat(const PhaseBoard& board, bool new_run, ImportKey& key) {
  if (!new_run) return;
  while (true) {
    const auto found = board.imports.find(import_id(key));
    if (found == board.imports.end() || !found->second.finished) return;
    ++key.repeat;
  }
}

/// What the log says of how the import was begun.
Result<events::ImportStarted> recorded_start(const LedgerSession& session, const EventId& id) {
  ASSAY_TRY(const std::string bytes, session.store().entry(id.entry));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  const EventView& event = entry.submission.events.at(id.position);
  ASSAY_TRY(EventData data, decode_event(event.type, event.version, event.data));
  return *event_if<events::ImportStarted>(&std::move(data));
}

std::string as_option(const char* option, const std::optional<std::string>& value) {
  return value ? fmt::format("{} {}", option, *value) : fmt::format("no {}", option);
}

/// Two zones, builds or parsers would put two readings of one file under one import_started.
Status check_as_begun(const ImportRequest& request, const ImportPlan& plan,
                      const events::ImportStarted& begun) {
  const auto build =
      request.target.build.empty() ? std::nullopt : std::optional(request.target.build);
  const bool finished = plan.status == ImportStatus::already_there;
  std::string recorded;
  std::string given;
  const auto compare = [&](const char* option, const auto& before, const auto& now) {
    if (before == now) return;
    recorded.append(recorded.empty() ? "" : ", ").append(as_option(option, before));
    given.append(given.empty() ? "" : ", ").append(as_option(option, now));
  };
  compare("--tz", begun.time_zone, request.time_zone);
  compare("--build", begun.build, build);
  // What is complete was read by the parser that it names; only a second half would mix two.
  if (!finished) {
    compare("parser", std::optional(begun.parser.text), std::optional(std::string(kImportParser)));
  }
  if (recorded.empty()) return {};
  return fail(Errc::conflict,
              fmt::format("import {} was {} with {}; this asks for {}", plan.import.text,
                          finished ? "recorded" : "begun", recorded, given),
              finished ? "if it is another run, or is to be read again, say --new-run; the import "
                         "that is recorded stays as it is"
                       : fmt::format("resume it as it was begun: {}", recorded));
}

}  // namespace

events::ImportStarted started_event(const ImportRequest& request, const ImportKey& key,
                                    const import::JunitSummary& summary) {
  events::ImportStarted event;
  if (!request.target.build.empty()) event.build = request.target.build;
  event.dialect = std::string(summary.dialect.name);
  event.evidence = request.evidence;
  event.file_name = request.file_name;
  event.format = "junit";
  event.import = import_id(key);
  event.kind = key.kind;
  event.mapping = key.mapping;
  event.parser = Identifier(std::string(kImportParser));
  event.phase = key.phase;
  event.planned_entry = key.planned_entry;
  event.repeat = key.repeat;
  event.result_count = request.counts.cases;
  event.run_counter_first = key.run_counter_first;
  event.time_zone = request.time_zone;
  return event;
}

events::EvidenceAdded evidence_event(const ImportRequest& request) {
  events::EvidenceAdded event;
  event.digest = request.evidence;
  event.digest_sha512 = request.sha512;
  event.media_type = "application/xml";
  event.name = request.file_name;
  event.size_bytes = request.size_bytes;
  return event;
}

Result<ImportPlan> plan_import(const LedgerSession& session, const ImportRequest& request) {
  const PhaseBoard& board = session.fold().board();
  ImportPlan plan;
  ASSAY_TRY(plan.phase, find_phase(board, request.target));
  ASSAY_TRY(plan.key, key_of(request, *plan.phase));
  choose_repeat(board, request.new_run, plan.key);
  plan.import = import_id(plan.key);
  const auto known = board.imports.find(plan.import);
  if (known == board.imports.end()) return plan;
  plan.status = known->second.finished ? ImportStatus::already_there : ImportStatus::resumed;
  plan.from = known->second.results;
  // In a trial the import may have begun in memory alone, by the same command.
  if (known->second.started.entry >= session.size()) {
    plan.status = ImportStatus::already_there;
    return plan;
  }
  ASSAY_TRY(const events::ImportStarted begun, recorded_start(session, known->second.started));
  ASSAY_CHECK(check_as_begun(request, plan, begun));
  return plan;
}

}  // namespace assay::cli
