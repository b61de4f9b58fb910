#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/base/words.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/format/vkey.hpp"
#include "ledger/merkle/proof.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct CheckpointOptions {
  std::string size;
  std::string at;
  std::string output;
  bool list = false;
  bool vkey = false;
};

Result<std::string> log_vkey(const LedgerSession& session) {
  const auto& state = session.fold().programme().state();
  ASSAY_TRY(const Ed25519PublicKey key,
            Ed25519PublicKey::from_spki(state.log_key.public_key.bytes));
  return format_vkey({state.origin, NoteKeyType::ed25519, key});
}

Result<int> show_checkpoint(Run& run, const CheckpointOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  if (options.vkey) {
    ASSAY_TRY(const std::string vkey, log_vkey(session));
    run.out.line(vkey);
    run.out.member("vkey") = vkey;
    return 0;
  }
  ASSAY_TRY(const std::uint64_t end, size_at(session, options.at));
  run.out.member("at_size") = end;
  if (options.list) {
    Json sizes = Json::array();
    ASSAY_CHECK(session.store().scan_checkpoints(
        0, [&](const store::StoredCheckpoint& checkpoint) -> Status {
          if (checkpoint.size > end) return {};
          sizes.push_back(checkpoint.size);
          run.out.line(std::to_string(checkpoint.size));
          return {};
        }));
    run.out.member("sizes") = std::move(sizes);
    return 0;
  }
  store::StoredCheckpoint checkpoint;
  if (options.size.empty()) {
    ASSAY_TRY(checkpoint, checkpoint_up_to(session.store(), end));
  } else {
    const auto size = parse_decimal(options.size);
    if (!size) {
      return fail(Errc::invalid_argument, "\"" + options.size + "\" is not a size",
                  "`assay checkpoint --list` has the sizes");
    }
    auto found = session.store().checkpoint(*size);
    if (!found && found.error().code == Errc::not_found) {
      return fail(Errc::not_found, fmt::format("there is no checkpoint of size {}", *size),
                  "`assay checkpoint --list` has the sizes");
    }
    if (!found) return std::unexpected(std::move(found).error());
    checkpoint = *std::move(found);
  }
  if (options.output.empty()) {
    run.out.raw(checkpoint.note);
  } else {
    ASSAY_CHECK(write_file(options.output, checkpoint.note, true));
    run.out.line("wrote " + options.output);
  }
  run.out.member("size") = checkpoint.size;
  run.out.member("checkpoint") = checkpoint.note;
  return 0;
}

struct ProveOptions {
  std::string what;
  std::string at;
  std::string from;
  std::string output;
};

Result<int> prove_inclusion(Run& run, const LedgerSession& session, const ProveOptions& options) {
  const std::string entry_text = options.what.substr(0, options.what.find('.'));
  const auto entry = parse_decimal(entry_text);
  if (!entry) {
    return fail(Errc::invalid_argument, "\"" + options.what + "\" is neither an entry nor an event",
                "give an entry's index, like 41, or an event's address, like 41.0");
  }
  ASSAY_TRY(const std::uint64_t end, size_at(session, options.at));
  run.out.member("at_size") = end;
  ASSAY_TRY(const store::StoredCheckpoint checkpoint, checkpoint_up_to(session.store(), end));
  if (*entry >= checkpoint.size) {
    return fail(Errc::not_found,
                fmt::format("entry {} is not under the latest checkpoint{} of size {}", *entry,
                            end == session.size() ? "" : " of that point", checkpoint.size));
  }
  ProofFile proof;
  proof.index = *entry;
  proof.checkpoint = checkpoint.note;
  ASSAY_TRY(proof.hashes,
            merkle::prove_inclusion(*entry, checkpoint.size, session.store().nodes()));
  ASSAY_TRY(const std::string text, format_proof_file(proof));
  if (options.output.empty()) {
    run.out.raw(text);
  } else {
    ASSAY_CHECK(write_file(options.output, text, true));
    run.out.line(fmt::format("wrote {}: entry {} is under the checkpoint of size {}",
                             options.output, *entry, checkpoint.size));
  }
  run.out.member("proof") = text;
  return 0;
}

Result<int> prove_consistency(Run& run, const LedgerSession& session, const ProveOptions& options) {
  ASSAY_TRY(const std::uint64_t from, size_at(session, options.from));
  ASSAY_TRY(const std::uint64_t end, size_at(session, options.at));
  run.out.member("at_size") = end;
  // What is proved is that a signed checkpoint extends the older log.
  ASSAY_TRY(const store::StoredCheckpoint checkpoint, checkpoint_up_to(session.store(), end));
  const std::uint64_t to = checkpoint.size;
  if (from > to) {
    return fail(
        Errc::invalid_argument,
        fmt::format("--consistency-from is size {}, after the checkpoint of size {}", from, to));
  }
  ASSAY_TRY(const Hash new_root, merkle::root_at(to, session.store().nodes()));
  ASSAY_TRY(const Hash old_root, merkle::root_at(from, session.store().nodes()));
  ASSAY_TRY(const merkle::Proof proof,
            merkle::prove_consistency(from, to, session.store().nodes()));
  Json hashes = Json::array();
  // The body of an add-checkpoint request to a witness (C2SP tlog-witness), which anybody can
  // check.
  std::string text = fmt::format("old {}\n", from);
  for (const Hash& hash : proof) {
    hashes.push_back(to_base64(hash.view()));
    text += to_base64(hash.view()) + "\n";
  }
  text += "\n" + checkpoint.note;
  if (options.output.empty()) {
    run.out.raw(text);
  } else {
    ASSAY_CHECK(write_file(options.output, text, true));
    run.out.line(fmt::format("wrote {}: the checkpoint of size {} extends size {}", options.output,
                             to, from));
  }
  run.out.member("proof") = text;
  run.out.member("from") = {{"size", from}, {"root", old_root.hex()}};
  run.out.member("to") = {{"size", to}, {"root", new_root.hex()}};
  run.out.member("hashes") = std::move(hashes);
  return 0;
}

Result<int> prove(Run& run, const ProveOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  if (!options.from.empty()) return prove_consistency(run, session, options);
  if (options.what.empty()) {
    return fail(Errc::invalid_argument, "nothing to prove",
                "name an entry or event, or --consistency-from a size or pin");
  }
  return prove_inclusion(run, session, options);
}

}  // namespace

void add_checkpoint(App& app) {
  const auto options = std::make_shared<CheckpointOptions>();
  CLI::App* const command =
      app.command(nullptr, "checkpoint", "Print a checkpoint: the log's signed size and root",
                  [options](Run& run) { return show_checkpoint(run, *options); });
  command->add_option("size", options->size, "Of this size [the latest]")->type_name("SIZE");
  command->add_option("-o,--output", options->output, "Write here")->type_name("FILE");
  command->add_flag("--list", options->list, "List the sizes that have a checkpoint");
  add_at_option(command, options->at);
  command->add_flag("--vkey", options->vkey, "Print the log's C2SP verifier key instead");
}

void add_prove(App& app) {
  const auto options = std::make_shared<ProveOptions>();
  CLI::App* const command =
      app.command(nullptr, "prove", "Make an offline proof that an entry is in the log",
                  [options](Run& run) { return prove(run, *options); });
  command->add_option("what", options->what, "An entry's index, or an event's address")
      ->type_name("ADDRESS");
  command
      ->add_option("--consistency-from", options->from,
                   "Prove instead that the log extends what it was at this point (as --at)")
      ->type_name("POINT");
  add_at_option(command, options->at);
  command->add_option("-o,--output", options->output, "Write here [standard output]")
      ->type_name("FILE");
  app.describe(
      command,
      "The proof is a C2SP tlog-proof file. Three files go to whoever is to check it; the key is\n"
      "worth what it was compared with, so let them have it from elsewhere:\n"
      "  assay prove 41.0 -o issue.tlog-proof\n"
      "  assay show 41 --raw > entry41\n"
      "  assay checkpoint --vkey > log.vkey\n"
      "They need no ledger, and exit 0 only if the entry is under the signed checkpoint:\n"
      "  assay verify issue.tlog-proof --entry entry41 --vkey log.vkey\n\n"
      "With --consistency-from the answer is the body of an add-checkpoint request of C2SP\n"
      "tlog-witness: a line \"old SIZE\", a line of base64 for every hash of the RFC 6962\n"
      "consistency proof, an empty line, and the newer checkpoint. A witness takes it as it is;\n"
      "--json states both roots beside it.\n"
      "  assay prove --consistency-from pin:my.pin");
}

}  // namespace assay::cli
