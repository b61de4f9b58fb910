#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "cli/commands/import_options.hpp"
#include "cli/import/report_file.hpp"
#include "cli/render/import_text.hpp"
#include "cli/session/evidence_files.hpp"
#include "cli/session/spooled_input.hpp"
#include "cli/session/time_zone.hpp"
#include "cli/session/trial.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/events/catalogue.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {

Result<import::JunitOptions> reader_options(const ImportOptions& options) {
  import::JunitOptions reading;
  reading.repair = options.repair;
  if (!options.time_zone.empty()) {
    ASSAY_TRY(reading.zone, zone_resolver(options.time_zone));
  }
  return reading;
}

ImportRequest request_of(const ImportOptions& options, const std::string& file,
                         const ImportTarget& target, const events::ResultCounts& counts) {
  ImportRequest request;
  request.file_name = std::filesystem::path(file).filename().string();
  request.mapping = options.mapping;
  request.new_run = options.new_run;
  if (!options.time_zone.empty()) request.time_zone = options.time_zone;
  request.target = target;
  request.counts = counts;
  return request;
}

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

Error with_repair_hint(Error error, import::JunitSource& source, import::JunitOptions reading,
                       const ImportTarget& given) {
  if (reading.repair || error.code != Errc::malformed) return error;
  reading.repair = true;
  const auto repaired = look_at(source, reading, given);
  if (!repaired || repaired->summary.mends.empty()) return error;
  const std::size_t count = repaired->summary.mends.size();
  return std::move(error).with_hint(fmt::format(
      "it can be read with --repair, which lists {} repair{}", count, count == 1 ? "" : "s"));
}

namespace {

void print_trial(const Run& run, const ImportTarget& target, const events::ResultCounts& counts) {
  const auto or_missing = [](const std::string& text, const char* option) {
    return text.empty() ? fmt::format("(not said: {})", option) : shown(text);
  };
  run.out.line(fmt::format("  would come in: {} result{} for {} / {}", counts.cases,
                           counts.cases == 1 ? "" : "s", or_missing(target.phase, "--phase"),
                           or_missing(target.planned_entry, "--entry")));
}

/// Reads every report and hands on what it says; what is done with a target is the caller's.
class Trial {
 public:
  Trial(Run& run, const ImportOptions& options) : run_(run), options_(options) {}
  virtual ~Trial() = default;
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  Result<int> read_all() {
    ASSAY_TRY(const import::JunitOptions reading, reader_options(options_));
    ASSAY_TRY(const Reports reports, Reports::open(run_, options_.files));
    Json files = Json::array();
    Status outcome;
    for (const Report& report : reports.list()) {
      Json json;
      outcome = read_one(report, reading, json);
      files.push_back(std::move(json));
      if (!outcome) break;
    }
    run_.out.member("dry_run") = true;
    run_.out.member("files") = std::move(files);
    ASSAY_CHECK(std::move(outcome));
    run_.out.line("nothing was written");
    if (refused_) return std::unexpected(*std::move(refused_));
    return 0;
  }

 protected:
  /// One import that a report asks for.
  virtual Status on_target(ImportRequest request, const import::JunitSummary& summary,
                           Json& json) = 0;
  [[nodiscard]] Run& run() const { return run_; }
  [[nodiscard]] const ImportOptions& options() const { return options_; }

 private:
  Status read_one(const Report& report, const import::JunitOptions& reading, Json& json) {
    ASSAY_TRY(const FileDigests digests, file_digests(report.path));
    ReportFile source(report.path, digests.sha256);
    const auto overview = look_at(source, reading, options_.target);
    json = {{"file", report.name}, {"evidence", digests.sha256.hex()}};
    if (!overview) {
      Error error = with_repair_hint(overview.error(), source, reading, options_.target);
      json["refused"] = to_json(error);
      error.message.insert(0, report.name + ": ");
      if (refused_) run_.out.warn(shown(error.message));
      if (!refused_) refused_ = std::move(error);
      return {};
    }
    print_summary(run_, report.name, overview->summary);
    json.update(summary_json(overview->summary));
    json["targets"] = Json::array();
    for (const auto& [target, counts] : overview->targets) {
      ImportRequest request = request_of(options_, report.name, target, counts);
      request.evidence = digests.sha256;
      request.sha512 = digests.sha512;
      request.size_bytes = digests.size_bytes;
      Json said = {{"phase", target.phase},
                   {"planned_entry", target.planned_entry},
                   {"results", counts.cases}};
      const Status status = on_target(std::move(request), overview->summary, said);
      json["targets"].push_back(std::move(said));
      ASSAY_CHECK(status);
    }
    return {};
  }

  Run& run_;
  const ImportOptions& options_;
  std::optional<Error> refused_;
};

class Lint final : public Trial {
 public:
  using Trial::Trial;

 private:
  Status on_target(ImportRequest request, const import::JunitSummary&, Json&) override {
    print_trial(run(), request.target, request.counts);
    return {};
  }
};

/// Asks a ledger in memory what it would make of every target.
class LedgerTrial final : public Trial {
 public:
  LedgerTrial(Run& run, const ImportOptions& options, LedgerSession& session)
      : Trial(run, options), session_(session) {}

 private:
  Status on_target(ImportRequest request, const import::JunitSummary& summary,
                   Json& json) override {
    ASSAY_TRY(const ImportPlan plan, plan_import(session_, request));
    // Within one command the same report twice is known the second time as well.
    const bool again = !begun_.insert(plan.import).second;
    const ImportStatus status = again ? ImportStatus::already_there : plan.status;
    json["import"] = plan.import.text;
    json["status"] = enum_text(status);
    if (status == ImportStatus::already_there) {
      run().out.line(fmt::format("  {} / {}: imported before as {}; nothing would be added",
                                 shown(request.target.phase), shown(request.target.planned_entry),
                                 plan.import.text));
      return {};
    }
    if (status == ImportStatus::recorded) ASSAY_CHECK(ask(request, plan, summary));
    print_trial(run(), request.target, request.counts);
    if (status == ImportStatus::resumed) {
      run().out.line(fmt::format("    {} of them are in the log already, as part of {}", plan.from,
                                 plan.import.text));
    }
    return {};
  }

  /// The rules, about the event that would begin the import; the results are signed by the same key
  /// and ask for the same role.
  Status ask(const ImportRequest& request, const ImportPlan& plan,
             const import::JunitSummary& summary) {
    if (options().key.empty()) {
      run().out.note("no --key: whether it may record results was not asked");
      return {};
    }
    std::vector<std::string> events;
    const Timestamp now = run().context.now();
    const EventData file = evidence_event(request);
    if (session_.fold().programme().touched_size(subject_of(file)) == 0) {
      events.push_back(encode_event(file, now));
    }
    events.push_back(encode_event(started_event(request, plan.key, summary), now));
    return try_in(run(), session_, options().key, events);
  }

  LedgerSession& session_;
  std::set<Identifier> begun_;
};

}  // namespace

Result<int> lint_reports(Run& run, const ImportOptions& options) {
  return Lint(run, options).read_all();
}

Result<int> try_import(Run& run, const ImportOptions& options) {
  auto session = LedgerSession::trial(run, options.write);
  if (!session && session.error().code == Errc::not_found && run.globals.ledger == ".") {
    run.out.note("no ledger is named or here, so none was asked");
    return lint_reports(run, options);
  }
  if (!session) return std::unexpected(std::move(session).error());
  run.out.member("ledger") = session->summary();
  ASSAY_CHECK(check_target(*session, options.target));
  return LedgerTrial(run, options, *session).read_all();
}

}  // namespace assay::cli
