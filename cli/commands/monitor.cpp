#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "cli/assess/assessor.hpp"
#include "cli/commands/commands.hpp"
#include "cli/monitor/memory.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/open_to_verify.hpp"
#include "cli/session/pin_file.hpp"
#include "cli/session/verification.hpp"
#include "cli/time/time_report.hpp"
#include "keys/posix_file.hpp"
#include "ledger/verify/outside.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kMemorySizeBytes = 4U << 20U;
constexpr std::uint64_t kMaxAgeMaxS = 100ULL * 365 * 86'400;

struct MonitorOptions {
  std::string log;
  std::string pin;
  std::string log_id;
  std::string metrics;
  std::optional<std::uint64_t> max_age_s;
  std::string fail_on;  ///< severity, or empty
  bool full = false;
  std::uint32_t timeout_s = kWebTimeS;
};

/// One run: what it was told, what it remembers, and what it sees.
struct Watch {
  const MonitorOptions& options;
  std::optional<MonitorMemory> before;
  Observation seen;
};

Watch begin(const Run& run, const MonitorOptions& options) {
  Watch watch{options, std::nullopt, {}};
  watch.seen.log = run.globals.ledger;
  watch.seen.ran_at = run.context.now();
  const auto text = read_file(memory_file_of(options.pin), kMemorySizeBytes);
  if (text) watch.before = parse_memory(*text);
  if (watch.before) {
    watch.seen.origin = watch.before->origin;
    watch.seen.entries = watch.before->head.size;
    watch.seen.last_success = watch.before->last_success;
    watch.seen.newest = watch.before->newest;
    watch.seen.findings = watch.before->findings;
  }
  return watch;
}

std::vector<FindingCount> counted(const std::vector<projections::Finding>& findings) {
  std::map<std::string, FindingCount> by_rule;
  for (const projections::Finding& finding : findings) {
    FindingCount& rule = by_rule[finding.rule.text];
    rule.rule = finding.rule.text;
    rule.severity = enum_text(finding.severity);
    ++(finding.waived_by ? rule.waived : rule.standing);
  }
  std::vector<FindingCount> all;
  for (auto& [id, rule] : by_rule) all.push_back(std::move(rule));
  return all;
}

/// The findings follow from the log alone: of the same log they are the same.
Result<std::vector<FindingCount>> findings_of(const Watch& watch, const verify::Source& source,
                                              const Verified& verified) {
  const merkle::TreeHead& head = verified.report.head;
  if (watch.before && watch.before->head.size == head.size &&
      watch.before->head.root == head.root) {
    return watch.before->findings;
  }
  FoldCache folds(source, verified.fold);
  Assessor assessor(folds, verified.fold);
  ASSAY_TRY(const std::vector<projections::Finding> findings, assessor.findings());
  return counted(findings);
}

/// Keeps the head for the next run. Only of a log in which nothing failed.
Status remember(Watch& watch, const verify::Source& source, const Verified& verified) {
  const projections::Facts facts = verified.fold.facts();
  ASSAY_TRY(watch.seen.findings, findings_of(watch, source, verified));
  watch.seen.newest = facts.recorded_at;
  watch.seen.last_success = watch.seen.ran_at;
  ASSAY_CHECK(keep_pin(watch.options.pin, verified, source));
  const MonitorMemory memory{verified.report.head, verified.report.origin, watch.seen.ran_at,
                             facts.recorded_at, watch.seen.findings};
  return write_file(memory_file_of(watch.options.pin), format_memory(memory), true);
}

/// From what, and of which log. A pin that went missing is not begun anew: what came between would
/// never have been compared with it.
Result<VerificationOptions> what_to_verify(const Watch& watch) {
  VerificationOptions verification;
  verification.log_id = watch.options.log_id;
  verification.from_start = watch.options.full;
  const std::string& pin = watch.options.pin;
  std::error_code unknown;
  if (std::filesystem::exists(pin, unknown)) {
    verification.pin_file = pin;
    return verification;
  }
  if (watch.before) {
    return fail(Errc::incomplete,
                fmt::format("the pin {} is gone, though {} says that a run verified {} entries",
                            pin, memory_file_of(pin), watch.before->head.size),
                "put the pin back; or remove " + memory_file_of(pin) + " too, to begin anew");
  }
  if (watch.options.log_id.empty()) {
    return fail(Errc::invalid_argument,
                "there is no pin " + pin + " yet, so nothing says which log it is",
                "give its id with --log-id the first time, or a pin made by `assay pin`");
  }
  return verification;
}

/// Whoever gets no answer, or one that is none, could not check, which is neither success nor loss.
Error as_could_not_look(Error error) {
  switch (error.code) {
    case Errc::io:
    case Errc::not_found:
    case Errc::malformed:
    case Errc::limit:
    case Errc::rejected: error.code = Errc::incomplete; break;
    default: break;
  }
  return error;
}

/// Verifies what is new. Gives the exit code of the verification.
Result<int> look(Run& run, Watch& watch) {
  ASSAY_TRY(const VerificationOptions verification, what_to_verify(watch));
  const auto opened = open_to_verify(run, watch.options.timeout_s);
  if (!opened) return std::unexpected(as_could_not_look(opened.error()));
  auto ran = run_verification(run, verification, *opened->log);
  if (!ran && ran.error().code == Errc::io) ran.error().code = Errc::incomplete;
  ASSAY_TRY(const Verified verified, std::move(ran));
  const verify::Report& report = verified.report;
  watch.seen.origin = report.origin;
  watch.seen.entries = report.head.size;
  const std::uint64_t known = verified.since_pin ? verified.since_pin->size : verified.started_at;
  watch.seen.new_entries = report.head.size - std::min(report.head.size, known);
  watch.seen.verdicts.emplace();
  for (const verify::ClaimReport& claim : report.claims) {
    (*watch.seen.verdicts)[static_cast<std::size_t>(claim.claim)] = claim.verdict;
  }
  show_report(run, verified);
  if (time_verdict(verified.times) == verify::Verdict::failed) {
    show_times(run, verified.times, false);
  }
  const int code = exit_code_with_times(verify::exit_code(report), verified.times, false);
  if (code != 0) return code;
  ASSAY_CHECK(verified.released);
  if (!report.sealed) {
    return fail(Errc::incomplete, "there is no checkpoint that the log's key signed");
  }
  ASSAY_CHECK(remember(watch, opened->log->source({}), verified));
  return 0;
}

std::string hours_text(std::int64_t us) {
  return fmt::format("{:.1f} h", static_cast<double>(us) / static_cast<double>(kHourUs));
}

/// Silence is an alarm of its own: a log that nobody writes to any more cannot be told from one
/// whose new entries are kept from this reader.
bool is_silent(const Run& run, const Watch& watch) {
  if (!watch.options.max_age_s || !watch.seen.newest) return false;
  const std::int64_t age_us = watch.seen.ran_at.us - watch.seen.newest->us;
  const auto allowed_us = static_cast<std::int64_t>(*watch.options.max_age_s) * 1'000'000;
  if (age_us > allowed_us) {
    run.out.warn(fmt::format("nothing new, not even a heartbeat, since {}: {} ago, {} are allowed",
                             watch.seen.newest->text(), hours_text(age_us),
                             hours_text(allowed_us)));
  } else if (age_us < -verify::kClockAheadUs) {
    // Else one entry with a time to come would buy silence up to then.
    run.out.warn(
        fmt::format("the newest entry is of {}, {} ahead of the clock here: one of the two clocks "
                    "is wrong, and "
                    "how long nothing has come cannot be told",
                    watch.seen.newest->text(), hours_text(-age_us)));
  }
  return age_us > allowed_us || age_us < -verify::kClockAheadUs;
}

/// At least as severe as what --fail-on names, and not waived.
bool has_findings(const Run& run, const Watch& watch) {
  if (watch.options.fail_on.empty()) return false;
  const auto limit = enum_from_text<projections::FindingSeverity>(watch.options.fail_on);
  std::uint64_t standing = 0;
  for (const FindingCount& rule : watch.seen.findings) {
    const auto severity = enum_from_text<projections::FindingSeverity>(rule.severity);
    if (limit && severity && *severity <= *limit) standing += rule.standing;
  }
  if (standing > 0) {
    run.out.warn(
        fmt::format("{} findings that are {} or worse and not waived; `assay findings` "
                    "shows them",
                    standing, watch.options.fail_on));
  }
  return standing > 0;
}

void tell(const Run& run, const Watch& watch, bool silent) {
  const Observation& seen = watch.seen;
  std::uint64_t standing = 0;
  std::uint64_t waived = 0;
  Json findings = Json::array();
  for (const FindingCount& rule : seen.findings) {
    standing += rule.standing;
    waived += rule.waived;
    findings.push_back({{"rule", rule.rule},
                        {"severity", rule.severity},
                        {"standing", rule.standing},
                        {"waived", rule.waived}});
  }
  run.out.line(fmt::format("{} entries, {} of them new; newest of {}; findings: {}, waived {}",
                           seen.entries, seen.new_entries,
                           seen.newest ? seen.newest->text() : "no known time", standing, waived));
  Json json = {{"log", seen.log},
               {"entries", seen.entries},
               {"new_entries", seen.new_entries},
               {"silent", silent},
               {"findings", std::move(findings)}};
  if (seen.newest) json["newest"] = seen.newest->text();
  if (seen.last_success) json["last_success"] = seen.last_success->text();
  run.out.member("monitor") = std::move(json);
}

Status check_options(const MonitorOptions& options) {
  if (options.max_age_s && (*options.max_age_s == 0 || *options.max_age_s > kMaxAgeMaxS)) {
    return fail(Errc::invalid_argument, "--max-age is from 1 s to 100 years");
  }
  const auto place = [](const std::string& file) {
    std::error_code unknown;
    return std::filesystem::weakly_canonical(file, unknown);
  };
  for (const std::string& own :
       {options.pin, state_file_of(options.pin), memory_file_of(options.pin)}) {
    if (options.metrics.empty() || place(options.metrics) != place(own)) continue;
    return fail(Errc::invalid_argument,
                "--metrics " + options.metrics + " would replace the pin's " + own,
                "give it a file of its own");
  }
  return {};
}

/// What was seen is worse than that nobody can be told of it this way.
Result<int> write_metrics(const Run& run, const MonitorOptions& options, const Observation& seen,
                          Result<int> looked) {
  if (options.metrics.empty()) return looked;
  Status wrote = write_file(options.metrics, prometheus_text(seen), true);
  if (wrote) return looked;
  if (looked && *looked == 0) return std::unexpected(std::move(wrote).error());
  run.out.warn("the metrics were not written: " + wrote.error().message);
  return looked;
}

Result<int> monitor(Run& outer, const MonitorOptions& options) {
  ASSAY_CHECK(check_options(options));
  const Result<keys::FileDescriptor> lock = lock_pin(options.pin);
  if (!lock && lock.error().code == Errc::locked) return std::unexpected(lock.error());
  Globals globals = outer.globals;
  if (!options.log.empty()) globals.ledger = options.log;
  Run run{outer.context, globals, outer.out, outer.passphrases};
  Watch watch = begin(run, options);
  Result<int> looked = lock ? look(run, watch) : std::unexpected(lock.error());
  const bool silent = is_silent(run, watch);
  const bool found = has_findings(run, watch);
  if (looked && *looked == 0 && (silent || found)) {
    looked = static_cast<int>(ExitCode::gate_not_met);
  }
  watch.seen.exit_code = looked ? *looked : static_cast<int>(exit_code_of(looked.error().code));
  watch.seen.run_ms =
      static_cast<std::uint64_t>(run.context.now().us - watch.seen.ran_at.us) / 1000;
  tell(run, watch, silent);
  return write_metrics(run, options, watch.seen, std::move(looked));
}

}  // namespace

void add_monitor(App& app) {
  const auto options = std::make_shared<MonitorOptions>();
  CLI::App* const command =
      app.command(nullptr, "monitor", "Follow a log from a saved pin, for cron, a timer or CI",
                  [options](Run& run) { return monitor(run, *options); });
  command
      ->add_option("log", options->log,
                   "Published directory, its web address, or a ledger directory [--ledger]")
      ->type_name("LOG");
  command->add_option("--pin", options->pin, "Where the monitor keeps what it has verified")
      ->required()
      ->type_name("FILE");
  command->add_option("--log-id", options->log_id, "Which log it must be; needed the first time")
      ->type_name("ID");
  command
      ->add_option("--max-age", options->max_age_s,
                   "Exit 8 if nothing new has come for so long: 90m, 26h, 7d")
      ->transform(CLI::AsNumberWithUnit(
          std::map<std::string, std::uint64_t>{{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}},
          CLI::AsNumberWithUnit::Options::UNIT_REQUIRED))
      ->type_name("TIME");
  add_web_time_option(command, options->timeout_s);
  command->add_flag("--full", options->full,
                    "Verify from entry 0 on, not only what is new; the pin is compared as ever");
  command
      ->add_option("--fail-on", options->fail_on,
                   "Exit 8 if there is a finding of this severity or worse, not waived")
      ->check(CLI::IsMember({"blocking", "major", "minor"}))
      ->type_name("SEVERITY");
  command
      ->add_option("--metrics", options->metrics,
                   "Write Prometheus metrics there, for the node exporter's textfile collector")
      ->type_name("FILE");
  app.describe(
      command,
      "Verifies only what is new since the pin, and moves the pin where nothing failed. With\n"
      "--json the answer is one line a run. Exit code 0: looked, and nothing is wrong; 8: what\n"
      "was asked for with --max-age or --fail-on is not so; from 10 the evidence is at fault;\n"
      "16: could not look. Metrics are written in any case.\n\n"
      "Example, hourly from cron:\n"
      "  assay monitor https://log.example/ --pin /var/lib/assay/log.pin --max-age 26h \\\n"
      "    --metrics /var/lib/prometheus/node-exporter/assay.prom --json");
}

}  // namespace assay::cli
