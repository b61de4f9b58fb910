#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/time/head_times.hpp"
#include "ledger/base/encoding.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct ShowOptions {
  std::string address;
  std::string at;
  bool raw = false;
  TimeOptions times;
};

struct Address {
  std::uint64_t entry = 0;
  std::optional<std::uint64_t> position;
};

Result<Address> parse_address(const std::string& text) {
  if (text.find('.') != std::string::npos) {
    ASSAY_TRY(const EventId id, EventId::parse(text));
    return Address{id.entry, id.position};
  }
  const auto entry = parse_decimal(text);
  if (!entry) {
    return fail(Errc::invalid_argument, "\"" + text + "\" is neither an entry nor an event",
                "give an entry's index, like 41, or an event's address, like 41.0");
  }
  return Address{*entry, std::nullopt};
}

/// How an event that needs or takes voices stands.
void show_decision(Run& run, const projections::Register& programme, const EventId& id,
                   Json& json) {
  const auto found = programme.state().decisions.find(id);
  if (found == programme.state().decisions.end()) return;
  const projections::Decision& decision = found->second;
  run.out.line(fmt::format("    {}", decision.effective
                                         ? "in effect by " + decision.effective->text()
                                         : run.out.yellow("not in effect: needs more voices")));
  Json voices = Json::array();
  const auto list = [&](const std::vector<projections::Voice>& all, const char* word) {
    for (const projections::Voice& voice : all) {
      run.out.line(fmt::format("    {} by {} ({})", word, voice.party.text, voice.event.text()));
      voices.push_back(
          {{"voice", word}, {"party", voice.party.text}, {"event", voice.event.text()}});
    }
  };
  list(decision.endorsements, "endorsed");
  list(decision.dissents, "dissented");
  json["effective"] = decision.effective ? Json(decision.effective->text()) : Json(nullptr);
  json["voices"] = std::move(voices);
}

Json show_event(Run& run, const projections::Register& programme, const EntryView& entry,
                std::uint64_t position) {
  const EventView& event = entry.submission.events[position];
  const EventId id{entry.index, position};
  Json json = {{"event", id.text()},
               {"type", event.type},
               {"version", event.version},
               {"subject", event.subject},
               {"occurred_at", event.occurred_at},
               {"digest", sha256(event.bytes).hex()},
               {"data", Json::parse(event.data)}};
  run.out.line();
  run.out.line(
      fmt::format("{}  {}  {}", run.out.bold(id.text()), event.type, shown(event.subject)));
  run.out.line(
      fmt::format("    occurred {}   digest {}", event.occurred_at, sha256(event.bytes).hex()));
  for (const auto& [name, value] : json["data"].items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    run.out.line(fmt::format("    {:<18} {}", name, shown(text, 200)));
  }
  show_decision(run, programme, id, json);
  return json;
}

/// Between which times the entry came to be, as far as anybody but its author says.
Status show_interval(Run& run, const store::Store& store, const EntryView& entry,
                     const TimeOptions& options, std::uint64_t size, Json& json) {
  ASSAY_TRY(Intervals intervals,
            Intervals::gather(store, options, entry.index, size, run.context.now()));
  ASSAY_TRY(const verify::EventInterval interval, intervals.of(entry));
  if (interval.not_before) {
    run.out.line(fmt::format("  not before {}", shown(bound_text(interval.not_before))));
  }
  run.out.line(fmt::format("  not after  {}", shown(bound_text(interval.not_after))));
  if (is_empty(interval)) {
    run.out.line(run.out.yellow("  the interval is empty: one of these clocks is wrong"));
  }
  json["interval"] = interval_json(interval);
  return {};
}

Result<int> show(Run& run, const ShowOptions& options) {
  ASSAY_TRY(const Address address, parse_address(options.address));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  // Exact bytes come alone, so nothing may be said before it is known that they are not asked for.
  ASSAY_TRY(const std::uint64_t size, size_at(session, options.at));
  if (address.entry >= size) {
    return fail(Errc::not_found,
                fmt::format("there is no entry {}: the log has {} entries{}", address.entry, size,
                            size == session.size() ? "" : " at that point"));
  }
  auto bytes = session.store().entry(address.entry);
  if (!bytes) return std::unexpected(bytes.error());
  EntryView entry;
  ASSAY_CHECK(parse_entry(*bytes, entry));
  if (address.position && *address.position >= entry.submission.events.size()) {
    return fail(Errc::not_found, fmt::format("entry {} has {} events, numbered from 0",
                                             address.entry, entry.submission.events.size()));
  }
  if (options.raw) {
    // Exactly the bytes that are hashed, so that sha256sum can follow.
    run.out.raw(address.position ? entry.submission.events[*address.position].bytes : *bytes);
    run.out.member("bytes") =
        to_base64(address.position ? entry.submission.events[*address.position].bytes
                                   : std::string_view(*bytes));
    return 0;
  }
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, options.at));
  const projections::Register& programme = states.fold().programme();
  const Identifier* const party = programme.party_of(entry.submission.key);
  Json json = {{"index", entry.index},
               {"leaf_hash", merkle::leaf_hash(*bytes).hex()},
               {"previous", entry.previous.hex()},
               {"recorded_at", entry.recorded_at.text()},
               {"author",
                {{"key", entry.submission.key.hex()},
                 {"party", party == nullptr ? "" : party->text},
                 {"sequence", entry.submission.sequence}}},
               {"submission", entry.submission.id},
               {"size_bytes", bytes->size()}};
  run.out.line(fmt::format("entry {}   recorded {}", run.out.bold(std::to_string(entry.index)),
                           entry.recorded_at.text()));
  run.out.line(fmt::format("  leaf hash  {}", merkle::leaf_hash(*bytes).hex()));
  run.out.line(fmt::format("  previous   {}", entry.previous.hex()));
  run.out.line(fmt::format("  author     {}  key {}  submission {}",
                           party == nullptr ? "?" : party->text, entry.submission.key.hex(),
                           entry.submission.sequence));
  if (entry.submission.seen) {
    run.out.line(fmt::format("  had seen   size {}  root {}", entry.submission.seen->size,
                             entry.submission.seen->root.hex()));
    json["seen"] = {{"size", entry.submission.seen->size},
                    {"root", entry.submission.seen->root.hex()}};
  }
  ASSAY_CHECK(show_interval(run, session.store(), entry, options.times, size, json));
  json["events"] = Json::array();
  for (std::uint64_t i = 0; i < entry.submission.events.size(); ++i) {
    if (address.position && *address.position != i) continue;
    json["events"].push_back(show_event(run, programme, entry, i));
  }
  run.out.member("entry") = std::move(json);
  return 0;
}

}  // namespace

void add_show(App& app) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App* const command = app.command(nullptr, "show", "Show an entry or an event",
                                        [options](Run& run) { return show(run, *options); });
  command->add_option("address", options->address, "An entry's index, or an event's address")
      ->required()
      ->type_name("ADDRESS");
  command->add_flag("--raw", options->raw, "Only the bytes, exactly as they are hashed");
  add_at_option(command, options->at);
  add_time_options(command, options->times);
  app.describe(
      command,
      "\"not before\" and \"not after\" say what others than the author know of an entry's time:\n"
      "it was signed after the head that its author had seen, and was there when a witness or an\n"
      "authority first spoke of a head over it. Without --witness and --tsa that is only "
      "claimed.\n\n"
      "Examples:\n"
      "  assay show 41\n"
      "  assay show 41.0\n"
      "  (printf '\\000'; assay show 41 --raw) | sha256sum   # the leaf hash");
}

}  // namespace assay::cli
