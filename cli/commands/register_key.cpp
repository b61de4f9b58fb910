#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/recording.hpp"
#include "cli/session/trial.hpp"
#include "ledger/events/catalogue.hpp"

namespace assay::cli {
namespace {

constexpr std::uint64_t kDefaultDays = 365;
constexpr std::uint64_t kDaysMax = 36'500;
constexpr std::int64_t kDayUs = 86'400'000'000LL;

struct RegisterOptions {
  std::vector<std::string> names;
  std::string party;
  std::string holder;
  std::string key;
  std::uint64_t days = kDefaultDays;
  bool dry_run = false;
  WriteOptions write;
};

events::KeyRegistered event_for(const RegisterOptions& options, const std::string& name,
                                const Verifier& key, Timestamp now) {
  events::KeyRegistered event;
  event.holder = options.holder.empty() ? name : options.holder;
  event.key = key.key_id();
  event.party = options.party;
  event.public_key = {key.spki()};
  event.valid_from = now;
  event.valid_to = {now.us + static_cast<std::int64_t>(options.days) * kDayUs};
  return event;
}

/// --dry-run: public keys are enough to ask the rules.
Result<int> try_register(Run& run, const RegisterOptions& options) {
  std::vector<std::string> events;
  const Timestamp now = run.context.now();
  for (const std::string& name : options.names) {
    ASSAY_TRY(const auto key, keys::load_public_key(run.globals.keys, name));
    events.push_back(encode_event(event_for(options, name, *key, now), now));
  }
  ASSAY_CHECK(try_events(run, options.key, events, options.names, options.write));
  run.out.line(fmt::format("would register {} key{}; nothing was signed or written", events.size(),
                           events.size() == 1 ? "" : "s"));
  run.out.member("dry_run") = true;
  return 0;
}

Result<int> register_keys(Run& run, const RegisterOptions& options) {
  if (!options.holder.empty() && options.names.size() > 1) {
    return fail(Errc::invalid_argument, "--holder goes with one key only");
  }
  if (options.days == 0 || options.days > kDaysMax) {
    return fail(Errc::invalid_argument,
                fmt::format("--valid-days {}: 1 to {} days", options.days, kDaysMax));
  }
  if (options.dry_run) return try_register(run, options);
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
  std::vector<std::string> events;
  std::vector<std::unique_ptr<keys::PrivateKey>> introduced;
  RecordingOptions recording;
  const Timestamp now = run.context.now();
  for (const std::string& name : options.names) {
    ASSAY_TRY(auto key, unlock(run, name, run.globals.passphrase_from));
    events.push_back(encode_event(event_for(options, name, key->verifier(), now), now));
    recording.possession.push_back(introduced.emplace_back(std::move(key)).get());
  }
  ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, recording));
  show_receipts(run, batch, events);
  run.out.member("ledger") = session.summary();
  return 0;
}

}  // namespace

void add_key_register(App& app, CLI::App* group) {
  const auto options = std::make_shared<RegisterOptions>();
  CLI::App* const command = app.command(
      group, "register", "Register keys of this machine in the log, with proof of possession",
      [options](Run& run) { return register_keys(run, *options); });
  command->add_option("name", options->names, "Names of the keys")->required()->type_name("NAME");
  command->add_option("--party", options->party, "The party they belong to")
      ->required()
      ->type_name("PARTY");
  command->add_option("--holder", options->holder, "Pseudonym of the holder [the key's name]")
      ->type_name("ID");
  command->add_option("--valid-days", options->days, "How long they are valid")->type_name("DAYS");
  command->add_option("--key", options->key, "Key that registers them: a root key or DCC-REG")
      ->required()
      ->type_name("NAME");
  command->add_flag("--dry-run", options->dry_run, "Check everything, sign and write nothing");
  add_write_options(command, options->write);
  app.describe(command,
               "Example:\n"
               "  assay key register dcc-tm dcc-im --party DCC --key root-dcc\n\n"
               "A key of another machine is registered with a draft that both keys sign:\n"
               "  assay draft key_registered … --key root-dcc -o draft.dsse; assay sign …");
}

}  // namespace assay::cli
