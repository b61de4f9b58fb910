#include "cli/commands/event_options.hpp"

#include <fmt/format.h>

#include "cli/events/event_input.hpp"
#include "cli/events/time_input.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/listed_items.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/format/submission.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kInputSizeBytes = 256U << 20U;

std::string name_of_input(const std::string& path) { return path == "-" ? "standard input" : path; }

/// What is wrong with the text, and in which file it stands.
Result<std::string> in_file(const std::string& path, Result<std::string> event) {
  if (event) return event;
  return std::unexpected(std::move(event).error().in(name_of_input(path)));
}

Result<std::vector<std::string>> read_lines(const Run& run, const std::string& path) {
  ASSAY_TRY(const std::string text, read_input(run.context.in, path, kInputSizeBytes));
  std::vector<std::string> events;
  std::size_t line_number = 0;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line(text.data() + from, end - from);
    from = end + 1;
    ++line_number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto event = event_from_json(line, run.context.now());
    if (!event) {
      return std::unexpected(std::move(event).error().in(
          fmt::format("{}, line {}", name_of_input(path), line_number)));
    }
    events.push_back(*std::move(event));
  }
  if (events.empty()) return fail(Errc::malformed, name_of_input(path) + " holds no event");
  return events;
}

}  // namespace

void add_event_options(CLI::App* command, EventOptions& options) {
  command->add_option("type", options.type, "Event type (assay help events)")->type_name("TYPE");
  command->add_option("members", options.pairs, "Members of its data, as member=value")
      ->type_name("MEMBER=VALUE");
  command
      ->add_option("-f,--file", options.file,
                   "Read from this file, or - for standard input: one event as JSON, or with TYPE "
                   "its data")
      ->type_name("FILE");
  command->add_flag("--stream", options.stream,
                    "Read many events, one JSON object a line; from standard input as they come");
  command->add_option("--occurred-at", options.occurred_at, "When it happened, UTC [now]")
      ->type_name("TIME");
  command
      ->add_option("--id", options.submission_id,
                   "Idempotency key: a UUID [random]; a retry says the same --occurred-at too")
      ->type_name("UUID");
  command
      ->add_option("--expect", options.expect,
                   "Refuse unless SUBJECT was last touched at log size SIZE")
      ->type_name("SUBJECT=SIZE");
}

Status check_event_options(const EventOptions& options) {
  if (!options.submission_id.empty() && !is_uuid(options.submission_id)) {
    return fail(Errc::invalid_argument, "--id \"" + options.submission_id + "\" is not a UUID",
                "in lower case, for example 2f1c3b5e-8d4a-4c6b-9e7f-0a1b2c3d4e5f");
  }
  if (!options.stream) return {};
  if (!options.type.empty()) {
    return fail(Errc::invalid_argument, "--stream takes no TYPE: every line says its own");
  }
  if (!options.submission_id.empty() || !options.expect.empty()) {
    return fail(Errc::invalid_argument,
                "--id and --expect are of one submission, and a stream becomes many",
                "record that event by itself");
  }
  return {};
}

Result<std::vector<std::string>> read_events(const Run& run, const EventOptions& options) {
  ASSAY_CHECK(check_event_options(options));
  const std::string path = options.file.empty() ? "-" : options.file;
  if (options.stream) return read_lines(run, path);
  Timestamp occurred_at = run.context.now();
  if (!options.occurred_at.empty()) {
    const auto time = time_from_text(options.occurred_at);
    if (!time) {
      return fail(Errc::invalid_argument, "--occurred-at: " + time.error().message,
                  time.error().hint);
    }
    occurred_at = *time;
  }
  std::vector<std::string> events;
  if (options.type.empty()) {
    if (options.file.empty()) {
      return fail(Errc::invalid_argument, "no event: name a TYPE, a --file, or use --stream",
                  "for example: assay record heartbeat --key NAME");
    }
    ASSAY_TRY(const std::string text, read_input(run.context.in, path, kInputSizeBytes));
    ASSAY_TRY(std::string event, in_file(path, event_from_json(text, occurred_at)));
    events.push_back(std::move(event));
  } else if (!options.file.empty()) {
    if (!options.pairs.empty()) {
      return fail(Errc::invalid_argument, "give the members or a --file, not both");
    }
    ASSAY_TRY(const std::string text, read_input(run.context.in, path, kInputSizeBytes));
    ASSAY_TRY(std::string event, in_file(path, event_from_data(options.type, text, occurred_at)));
    events.push_back(std::move(event));
  } else {
    ASSAY_TRY(const auto pairs, with_listed_items(run, options.type, options.pairs));
    ASSAY_TRY(std::string event, event_from_pairs(options.type, pairs, occurred_at));
    events.push_back(std::move(event));
  }
  return events;
}

Result<std::vector<std::pair<std::string, std::uint64_t>>> read_expectations(
    const EventOptions& options) {
  std::vector<std::pair<std::string, std::uint64_t>> expectations;
  for (const std::string& text : options.expect) {
    const std::size_t equals = text.rfind('=');
    const auto size = equals == std::string::npos ? Result<std::uint64_t>(fail(Errc::malformed, ""))
                                                  : parse_decimal(text.substr(equals + 1));
    if (!size || !is_subject(text.substr(0, equals))) {
      return fail(Errc::invalid_argument, "\"" + text + "\" is not of the form SUBJECT=SIZE",
                  "for example: --expect phase/MOC-MDS-SIT-01=4711");
    }
    expectations.emplace_back(text.substr(0, equals), *size);
  }
  return expectations;
}

}  // namespace assay::cli
