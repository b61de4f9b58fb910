#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/evidence_files.hpp"
#include "cli/session/recording.hpp"
#include "cli/session/trial.hpp"
#include "ledger/events/catalogue.hpp"

namespace assay::cli {
namespace {

struct EraseOptions {
  std::string digest;
  std::string legal_basis;
  std::string reason;
  std::string key;
  bool dry_run = false;
  WriteOptions write;
};

std::string event_of(const Run& run, const EraseOptions& options, const Hash& digest) {
  events::EvidenceErased event;
  event.digest = digest;
  event.legal_basis = options.legal_basis;
  event.reason = options.reason;
  return encode_event(event, run.context.now());
}

/// The event that says so, where an earlier run recorded it and got no further.
Result<std::optional<EventId>> erased_by(const store::Store& store, const Hash& digest) {
  ASSAY_TRY(const auto about, store.events_about("evidence/" + digest.hex()));
  EntryView entry;
  for (const EventId& event : about) {
    ASSAY_TRY(const std::string bytes, store.entry(event.entry));
    ASSAY_CHECK(parse_entry(bytes, entry));
    if (entry.submission.events[event.position].type == events::EvidenceErased::kType) {
      return event;
    }
  }
  return std::nullopt;
}

/// --dry-run: which file it is, and whether the log would take the event.
Result<int> try_erase(Run& run, const EraseOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  ASSAY_TRY(const Hash digest, find_digest(session.store(), options.digest));
  ASSAY_TRY(const store::EvidenceRecord file, session.store().evidence(digest));
  ASSAY_TRY(const auto before, erased_by(session.store(), digest));
  if (!before) {
    ASSAY_CHECK(try_events(run, options.key, {event_of(run, options, digest)}, {}, options.write));
    run.out.line("would record evidence_erased");
  }
  run.out.line(fmt::format("would erase {}  {} bytes", digest.hex(), file.size_bytes));
  run.out.line("nothing was written");
  run.out.member("dry_run") = true;
  run.out.member("evidence") = {{"digest", digest.hex()}, {"size_bytes", file.size_bytes}};
  return 0;
}

/// The log says that the file is erased before it is: a file that is gone without a word would be
/// missing evidence, while one that is still there can be erased by the same command again.
Result<int> erase(Run& run, const EraseOptions& options) {
  if (options.dry_run) return try_erase(run, options);
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_TRY(const Hash digest, find_digest(session.store(), options.digest));
  ASSAY_TRY(const store::EvidenceRecord file, session.store().evidence(digest));
  ASSAY_TRY(const auto before, erased_by(session.store(), digest));
  if (before) {
    run.out.line(fmt::format("the log says so already, in event {}", before->text()));
  } else {
    ASSAY_TRY(Author author,
              Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
    const std::vector<std::string> events{event_of(run, options, digest)};
    ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, {}));
    show_receipts(run, batch, events);
  }
  ASSAY_CHECK(session.store().erase_evidence(digest));
  run.out.line(fmt::format("erased {}  {} bytes", digest.hex(), file.size_bytes));
  run.out.note("copies of this ledger, backups and file-system snapshots still hold the file");
  run.out.member("evidence") = {{"digest", digest.hex()}, {"size_bytes", file.size_bytes}};
  run.out.member("ledger") = session.summary();
  return 0;
}

}  // namespace

void add_evidence_erase(App& app, CLI::App* group) {
  const auto options = std::make_shared<EraseOptions>();
  CLI::App* const command =
      app.command(group, "erase", "Erase a file where the law demands it, and say so in the log",
                  [options](Run& run) { return erase(run, *options); });
  command->add_option("digest", options->digest, "SHA-256, or its beginning")
      ->required()
      ->type_name("DIGEST");
  command->add_option("--legal-basis", options->legal_basis, "What demands it")
      ->required()
      ->type_name("TEXT");
  command->add_option("--reason", options->reason, "Why")->required()->type_name("TEXT");
  command->add_option("--key", options->key, "Key that records it: of a holder with DCC-REG")
      ->required()
      ->type_name("NAME");
  command->add_flag("--dry-run", options->dry_run, "Check everything, erase and write nothing");
  add_write_options(command, options->write);
  app.describe(
      command,
      "The entries stay as they are: the file's digests remain in the log, and `assay verify`\n"
      "reports the file as not checked, erased by the entry that says so.\n\n"
      "Example:\n"
      "  assay evidence erase 3f79bb7b435b --legal-basis 'UK GDPR article 17' \\\n"
      "      --reason 'names a household' --key dcc-reg");
}

}  // namespace assay::cli
