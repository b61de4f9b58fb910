#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/evidence_files.hpp"
#include "cli/session/recording.hpp"
#include "cli/session/trial.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/events/catalogue.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct AddOptions {
  std::string file;
  std::string key;
  std::string media_type = "application/octet-stream";
  std::string title;
  std::string expect;
  bool dry_run = false;
  WriteOptions write;
};

events::EvidenceAdded event_for(const AddOptions& options, const Hash& digest,
                                const std::string& sha512, std::uint64_t size_bytes) {
  events::EvidenceAdded event;
  event.digest = digest;
  event.digest_sha512 = sha512;
  event.media_type = options.media_type;
  event.name = std::filesystem::path(options.file).filename().string();
  event.size_bytes = size_bytes;
  if (!options.title.empty()) event.title = options.title;
  return event;
}

Status check_expected(const AddOptions& options, const Hash& digest) {
  if (options.expect.empty() || options.expect == digest.hex()) return {};
  return fail(Errc::evidence_damaged,
              options.file + " has SHA-256 " + digest.hex() + ", not " + options.expect);
}

/// --dry-run: what the file's digests are, and whether the log would take their event.
Result<int> try_add(Run& run, const AddOptions& options) {
  ASSAY_TRY(const FileDigests file, file_digests(options.file));
  ASSAY_CHECK(check_expected(options, file.sha256));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  ASSAY_TRY(const auto known, session.store().events_about("evidence/" + file.sha256.hex()));
  run.out.line(fmt::format("would keep {}  {} bytes", file.sha256.hex(), file.size_bytes));
  if (known.empty() && !options.key.empty()) {
    const auto event = event_for(options, file.sha256, file.sha512, file.size_bytes);
    ASSAY_CHECK(
        try_events(run, options.key, {encode_event(event, run.context.now())}, {}, options.write));
    run.out.line("would record evidence_added");
  }
  run.out.line("nothing was written");
  run.out.member("dry_run") = true;
  run.out.member("evidence") = {
      {"digest", file.sha256.hex()}, {"sha512", file.sha512}, {"size_bytes", file.size_bytes}};
  return 0;
}

Result<int> add(Run& run, const AddOptions& options) {
  if (!options.expect.empty() && !Hash::from_hex(options.expect)) {
    return fail(Errc::invalid_argument, "--expect \"" + options.expect + "\" is no SHA-256",
                "64 lower-case hexadecimal digits, as sha256sum prints them");
  }
  if (options.dry_run) return try_add(run, options);
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  std::optional<Hash> expected;
  if (const auto digest = Hash::from_hex(options.expect)) expected = *digest;
  ASSAY_TRY(const store::StoredEvidence stored,
            put_file(run, session.store(), options.file, expected));
  run.out.member("evidence") = {{"digest", stored.digest.hex()},
                                {"sha512", stored.record.sha512},
                                {"size_bytes", stored.record.size_bytes},
                                {"already_there", stored.already_there}};
  run.out.line(fmt::format("{} {}  {} bytes", stored.already_there ? "already kept" : "kept",
                           stored.digest.hex(), stored.record.size_bytes));
  // Restoring a file that the log names already is no new event.
  ASSAY_TRY(const auto known, session.store().events_about("evidence/" + stored.digest.hex()));
  if (!known.empty()) {
    run.out.line(fmt::format("the log names it already, in event {}", known.front().text()));
    return 0;
  }
  if (options.key.empty()) {
    return fail(Errc::invalid_argument, "the file is kept, but the log does not name it yet",
                "run it again with --key NAME to record evidence_added");
  }
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
  const auto event =
      event_for(options, stored.digest, stored.record.sha512, stored.record.size_bytes);
  const std::vector<std::string> events{encode_event(event, run.context.now())};
  ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, {}));
  show_receipts(run, batch, events);
  return 0;
}

struct GetOptions {
  std::string digest;
  std::string output;
};

/// A whole digest, or an unambiguous beginning of one.
Result<Hash> find_digest(const store::Store& store, const std::string& text) {
  if (const auto digest = Hash::from_hex(text)) return *digest;
  std::vector<Hash> found;
  ASSAY_CHECK(store.scan_evidence([&](const Hash& digest, const store::EvidenceRecord&) -> Status {
    if (!text.empty() && digest.hex().starts_with(text)) found.push_back(digest);
    return {};
  }));
  if (found.size() == 1) return found.front();
  return fail(Errc::not_found,
              found.empty()
                  ? "no evidence file begins with \"" + text + "\""
                  : fmt::format("{} evidence files begin with \"{}\"", found.size(), text),
              "`assay evidence list` has the digests");
}

Result<int> get(Run& run, const GetOptions& options) {
  ASSAY_TRY(const store::Store store, store::Store::open_reader(run.globals.ledger));
  ASSAY_TRY(run.out.member("ledger"), ledger_json(store));
  ASSAY_TRY(const Hash digest, find_digest(store, options.digest));
  if (options.output.empty()) {
    if (run.out.json()) {
      return fail(Errc::invalid_argument, "--json cannot hold a file",
                  "write it with --output FILE");
    }
    ASSAY_CHECK(store.read_evidence(digest, [&](std::string_view bytes) -> Status {
      run.out.raw(bytes);
      return {};
    }));
    return 0;
  }
  std::error_code error;
  const auto present = std::filesystem::status(options.output, error);
  if (std::filesystem::exists(present) && !std::filesystem::is_regular_file(present)) {
    return fail(Errc::invalid_argument, options.output + " is not an ordinary file",
                "name a file, or leave --output out to write to standard output");
  }
  // A file that turns out to be damaged must not be left lying there as if it were whole.
  const std::string temporary = options.output + ".part";
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  const Status status = store.read_evidence(digest, [&](std::string_view bytes) -> Status {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return out ? Status{} : fail(Errc::io, "cannot write " + temporary);
  });
  out.close();
  if (!status || !out) {
    std::filesystem::remove(temporary, error);
    return status ? fail(Errc::io, "cannot write " + temporary) : std::unexpected(status.error());
  }
  std::filesystem::rename(temporary, options.output, error);
  if (error) return fail(Errc::io, "cannot rename " + temporary + ": " + error.message());
  run.out.line(fmt::format("wrote {} ({})", options.output, digest.hex()));
  run.out.member("digest") = digest.hex();
  run.out.member("file") = options.output;
  return 0;
}

/// How the log first names a file.
struct Naming {
  std::string by;  ///< an event's address, "entry 0 (the rulebook)", or "-" for no event
  std::optional<EventId> event;
};

Naming naming_of(const std::vector<EventId>& about, std::uint64_t size, const Hash& digest,
                 const Hash& rulebook) {
  for (const EventId& id : about) {
    if (id.entry < size) return {id.text(), id};
  }
  // Entry 0 names the rulebook by its digest, and no event is about the file itself.
  if (digest == rulebook) return {"0.0 (the rulebook)", EventId{0, 0}};
  return {"-", std::nullopt};
}

Result<int> list(Run& run, const std::string& at) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, at));
  const store::Store& store = session.store();
  const Hash& rulebook = states.fold().programme().state().rulebook;
  std::vector<std::vector<std::string>> rows;
  Json files = Json::array();
  ASSAY_CHECK(
      store.scan_evidence([&](const Hash& digest, const store::EvidenceRecord& record) -> Status {
        ASSAY_TRY(const auto about, store.events_about("evidence/" + digest.hex()));
        const Naming naming = naming_of(about, states.size(), digest, rulebook);
        // What no event of that time names may have come later.
        if (!naming.event && states.size() != session.size()) return {};
        rows.push_back({digest.hex(), std::to_string(record.size_bytes), naming.by});
        files.push_back({{"digest", digest.hex()},
                         {"sha512", record.sha512},
                         {"size_bytes", record.size_bytes},
                         {"event", naming.event ? Json(naming.event->text()) : Json(nullptr)}});
        return {};
      }));
  if (rows.empty()) {
    run.out.line("no evidence files");
  } else {
    run.out.table({"SHA-256", "BYTES", "EVENT"}, rows);
  }
  run.out.member("evidence") = std::move(files);
  return 0;
}

}  // namespace

void add_evidence(App& app) {
  CLI::App* const group = app.group("evidence", "Keep, read and list evidence files");
  const auto adding = std::make_shared<AddOptions>();
  CLI::App* const add_command = app.command(group, "add", "Keep a file and record its digests",
                                            [adding](Run& run) { return add(run, *adding); });
  add_command->add_option("file", adding->file, "The file")->required()->type_name("FILE");
  add_command->add_option("--key", adding->key, "Key that records it")->type_name("NAME");
  add_command->add_option("--media-type", adding->media_type, "As declared; never acted on")
      ->type_name("TYPE");
  add_command->add_option("--title", adding->title, "Title")->type_name("TEXT");
  add_command->add_option("--expect", adding->expect, "Refuse unless it has this SHA-256")
      ->type_name("DIGEST");
  add_command->add_flag("--dry-run", adding->dry_run, "Check everything, keep and write nothing");
  add_write_options(add_command, adding->write);

  const auto getting = std::make_shared<GetOptions>();
  CLI::App* const get_command = app.command(group, "get", "Read a file back, checking its digest",
                                            [getting](Run& run) { return get(run, *getting); });
  get_command->add_option("digest", getting->digest, "SHA-256, or its beginning")
      ->required()
      ->type_name("DIGEST");
  get_command->add_option("-o,--output", getting->output, "Write here [standard output]")
      ->type_name("FILE");

  const auto at = std::make_shared<std::string>();
  CLI::App* const list_command = app.command(group, "list", "List the files that are kept",
                                             [at](Run& run) { return list(run, *at); });
  add_at_option(list_command, *at);
}

}  // namespace assay::cli
