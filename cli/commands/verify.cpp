#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/bundle/whole_bundle.hpp"
#include "cli/commands/commands.hpp"
#include "cli/reports/file_in_log.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/key_access.hpp"
#include "cli/session/log_key.hpp"
#include "cli/session/offline_proof.hpp"
#include "cli/session/open_to_verify.hpp"
#include "cli/session/verification.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/time/time_report.hpp"
#include "cli/witness/log_fork.hpp"
#include "cli/witness/policy_file.hpp"
#include "ledger/base/text_distance.hpp"
#include "ledger/format/proof_file.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kEntrySizeBytes = 1U << 20U;

struct VerifyOptions {
  std::string ledger;
  VerificationOptions verification;
  std::vector<std::string> require;
  bool no_refold = false;
  std::uint32_t timeout_s = kWebTimeS;  ///< for a log on the web
  bool no_evidence = false;
  std::string entry_file;  ///< with it, `ledger` is a proof file
  std::string vkey;
  std::string fork_evidence;
  std::string report;                                         ///< a file to find in the log
  std::uint64_t max_size_bytes = ZipLimits{}.size_max_bytes;  ///< of a bundle, unpacked
};

/// PROOF --entry FILE --vkey KEY: no ledger is needed.
Result<int> verify_proof(Run& run, const VerifyOptions& options) {
  if (options.ledger.empty() || options.entry_file.empty() || options.vkey.empty()) {
    return fail(Errc::invalid_argument, "a proof is checked with its file, --entry and --vkey",
                "assay verify PROOF --entry FILE --vkey KEY; `assay prove --help` shows how");
  }
  ASSAY_TRY(const std::string proof, read_file(options.ledger, kProofFileSizeBytes));
  ASSAY_TRY(const std::string entry, read_file(options.entry_file, kEntrySizeBytes));
  ASSAY_TRY(const VKey key, vkey_from(options.vkey));
  ASSAY_TRY(const OfflineProof checked, check_offline_proof(proof, entry, key));
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

/// Those of --require; and whoever names witnesses asks for their cosignatures.
Result<std::vector<verify::Claim>> required_claims(const VerifyOptions& options) {
  std::vector<verify::Claim> claims;
  if (options.verification.witnesses.given()) claims.push_back(verify::Claim::witness_quorum);
  for (const std::string& name : options.require) {
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

/// A report whose bytes no event names.
constexpr int kFileUnknown = static_cast<int>(ExitCode::evidence);

/// Beside the claims: where the log names the report that was asked about, and where not.
Result<int> ask_about_report(const Run& run, const VerifyOptions& options, LogToVerify& log,
                             const Verified& verified) {
  if (options.report.empty()) return 0;
  ASSAY_TRY(const GivenFile file, read_given_file(options.report));
  const verify::Source& source = log.source({});
  ASSAY_TRY(const std::uint64_t all, source.size());
  std::uint64_t size = all;
  if (!options.verification.at.empty()) {
    ASSAY_TRY(size, log.size_at(options.verification.at));
  }
  ASSAY_TRY(const std::vector<FileMention> mentions, mentions_of(source, size, file));
  show_given_file(run, verified.fold.programme(), file, mentions);
  const bool named = std::ranges::any_of(
      mentions, [](const FileMention& one) { return one.mention == Mention::names; });
  return named ? 0 : kFileUnknown;
}

/// What is wrong with the log is said before what is wrong with a file beside it.
int worse_of(int code, int about_report) {
  if (code == 0 || code == static_cast<int>(ExitCode::incomplete)) {
    return about_report == 0 ? code : about_report;
  }
  return about_report == 0 ? code : std::min(code, about_report);
}

/// The same run on another ledger than --ledger names.
Globals globals_for(const Run& run, const std::string& ledger) {
  Globals globals = run.globals;
  if (!ledger.empty()) globals.ledger = ledger;
  return globals;
}

Status check_one_pin(const VerificationOptions& options) {
  const int given = (options.pin_file.empty() ? 0 : 1) + (options.pin_text.empty() ? 0 : 1) +
                    (options.pin_words.empty() ? 0 : 1);
  if (given <= 1) return {};
  return fail(Errc::invalid_argument, "--pin, --pin-text and --pin-words name one pin each",
              "give one of them; a pin's file says the most");
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

/// Where the log is not the one that was pinned, the pin's own note against what the log signed.
void show_fork_of_pin(const Run& run, const VerifyOptions& options, LogToVerify& log,
                      const Verified& verified) {
  const verify::ClaimReport& claim = verified.report[verify::Claim::pin];
  if (options.fork_evidence.empty() || claim.verdict != verify::Verdict::failed) return;
  const auto make = [&]() -> Status {
    ASSAY_TRY(const std::string text, read_file(options.verification.pin_file, kPinSizeBytes));
    ASSAY_TRY(const verify::Pin pin, verify::parse_pin(text));
    const verify::Source& source = log.source({});
    ASSAY_TRY(const std::vector<VKey> keys, log_vkeys(source));
    ASSAY_TRY(const ForkEvidence evidence, evidence_against(source, keys, pin.note));
    return write_fork_evidence(options.fork_evidence, evidence);
  };
  if (const Status made = make(); !made) {
    return run.out.warn("no fork evidence was written: " + shown(made.error().message));
  }
  run.out.line("wrote " + options.fork_evidence + ": two heads that cannot both be true");
  run.out.member("fork_evidence") = options.fork_evidence;
}

/// Shows the timestamps, and gives the exit code of the claims and of them.
int code_with_times(const Run& run, const VerifyOptions& options, const Verified& verified,
                    std::span<const verify::Claim> required) {
  const bool asked = !options.verification.tsa_file.empty();
  show_times(run, verified.times, asked);
  return exit_code_with_times(verify::exit_code(verified.report, required), verified.times, asked);
}

/// A bundle of the whole log, which is verified as a published one.
Result<int> verify_whole_bundle(const Run& run, const OpenBag& bag, const VerifyOptions& options,
                                const std::vector<verify::Claim>& required) {
  ASSAY_TRY(const std::unique_ptr<LogToVerify> log, open_whole_bundle(bag));
  ASSAY_TRY(const Verified verified, run_verification(run, options.verification, *log));
  run.out.line("bundle of the whole log");
  show_report(run, verified);
  show_fork_of_pin(run, options, *log, verified);
  const int code = code_with_times(run, options, verified, required);
  ASSAY_TRY(const int about_report, ask_about_report(run, options, *log, verified));
  return worse_of(code, about_report);
}

Result<int> verify_bag(Run& run, const VerifyOptions& options,
                       const std::vector<verify::Claim>& required) {
  ZipLimits limits;
  limits.size_max_bytes = options.max_size_bytes;
  ASSAY_TRY(const OpenBag bag, open_bag(options.ledger, limits));
  if (verify::kind_of(bag.files) == verify::BagKind::whole_log) {
    return verify_whole_bundle(run, bag, options, required);
  }
  if (!options.report.empty()) {
    return fail(Errc::invalid_argument, "a report is looked for in a whole log",
                "this bundle has a part of one; name the ledger, or where it is published");
  }
  ASSAY_TRY(const BundleVerified checked, check_bundle(run, bag, options.verification));
  show_bundle(run, checked);
  show_report(run, checked.verified);
  return code_with_times(run, options, checked.verified, required);
}

/// A bundle, which has nothing beside it to start from or to compare with.
Result<int> verify_bundle(Run& run, const VerifyOptions& options) {
  ASSAY_TRY(const std::vector<verify::Claim> required, required_claims(options));
  auto ran = verify_bag(run, options, required);
  if (ran) return ran;
  // Whoever may not read could not check; and a bag without a log in it is no evidence of anything.
  const Errc code = ran.error().code;
  if (code == Errc::io || code == Errc::not_found) {
    std::error_code unknown;
    const bool is_there = std::filesystem::exists(options.ledger, unknown);
    if (code == Errc::io || is_there) ran.error().code = Errc::incomplete;
  }
  return ran;
}

/// `assay verify report.pdf` is about the log of --ledger.
void take_report_for_ledger(VerifyOptions& options) {
  if (!options.report.empty() || !looks_reported(options.ledger)) return;
  options.report = std::move(options.ledger);
  options.ledger.clear();
}

/// Of what can be verified nothing lies there. A bundle is often unpacked into a folder of its own.
Error with_hint(Error error, const std::string& place) {
  if (error.code != Errc::not_found) return error;
  error.hint = "give a ledger, a published directory, its address, or a bundle";
  std::error_code unknown;
  for (const auto& entry : std::filesystem::directory_iterator(place, unknown)) {
    if (!entry.is_directory(unknown) || !looks_bundled(entry.path().string())) continue;
    error.hint = "there is a bundle in it: assay verify " + shown(entry.path().string());
  }
  return error;
}

Result<int> verify_ledger(Run& outer, VerifyOptions options) {
  if (!options.entry_file.empty() || !options.vkey.empty()) return verify_proof(outer, options);
  take_report_for_ledger(options);
  const Globals globals = globals_for(outer, options.ledger);
  Run run{outer.context, globals, outer.out, outer.passphrases};
  ASSAY_TRY(const std::vector<verify::Claim> required, required_claims(options));
  options.verification.evidence = !options.no_evidence;
  options.verification.refold = !options.no_refold;
  ASSAY_CHECK(check_one_pin(options.verification));
  if (looks_bundled(options.ledger)) return verify_bundle(outer, options);
  options.verification.evidence_before_pin =
      std::ranges::find(required, verify::Claim::evidence_files) != required.end();
  // Whoever may not read could not check, which is neither success nor loss.
  const auto unread = [](auto&& ran) {
    if (!ran && ran.error().code == Errc::io) ran.error().code = Errc::incomplete;
    return std::forward<decltype(ran)>(ran);
  };
  auto found = unread(open_to_verify(run, options.timeout_s));
  if (!found) return std::unexpected(with_hint(std::move(found).error(), globals.ledger));
  const OpenedLog opened = *std::move(found);
  ASSAY_TRY(const Verified verified,
            unread(run_verification(run, options.verification, *opened.log)));
  show_report(run, verified);
  show_fork_of_pin(run, options, *opened.log, verified);
  const int log_code = code_with_times(run, options, verified, required);
  ASSAY_TRY(const int about_report, unread(ask_about_report(run, options, *opened.log, verified)));
  const int code = worse_of(log_code, about_report);
  if (!verified.report.log_id) return code;
  warn_without_record(run, verified);
  constexpr int kFirstEvidenceCode = static_cast<int>(ExitCode::hash);
  const bool worse = code >= kFirstEvidenceCode && code < static_cast<int>(ExitCode::forked);
  if (verified.released || worse) return code;
  return std::unexpected(verified.released.error());
}

}  // namespace

void add_verify(App& app) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* const command = app.command(
      nullptr, "verify", "Verify a ledger, a published log, a bundle or a report, claim by claim",
      [options](Run& run) { return verify_ledger(run, *options); });
  command
      ->add_option(
          "ledger", options->ledger,
          "Ledger directory [--ledger], published directory or address of one on the web, or a "
          "bundle: a zip made by `assay bundle`, or what it was unpacked to; with --entry, a proof "
          "made by `assay prove`. Any other file is a report to look for in the log of --ledger")
      ->type_name("LEDGER");
  command
      ->add_option("--pin", options->verification.pin_file,
                   "Prove that the log extends this pin; go on from what was verified then")
      ->type_name("FILE");
  command
      ->add_option(
          "--pin-text", options->verification.pin_text,
          "The same for a pin from paper: the line that `assay pin` printed, or its QR code")
      ->type_name("TEXT");
  command
      ->add_option("--pin-words", options->verification.pin_words,
                   "The same for the twelve words of a head, which leave it assumed")
      ->type_name("WORDS");
  command
      ->add_option(
          "--log-id", options->verification.log_id,
          "Which log it must be: its id in hex, or its twelve words, which leave it assumed")
      ->type_name("ID");
  command
      ->add_option("--policy", options->verification.witnesses.file,
                   "Who must have cosigned the last checkpoint: a C2SP tlog-policy")
      ->type_name("FILE");
  command
      ->add_option("--witness", options->verification.witnesses.witnesses,
                   "The same without a file: a witness's C2SP verifier key, or a file of it")
      ->type_name("KEY");
  command
      ->add_option("--quorum", options->verification.witnesses.quorum,
                   "How many of these are enough [all]")
      ->type_name("N");
  command
      ->add_option("--fork-evidence", options->fork_evidence,
                   "If the log is not the one that was pinned, write what shows that to anybody")
      ->type_name("FILE");
  command
      ->add_option("--tsa", options->verification.tsa_file,
                   "Believe timestamps of authorities that these certificates vouch for (PEM)")
      ->type_name("FILE");
  add_at_option(command, options->verification.at);
  command
      ->add_option("--report", options->report,
                   "Also say which events name this file, by its bytes, and what came after")
      ->type_name("FILE");
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
      ->add_option("--max-size", options->max_size_bytes,
                   "Refuse a bundle with more bytes than this, unpacked [8 GiB]")
      ->type_name("BYTES");
  add_web_time_option(command, options->timeout_s);
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
          "  assay verify decision.zip --log-id 'acid acorn …'\n"
          "  assay verify completion-report.pdf --ledger build/demo/ledger\n"
          "  assay verify --pin tag-2019-11-19.pin --require pin --json\n"
          "  assay verify https://log.example/moc/ --log-id 'twelve words'\n"
          "  assay verify --policy witnesses.policy --require witness_quorum\n"
          "  assay verify entry41.tlog-proof --entry entry41 --vkey log.vkey");
}

}  // namespace assay::cli
