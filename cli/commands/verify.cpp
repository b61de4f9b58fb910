#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/key_access.hpp"
#include "cli/session/log_key.hpp"
#include "cli/session/offline_proof.hpp"
#include "cli/session/verification.hpp"
#include "cli/sources/directory_tree.hpp"
#include "cli/sources/web_tree.hpp"
#include "ledger/base/text_distance.hpp"
#include "ledger/base/words.hpp"
#include "ledger/format/proof_file.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kVkeySizeBytes = 4'096;
constexpr std::size_t kEntrySizeBytes = 1U << 20U;

struct VerifyOptions {
  std::string ledger;
  VerificationOptions verification;
  std::vector<std::string> require;
  bool no_refold = false;
  bool no_evidence = false;
  std::string entry_file;  ///< with it, `ledger` is a proof file
  std::string vkey;
};

/// A verifier key as it was given: in a file, or itself.
Result<std::string> vkey_text(const std::string& given) {
  std::error_code unknown;
  if (!std::filesystem::exists(given, unknown)) return given;
  return read_file(given, kVkeySizeBytes);
}

/// PROOF --entry FILE --vkey KEY: no ledger is needed.
Result<int> verify_proof(Run& run, const VerifyOptions& options) {
  if (options.ledger.empty() || options.entry_file.empty() || options.vkey.empty()) {
    return fail(Errc::invalid_argument, "a proof is checked with its file, --entry and --vkey",
                "assay verify PROOF --entry FILE --vkey KEY; `assay prove --help` shows how");
  }
  ASSAY_TRY(const std::string proof, read_file(options.ledger, kProofFileSizeBytes));
  ASSAY_TRY(const std::string entry, read_file(options.entry_file, kEntrySizeBytes));
  ASSAY_TRY(const std::string vkey, vkey_text(options.vkey));
  ASSAY_TRY(const OfflineProof checked, check_offline_proof(proof, entry, vkey));
  const Checkpoint& checkpoint = checked.checkpoint;
  run.out.line(run.out.green(
      fmt::format("✓ proved: these bytes are entry {} of {}", checked.index, checkpoint.origin)));
  run.out.line(fmt::format("  leaf hash   {}", checked.leaf.hex()));
  run.out.line(
      fmt::format("  checkpoint  size {}  root {}", checkpoint.size, checkpoint.root.hex()));
  run.out.line("Not proven by this: who signed the entry, and that what it says is true.");
  run.out.member("proof") = {{"entry", checked.index},
                             {"leaf_hash", checked.leaf.hex()},
                             {"origin", checkpoint.origin},
                             {"size", checkpoint.size},
                             {"root", checkpoint.root.hex()}};
  return 0;
}

Result<std::vector<verify::Claim>> required_claims(const std::vector<std::string>& names) {
  std::vector<verify::Claim> claims;
  for (const std::string& name : names) {
    const auto claim = enum_from_text<verify::Claim>(name);
    if (!claim) {
      const std::vector<std::string_view> known(std::begin(kEnumTexts<verify::Claim>),
                                                std::end(kEnumTexts<verify::Claim>));
      const std::string_view nearest = nearest_text(name, known);
      return fail(Errc::invalid_argument, "there is no claim \"" + name + "\"",
                  nearest.empty() ? "`assay verify --help` lists them"
                                  : "did you mean \"" + std::string(nearest) + "\"?");
    }
    claims.push_back(*claim);
  }
  return claims;
}

/// What was published may have come from anybody: a file that is refused unread was not checked.
Result<Verified> verify_published(const Run& run, const VerificationOptions& options,
                                  const verify::FileTree& files) {
  auto log = open_published_to_verify(files);
  if (!log && (log.error().code == Errc::rejected || log.error().code == Errc::limit)) {
    log.error().code = Errc::incomplete;
  }
  if (!log) return std::unexpected(std::move(log).error().in(run.globals.ledger));
  return run_verification(run, options, **log);
}

/// A ledger, a published directory, or an address of the web.
Result<Verified> verify_wherever(const Run& run, const VerificationOptions& options) {
  if (is_web_address(run.globals.ledger)) {
    ASSAY_TRY(const auto tree, WebTree::open(run.globals.ledger, run.context.now));
    return verify_published(run, options, *tree);
  }
  if (looks_published(run.globals.ledger)) {
    ASSAY_TRY(const DirectoryTree tree, DirectoryTree::open(run.globals.ledger));
    return verify_published(run, options, tree);
  }
  return run_verification(run, options);
}

/// The same run on another ledger than --ledger names.
Globals globals_for(const Run& run, const std::string& ledger) {
  Globals globals = run.globals;
  if (!ledger.empty()) globals.ledger = ledger;
  return globals;
}

/// Where the log's key is but not its record, an old copy would pass, and nobody would know.
void warn_without_record(const Run& run, const Verified& verified) {
  const auto& log_key = verified.fold.programme().state().log_key.key;
  const auto released = released_in(run.globals.keys);
  if (!key_name_of(run, log_key) || !released ||
      newest_of(*released, *verified.report.log_id) != nullptr) {
    return;
  }
  run.out.warn(
      "the record of what the log's key released is not beside it: whether this is an old copy "
      "cannot be told without a pin");
}

Result<int> verify_ledger(Run& outer, VerifyOptions options) {
  if (!options.entry_file.empty() || !options.vkey.empty()) return verify_proof(outer, options);
  const Globals globals = globals_for(outer, options.ledger);
  Run run{outer.context, globals, outer.out, outer.passphrases};
  ASSAY_TRY(const std::vector<verify::Claim> required, required_claims(options.require));
  options.verification.refold = !options.no_refold;
  options.verification.evidence = !options.no_evidence;
  options.verification.evidence_before_pin =
      std::ranges::find(required, verify::Claim::evidence_files) != required.end();
  auto ran = verify_wherever(run, options.verification);
  // Whoever may not read could not check, which is neither success nor loss.
  if (!ran && ran.error().code == Errc::io) ran.error().code = Errc::incomplete;
  ASSAY_TRY(const Verified verified, std::move(ran));
  show_report(run, verified);
  const int code = verify::exit_code(verified.report, required);
  if (!verified.report.log_id) return code;
  warn_without_record(run, verified);
  constexpr int kFirstEvidenceCode = static_cast<int>(ExitCode::hash);
  const bool worse = code >= kFirstEvidenceCode && code < static_cast<int>(ExitCode::forked);
  if (verified.released || worse) return code;
  return std::unexpected(verified.released.error());
}

struct PinOptions {
  std::string file;
  std::string log_id;
  std::string from;
  std::string at;
};

Result<int> make_pin(Run& run, const PinOptions& options) {
  VerificationOptions verification;
  verification.log_id = options.log_id;
  verification.pin_file = options.from;
  verification.at = options.at;
  ASSAY_TRY(Verified verified, run_verification(run, verification));
  if (!verified.report.sealed) {
    show_report(run, verified);
    run.out.warn("no pin was made: it would vouch for a log that did not verify");
    const int code = verify::exit_code(verified.report);
    return code != 0 ? code : static_cast<int>(ExitCode::incomplete);
  }
  ASSAY_CHECK(verified.released);
  const verify::Report::Sealed& sealed = *verified.report.sealed;
  ASSAY_TRY(const verify::Pin pin,
            verify::make_pin(sealed.note, *verified.report.log_id, sealed.digests));
  if (verified.fold.size() != sealed.head.size) {
    // Entries came after the last checkpoint; the pin is about the checkpoint.
    ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
    ASSAY_TRY(verified.fold, session.fold_at(run, sealed.head.size));
  }
  // The state first: a pin whose state is of another run would only cost a full verification.
  ASSAY_CHECK(write_file(state_file_of(options.file),
                         format_state_file(sealed.state, verified.fold), true));
  ASSAY_CHECK(write_file(options.file, verify::format_pin(pin), true));
  run.out.line(fmt::format("wrote {}: {} entries, root {}", options.file, sealed.head.size,
                           sealed.head.root.hex()));
  run.out.line(fmt::format("  in words  {}", words_of(sealed.head.root)));
  run.out.line(
      fmt::format("  keep it where this log's operator cannot reach it; next time: assay "
                  "verify --pin {}",
                  options.file));
  run.out.member("pin") = {{"file", options.file},
                           {"size", sealed.head.size},
                           {"root", sealed.head.root.hex()},
                           {"root_words", words_of(sealed.head.root)},
                           {"log_id", verified.report.log_id->hex()}};
  return 0;
}

}  // namespace

void add_verify(App& app) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* const command =
      app.command(nullptr, "verify", "Verify a ledger or a published log, claim by claim",
                  [options](Run& run) { return verify_ledger(run, *options); });
  command
      ->add_option(
          "ledger", options->ledger,
          "Ledger directory [--ledger], published directory, or address of one on the web; "
          "with --entry, a proof made by `assay prove`")
      ->type_name("LEDGER");
  command
      ->add_option("--pin", options->verification.pin_file,
                   "Prove that the log extends this pin; go on from what was verified then")
      ->type_name("FILE");
  command
      ->add_option(
          "--log-id", options->verification.log_id,
          "Which log it must be: its id in hex, or its twelve words, which leave it assumed")
      ->type_name("ID");
  add_at_option(command, options->verification.at);
  command->add_option("--require", options->require, "Exit 16 unless this claim is proved")
      ->type_name("CLAIM");
  command->add_option("--threads", options->verification.threads, "Threads [one a core]")
      ->type_name("N");
  command->add_flag("--full", options->verification.from_start,
                    "From entry 0, even where a pin's state lies beside it");
  command->add_flag("--no-refold", options->no_refold,
                    "Do not fold the events: authority, invariants and states stay unchecked");
  command->add_flag("--no-evidence", options->no_evidence, "Do not read evidence files");
  command
      ->add_option("--entry", options->entry_file,
                   "The bytes of the entry that the proof is about (assay show N --raw)")
      ->type_name("FILE");
  command
      ->add_option(
          "--vkey", options->vkey,
          "Key of the log that the proof is to be of: a C2SP verifier key, or a file of it")
      ->type_name("KEY");
  std::string claims;
  for (const std::string_view claim : kEnumTexts<verify::Claim>)
    claims.append("\n  ").append(claim);
  app.describe(
      command,
      "Exit code 0 only when nothing failed; from 10 something is wrong with the evidence;\n"
      "16 when something that should have been checked could not be.\n"
      "With --pin, evidence files named before the pin are read with --full or\n"
      "--require evidence_files only; else the answer says how many were not.\n\n"
      "Claims:" +
          claims +
          "\n\nExamples:\n"
          "  assay verify build/demo/ledger\n"
          "  assay verify --pin tag-2019-11-19.pin --require pin --json\n"
          "  assay verify https://log.example/moc/ --log-id 'twelve words'\n"
          "  assay verify entry41.tlog-proof --entry entry41 --vkey log.vkey");
}

void add_pin(App& app) {
  const auto options = std::make_shared<PinOptions>();
  CLI::App* const command = app.command(nullptr, "pin", "Verify, and keep the head for next time",
                                        [options](Run& run) { return make_pin(run, *options); });
  command->add_option("file", options->file, "Where the pin is kept")
      ->required()
      ->type_name("FILE");
  command->add_option("--log-id", options->log_id, "Which log it must be: hex, or twelve words")
      ->type_name("ID");
  command->add_option("--from", options->from, "An earlier pin to go on from")->type_name("FILE");
  add_at_option(command, options->at);
  app.describe(
      command,
      "A pin is worth what it is kept apart from: hold it outside the reach of whoever runs\n"
      "the log. `assay verify --pin FILE` then proves that nothing before it was rewritten.");
}

}  // namespace assay::cli
