#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/events/json_input.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/ledger_session.hpp"
#include "cli/session/opening.hpp"
#include "cli/terminal/shown.hpp"
#include "keys/posix_file.hpp"

namespace assay::cli {
namespace {

struct MakeOptions {
  std::string file;
  std::string opening;
  bool json = false;
};

/// The value to commit to, canonical: a text as it stands in the file, or JSON.
Result<std::string> read_value(Run& run, const MakeOptions& options) {
  ASSAY_TRY(std::string text, read_input(run.context.in, options.file, kOpeningSizeBytes));
  if (options.json) return canonical_from_json(text, kOpeningSizeBytes);
  // Editors and `echo` end the last line; nobody means that to be part of a name.
  if (text.ends_with('\n')) text.pop_back();
  if (text.empty()) return fail(Errc::malformed, "there is no text to commit to");
  using nlohmann::json;
  return canonical_from_json(json(text).dump(-1, ' ', false, json::error_handler_t::replace),
                             kOpeningSizeBytes);
}

Result<int> make(Run& run, const MakeOptions& options) {
  ASSAY_TRY(std::string value, read_value(run, options));
  ASSAY_TRY(const Opening opening,
            make_opening(run.context.random_bytes(kCommitmentSaltSizeBytes), std::move(value)));
  const std::filesystem::path path(options.opening);
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  ASSAY_CHECK(keys::create_file(folder, path.filename().string(), format_opening(opening), 0600));
  const std::string hash = opening.commitment.commitment.hex();
  run.out.line(hash);
  run.out.note(
      fmt::format("wrote {}: keep it; without it nobody can ever read the value", options.opening));
  run.out.member("commitment") = hash;
  run.out.member("opening") = options.opening;
  return 0;
}

/// The events whose data carry the commitment, with its member.
Result<std::vector<std::string>> carriers(const store::Store& store, const Hash& hash) {
  // In canonical bytes a quotation mark within a text is escaped, so this is never part of one.
  const std::string wanted = R"({"commitment":")" + hash.hex() + R"("})";
  std::vector<std::string> found;
  EntryView entry;
  const auto look = [&](std::uint64_t index, std::string_view bytes) -> Status {
    if (bytes.find(wanted) == std::string_view::npos) return {};
    ASSAY_CHECK(parse_entry(bytes, entry));
    for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
      const EventView& event = entry.submission.events[i];
      if (event.data.find(wanted) == std::string_view::npos) continue;
      found.push_back(
          fmt::format("{}  {}  {}", EventId{index, i}.text(), event.type, event.subject));
    }
    return {};
  };
  ASSAY_CHECK(store.scan(0, store.size(), look));
  return found;
}

Result<int> check(Run& run, const std::string& file) {
  ASSAY_TRY(const std::string text, read_input(run.context.in, file, kOpeningSizeBytes));
  auto opening = parse_opening(text);
  if (!opening) return std::unexpected(std::move(opening).error().in(file));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  ASSAY_TRY(const auto events, carriers(session.store(), opening->commitment.commitment));
  run.out.member("ledger") = session.summary();
  run.out.member("commitment") = opening->commitment.commitment.hex();
  run.out.member("events") = Json::array();
  if (events.empty()) {
    return fail(Errc::not_found,
                "no event of this log carries commitment " + opening->commitment.commitment.hex(),
                "the opening may belong to another log");
  }
  for (const std::string& event : events) {
    run.out.line(shown(event));
    run.out.member("events").push_back(event.substr(0, event.find(' ')));
  }
  run.out.line("committed to  " + shown(opening->value));
  run.out.member("value") = Json::parse(opening->value);
  return 0;
}

}  // namespace

void add_commitment(App& app) {
  CLI::App* const group = app.group("commitment", "Keep a value out of the log, provably");
  const auto options = std::make_shared<MakeOptions>();
  CLI::App* const make_command =
      app.command(group, "make", "Commit to a text, and keep what opens the commitment",
                  [options](Run& run) { return make(run, *options); });
  make_command
      ->add_option("file", options->file,
                   "The text, without its last line end; - for standard input")
      ->required()
      ->type_name("FILE");
  make_command->add_option("--opening", options->opening, "New file for salt and value, mode 0600")
      ->required()
      ->type_name("FILE");
  make_command->add_flag("--value-is-json", options->json, "The file holds JSON, not a text");
  app.describe(make_command,
               "An event with a confidential member holds only the printed hash. Nobody can guess\n"
               "the value from it; with the opening anybody can check it.\n\n"
               "Example:\n"
               "  assay commitment make name.txt --opening name.opening\n"
               "  assay record issue_raised issue=TI-0002 detail=HASH … --key sp-tl\n"
               "  assay commitment check name.opening");
  const auto file = std::make_shared<std::string>();
  CLI::App* const check_command =
      app.command(group, "check", "Check an opening, and find the events that it opens",
                  [file](Run& run) { return check(run, *file); });
  check_command->add_option("opening", *file, "What `commitment make` wrote; - for standard input")
      ->required()
      ->type_name("FILE");
}

}  // namespace assay::cli
