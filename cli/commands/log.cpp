#include <algorithm>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/events/event_input.hpp"
#include "cli/session/at_point.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/time/head_times.hpp"
#include "ledger/merkle/tree.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct LogOptions {
  std::string subject;
  std::string type;
  std::string party;
  std::string since;
  std::string at;
  std::uint64_t limit = 0;
  bool reverse = false;
  bool time = false;
  TimeOptions times;
};

struct Line {
  EventId id;
  Timestamp recorded_at;
  std::string occurred_at;
  std::string type;
  std::string subject;
  std::string party;
  std::string holder;
  Json data;
  std::optional<verify::EventInterval> interval;
};

bool wanted(const LogOptions& options, const EventView& event, const std::string& party) {
  const bool subject =
      options.subject.empty() || event.subject == options.subject ||
      (options.subject.ends_with('/') && event.subject.starts_with(options.subject));
  return subject && (options.type.empty() || event.type == options.type) &&
         (options.party.empty() || party == options.party);
}

/// Party and holder of a key, as the register has them now.
std::pair<std::string, std::string> author_of(const projections::Register& programme,
                                              const Hash& key) {
  const Identifier* const party = programme.party_of(key);
  const auto found = programme.state().keys.find(key);
  return {party == nullptr ? "?" : party->text,
          found == programme.state().keys.end() ? "root" : found->second.holder.text};
}

Status collect(const LogOptions& options, const LedgerSession& session, std::uint64_t from,
               std::uint64_t to, Intervals* intervals, std::vector<Line>& lines) {
  const projections::Register& programme = session.fold().programme();
  EntryView entry;
  return session.store().scan(from, to, [&](std::uint64_t index, std::string_view bytes) -> Status {
    ASSAY_CHECK(parse_entry(bytes, entry));
    const auto [party, holder] = author_of(programme, entry.submission.key);
    std::optional<verify::EventInterval> interval;
    if (intervals != nullptr) {
      ASSAY_TRY(interval, intervals->of(entry));
    }
    for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
      const EventView& event = entry.submission.events[i];
      if (!wanted(options, event, party)) continue;
      lines.push_back({{index, i},
                       entry.recorded_at,
                       std::string(event.occurred_at),
                       std::string(event.type),
                       std::string(event.subject),
                       party,
                       holder,
                       Json::parse(event.data),
                       interval});
      // Only the last ones are shown, so no more are kept.
      if (options.limit > 0 && lines.size() > 2 * options.limit + 64 && !options.reverse) {
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(options.limit));
      }
    }
    return {};
  });
}

/// A slip of the pen must not look like "nothing of that kind happened".
Status check_filters(const LogOptions& options, const projections::Register& programme) {
  if (!options.type.empty()) {
    const auto type = known_type(options.type);
    if (!type) return fail(Errc::not_found, type.error().message, type.error().hint);
  }
  const auto is_party = [&](const std::string& id) {
    const auto& state = programme.state();
    return state.parties.contains(id) ||
           std::any_of(state.roots.begin(), state.roots.end(),
                       [&](const events::RootKey& root) { return root.party.text == id; });
  };
  if (!options.party.empty() && !is_party(options.party)) {
    return fail(Errc::not_found, "there is no party " + options.party,
                "`assay state programme` lists them");
  }
  return {};
}

/// One end of an interval in a column: a "?" where the word is only claimed.
std::string end_of(const std::optional<verify::TimeBound>& bound) {
  if (!bound) return "-";
  return bound->at.text().substr(0, 19) + "Z " + std::string(enum_text(bound->by)) +
         (bound->believed ? "" : "?");
}

std::vector<std::string> row_of(const Run& run, const Line& line) {
  std::vector<std::string> row{run.out.bold(line.id.text()),
                               line.recorded_at.text().substr(0, 19) + "Z", line.type,
                               shown(line.subject, 48), line.party + "/" + line.holder};
  if (line.interval) {
    row.push_back(end_of(line.interval->not_before));
    row.push_back(end_of(line.interval->not_after));
  }
  return row;
}

Result<int> show_log(Run& run, const LogOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_CHECK(check_filters(options, session.fold().programme()));
  ASSAY_TRY(const std::uint64_t end, size_at(session, options.at));
  std::uint64_t from = 0;
  if (!options.since.empty()) {
    ASSAY_TRY(from, size_since(session.store(), options.since));
  }
  std::vector<Line> lines;
  std::optional<Intervals> intervals;
  if (options.time) {
    ASSAY_TRY(intervals, Intervals::gather(session.store(), options.times, std::min(from, end), end,
                                           run.context.now()));
  }
  ASSAY_CHECK(collect(options, session, std::min(from, end), end, intervals ? &*intervals : nullptr,
                      lines));
  if (options.limit > 0 && lines.size() > options.limit) {
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(options.limit));
  }
  if (options.reverse) std::reverse(lines.begin(), lines.end());
  Json events = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const Line& line : lines) {
    events.push_back({{"event", line.id.text()},
                      {"type", line.type},
                      {"subject", line.subject},
                      {"party", line.party},
                      {"holder", line.holder},
                      {"occurred_at", line.occurred_at},
                      {"recorded_at", line.recorded_at.text()},
                      {"data", line.data}});
    rows.push_back(row_of(run, line));
    if (line.interval) events.back()["interval"] = interval_json(*line.interval);
  }
  if (rows.empty()) {
    run.out.line("no events");
  } else {
    std::vector<std::string> head{"EVENT", "RECORDED", "TYPE", "SUBJECT", "BY"};
    if (options.time) head.insert(head.end(), {"NOT BEFORE", "NOT AFTER"});
    run.out.table(head, rows);
  }
  run.out.member("size") = end;
  run.out.member("events") = std::move(events);
  return 0;
}

}  // namespace

void add_log(App& app) {
  const auto options = std::make_shared<LogOptions>();
  CLI::App* const command = app.command(nullptr, "log", "List events, oldest first",
                                        [options](Run& run) { return show_log(run, *options); });
  command->add_option("subject", options->subject, "Only this subject, or a kind: phase/…, issue/")
      ->type_name("SUBJECT");
  command->add_option("--type", options->type, "Only this event type")->type_name("TYPE");
  command->add_option("--party", options->party, "Only events by keys of this party")
      ->type_name("PARTY");
  command->add_option("--since", options->since, "Only after this point (as --at)")
      ->type_name("POINT");
  command->add_option("-n,--limit", options->limit, "Only the last N events")->type_name("N");
  command->add_flag("--reverse", options->reverse, "Newest first");
  add_at_option(command, options->at);
  command->add_flag("--time", options->time,
                    "Between which times each came to be, by others than its author");
  add_time_options(command, options->times);
  app.describe(command,
               "Examples:\n"
               "  assay log issue/TI-0001\n"
               "  assay log issue/ --since 2019-11-01 --json\n"
               "  assay log --type tag_position_recorded");
}

}  // namespace assay::cli
