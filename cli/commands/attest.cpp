#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/recording.hpp"
#include "cli/session/trial.hpp"
#include "ledger/events/catalogue.hpp"

namespace assay::cli {
namespace {

struct AttestOptions {
  std::string key;
  std::string at;
  WriteOptions write;
  bool dry_run = false;
};

/// What is stated: the states of `fold`. Errors: unsupported (the states are incomplete).
Result<events::StatesAttested> attestation_of(const projections::ProgrammeFold& fold) {
  if (fold.unknown_events() > 0) {
    return fail(Errc::unsupported,
                fmt::format("{} events are of types that this program does not know: its states "
                            "are incomplete, and nobody should attest them",
                            fold.unknown_events()),
                "attest with the program that recorded them");
  }
  events::StatesAttested attested;
  for (const projections::StateDigest& state : fold.digests()) {
    attested.digests.push_back({state.digest, state.name, state.version});
  }
  attested.engine.name = "assay";
  attested.engine.version = kVersion;
  attested.size = fold.size();
  return attested;
}

Result<events::StatesAttested> attestation_at(const Run& run, const LedgerSession& session,
                                              const std::string& at) {
  ASSAY_TRY(const std::uint64_t size, size_at(session, at));
  if (size == 0) {
    return fail(Errc::invalid_argument, "at size 0 there is nothing to attest",
                "give a point from size 1 on");
  }
  // What is attested stands for ever, so it comes from the log and not from a snapshot.
  ASSAY_TRY(const projections::ProgrammeFold fold, session.refold(run, size));
  return attestation_of(fold);
}

void show_attestation(const Run& run, const events::StatesAttested& attested) {
  Json states = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const events::StatedDigest& state : attested.digests) {
    rows.push_back({state.name.text, std::to_string(state.version), state.digest.hex()});
    states.push_back({{"projection", state.name.text},
                      {"version", state.version},
                      {"digest", state.digest.hex()}});
  }
  run.out.line(fmt::format("states at size {}, as {} {} folds them", attested.size,
                           attested.engine.name, attested.engine.version));
  run.out.table({"PROJECTION", "VERSION", "DIGEST"}, rows);
  run.out.member("at_size") = attested.size;
  run.out.member("state_digests") = std::move(states);
}

Result<int> try_attest(const Run& run, const AttestOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  ASSAY_TRY(const auto attested, attestation_at(run, session, options.at));
  ASSAY_CHECK(
      try_events(run, options.key, {encode_event(attested, run.context.now())}, {}, options.write));
  show_attestation(run, attested);
  run.out.line("would record states_attested; nothing was signed or written");
  run.out.member("dry_run") = true;
  return 0;
}

Result<int> attest(Run& run, const AttestOptions& options) {
  if (options.dry_run) return try_attest(run, options);
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_TRY(Author author,
            Author::open(run, options.key, run.globals.passphrase_from, session.log_id()));
  // What the key said before and never got a receipt for comes in first, so that the head that is
  // attested is the one before the attestation.
  ASSAY_CHECK(settle_outbox(run, session, author));
  ASSAY_TRY(const auto attested, attestation_at(run, session, options.at));
  const std::vector<std::string> events{encode_event(attested, run.context.now())};
  ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, {}));
  show_attestation(run, attested);
  show_receipts(run, batch, events);
  run.out.member("ledger") = session.summary();
  return 0;
}

}  // namespace

void add_attest(App& app) {
  const auto options = std::make_shared<AttestOptions>();
  CLI::App* const command =
      app.command(nullptr, "attest", "Record the digests of all states, for others to fold again",
                  [options](Run& run) { return attest(run, *options); });
  command->add_option("--key", options->key, "Key that signs")->required()->type_name("NAME");
  command->add_flag("--dry-run", options->dry_run, "Check everything, sign and write nothing");
  add_at_option(command, options->at);
  add_write_options(command, options->write);
  app.describe(
      command,
      "Every run of `assay verify` folds the log itself and compares; where a state differs, it\n"
      "names the entries in which the two parted (claim projections, exit code 14). The more\n"
      "often somebody attests, the fewer those are. A wrong attestation fails every later\n"
      "verification, until its own key records correction_recorded about it.\n\n"
      "Examples:\n"
      "  assay attest --key dcc-tm\n"
      "  assay attest --at 4711 --key dcc-tm --dry-run --json");
}

}  // namespace assay::cli
