#include <filesystem>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/evidence_files.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/genesis.hpp"
#include "cli/session/recording.hpp"
#include "keys/released_record.hpp"
#include "ledger/base/words.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/dsse.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kRulebookSizeBytes = 16U << 20U;

struct InitOptions {
  std::string directory;
  std::string origin;
  std::string programme;
  std::vector<std::string> roots;
  std::uint64_t threshold = 0;
  std::string log_key = "log";
  std::string rulebook;
  bool dry_run = false;
};

using KeyPtr = std::unique_ptr<keys::PrivateKey>;

/// The key of this name, made if there is none.
Result<KeyPtr> key_for(Run& run, const std::string& name, const std::string& passphrase_from) {
  if (keys::load_public_key(run.globals.keys, name)) return unlock(run, name, passphrase_from);
  ASSAY_CHECK(keys::check_key_name(name));
  ASSAY_TRY(const keys::Secret passphrase, new_passphrase(run, name, passphrase_from));
  ASSAY_TRY(KeyPtr key,
            keys::create_key(run.globals.keys, name, KeyAlgorithm::ed25519, passphrase));
  run.out.note("made key " + name + " in " + run.globals.keys);
  return key;
}

struct Keys {
  KeyPtr log;
  KeyPtr next_log;
  std::vector<KeyPtr> roots;
  std::vector<RootHolder> holders;
};

Result<Keys> gather_keys(Run& run, const InitOptions& options) {
  Keys gathered;
  for (const std::string& text : options.roots) {
    ASSAY_TRY(gathered.holders.emplace_back(), parse_root(text));
  }
  ASSAY_CHECK(make_key_directory(run.globals.keys));
  ASSAY_TRY(gathered.log, key_for(run, options.log_key, run.globals.log_passphrase_from));
  ASSAY_TRY(gathered.next_log,
            key_for(run, options.log_key + "-next", run.globals.log_passphrase_from));
  for (const RootHolder& holder : gathered.holders) {
    ASSAY_TRY(gathered.roots.emplace_back(),
              key_for(run, holder.key_name, run.globals.passphrase_from));
  }
  return gathered;
}

/// What would stop a new ledger, asked before a key is made or unlocked.
Status check_beginning(const Run& run, const InitOptions& options) {
  ASSAY_CHECK(check_origin(options.origin));
  for (const std::string& root : options.roots) {
    ASSAY_TRY(const RootHolder holder, parse_root(root));
    ASSAY_CHECK(keys::check_key_name(holder.key_name));
  }
  ASSAY_CHECK(keys::check_key_name(options.log_key));
  if (const auto present = store::Store::open_reader(options.directory);
      present && present->size() > 0) {
    return fail(Errc::conflict, options.directory + " is a ledger already, of " + present->origin(),
                "give a directory that is empty or absent");
  }
  const auto released = keys::ReleasedRecord::peek(run.globals.keys, options.log_key);
  if (released && released->has_value()) {
    return fail(Errc::conflict,
                "the key " + options.log_key + " in " + run.globals.keys +
                    " signs another log already, and a key serves one log",
                "name another one with --log-key; it is made if there is none");
  }
  return {};
}

Result<int> try_init(Run& run, const InitOptions& options) {
  std::vector<std::string> names{options.log_key, options.log_key + "-next"};
  for (const std::string& root : options.roots) {
    ASSAY_TRY(const RootHolder holder, parse_root(root));
    names.push_back(holder.key_name);
  }
  run.out.line(fmt::format("would make ledger {} in {}", options.origin, options.directory));
  Json made = Json::array();
  for (const std::string& name : names) {
    if (keys::load_public_key(run.globals.keys, name)) continue;
    run.out.line(fmt::format("would make key {} in {}", name, run.globals.keys));
    made.push_back(name);
  }
  run.out.line("nothing was written");
  run.out.member("dry_run") = true;
  run.out.member("keys_to_make") = std::move(made);
  return 0;
}

/// Signs the genesis submission by the first root key as author, and by every other root key and
/// the log's key, which it introduces. One that was signed by an interrupted run before is taken
/// up.
Result<Envelope> signed_genesis(Run& run, const InitOptions& options, const Keys& keys,
                                const events::LedgerCreated& genesis, Author& author) {
  ASSAY_TRY(const std::vector<Unsettled> waiting, author.unsettled());
  Envelope envelope;
  if (!waiting.empty() && author.head().count == 1) {
    envelope = waiting.front().envelope;
  } else {
    SubmissionDraft draft;
    draft.events = {encode_event(genesis, run.context.now())};
    draft.log = options.origin;
    draft.id = random_uuid(run.context);
    ASSAY_TRY(envelope, author.sign(std::move(draft)));
  }
  std::string message;
  append_pae(message, kSubmissionPayloadType, envelope.payload);
  std::vector<const Signer*> others{keys.log.get()};
  for (std::size_t i = 1; i < keys.roots.size(); ++i) others.push_back(keys.roots[i].get());
  for (const Signer* const other : others) {
    ASSAY_TRY(std::string signature, other->sign(message));
    envelope.signatures.push_back({other->verifier().key_id(), std::move(signature)});
  }
  return envelope;
}

Result<int> init(Run& run, const InitOptions& options) {
  ASSAY_CHECK(check_beginning(run, options));
  std::string rulebook(kEmptyRulebook);
  if (!options.rulebook.empty()) {
    ASSAY_TRY(rulebook, read_file(options.rulebook, kRulebookSizeBytes));
  }
  if (options.dry_run) return try_init(run, options);
  ASSAY_TRY(const Keys keys, gather_keys(run, options));
  GenesisKeys public_keys{&keys.log->verifier(), &keys.next_log->verifier(), {}};
  for (std::size_t i = 0; i < keys.roots.size(); ++i) {
    public_keys.roots.emplace_back(&keys.roots[i]->verifier(), keys.holders[i].party);
  }
  const std::uint64_t threshold =
      options.threshold != 0 ? options.threshold : keys.roots.size() / 2 + 1;
  const events::LedgerCreated genesis =
      make_genesis(options.origin, options.programme, public_keys, threshold, sha256(rulebook));
  ASSAY_CHECK(store::Store::create(options.directory, options.origin));
  ASSAY_TRY(Author author, Author::open(run, keys.holders.front().key_name,
                                        run.globals.passphrase_from, origin_hash(options.origin)));
  ASSAY_TRY(const Envelope envelope, signed_genesis(run, options, keys, genesis, author));

  Globals globals = run.globals;
  globals.ledger = options.directory;
  Run inside{run.context, globals, run.out, run.passphrases};
  ASSAY_TRY(LedgerSession session, LedgerSession::begin(inside, *keys.log, options.log_key));
  ASSAY_TRY(const store::StoredEvidence kept, put_bytes(session.store(), rulebook));
  ASSAY_TRY(const store::Receipt receipt, session.append(envelope));
  const Hash log_id = receipt.leaf;
  ASSAY_TRY(Author settled,
            Author::open(run, keys.holders.front().key_name, run.globals.passphrase_from, log_id));
  if (settled.head().count == 0) {
    ASSAY_CHECK(settled.adopt_genesis(submission_digest(envelope.payload)));
  }
  ASSAY_CHECK(author.settle(0));

  run.out.line(fmt::format("made ledger {} in {}", options.origin, options.directory));
  run.out.line(fmt::format("  log id    {}", log_id.hex()));
  run.out.line(fmt::format("  in words  {}", words_of(log_id)));
  run.out.line(
      "  Give the log id to everybody who will verify: it is what tells this log from any other");
  run.out.line(
      "  of the same name. Its words are for reading out; alone they leave the identity assumed.");
  run.out.line(fmt::format("next: assay record party_registered party=… name=… class=DCC --key {}",
                           keys.holders.front().key_name));
  run.out.member("ledger") = session.summary();
  run.out.member("log_id_words") = words_of(log_id);
  return 0;
}

}  // namespace

void add_init(App& app) {
  const auto options = std::make_shared<InitOptions>();
  CLI::App* const command = app.command(nullptr, "init", "Make a ledger with its first entry",
                                        [options](Run& run) { return init(run, *options); });
  command->add_option("directory", options->directory, "Where the ledger is made")
      ->required()
      ->type_name("DIR");
  command->add_option("--origin", options->origin, "Name of the log: a URL without schema")
      ->required()
      ->type_name("ORIGIN");
  command->add_option("--programme", options->programme, "Name of the test programme")
      ->required()
      ->type_name("TEXT");
  command
      ->add_option("--root", options->roots,
                   "A root key and its party; repeat it. The key is made if there is none")
      ->required()
      ->type_name("NAME:PARTY");
  command
      ->add_option("--threshold", options->threshold,
                   "How many root parties a change of roots, roles or log key takes [a majority]")
      ->type_name("N");
  command->add_option("--log-key", options->log_key, "The log's key; NAME-next is made beside it")
      ->type_name("NAME");
  command->add_option("--rulebook", options->rulebook, "The rulebook in force; kept as evidence")
      ->type_name("FILE");
  command->add_flag("--dry-run", options->dry_run, "Check everything, make nothing");
  app.describe(command,
               "Example:\n"
               "  assay init ledger --origin moc.example.org/ledger --programme \"MOC\" \\\n"
               "      --root root-dcc:DCC --root root-secas:SECAS");
}

}  // namespace assay::cli
