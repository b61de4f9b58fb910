#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/open_to_verify.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/witness/log_fork.hpp"
#include "cli/witness/policy_file.hpp"
#include "keys/verifier.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/verify/pin.hpp"

namespace assay::cli {
namespace {

Json head_json(const Checkpoint& checkpoint) {
  return {{"size", checkpoint.size}, {"root", checkpoint.root.hex()}};
}

void show_proved(const Run& run, const ForkEvidence& evidence, const ProvedFork& proved) {
  run.out.line(fmt::format("  log     {}", shown(proved.first.origin)));
  run.out.line(
      fmt::format("  first   size {}  root {}", proved.first.size, proved.first.root.hex()));
  run.out.line(
      fmt::format("  second  size {}  root {}", proved.second.size, proved.second.root.hex()));
  Json json = {{"origin", proved.first.origin},
               {"first", head_json(proved.first)},
               {"second", head_json(proved.second)}};
  if (proved.other_root) {
    run.out.line(fmt::format("  the second began, at size {}, with root {}", proved.first.size,
                             proved.other_root->hex()));
    json["other_root"] = proved.other_root->hex();
  }
  if (auto vkey = format_vkey(evidence.log)) json["vkey"] = *std::move(vkey);
  run.out.member("fork") = std::move(json);
}

struct ForkCheckOptions {
  std::string file;
  std::string vkey;
};

/// A fork whose key is not known to be the log's could have been made by anybody.
Status check_key(const ForkEvidence& evidence, const std::string& given) {
  ASSAY_TRY(const VKey expected, vkey_from(given));
  if (expected == evidence.log) return {};
  return fail(Errc::tampered_signature,
              "the evidence is about a key of " + evidence.log.name + ", and --vkey names another",
              "it says nothing about the log whose key you gave");
}

Result<int> check_evidence(Run& run, const ForkCheckOptions& options) {
  ASSAY_TRY(const std::string bytes, read_file(options.file, kForkEvidenceSizeBytes));
  ASSAY_TRY(const ForkEvidence evidence, parse_fork_evidence(bytes));
  if (!options.vkey.empty()) ASSAY_CHECK(check_key(evidence, options.vkey));
  ASSAY_TRY(const ProvedFork proved, check_fork_evidence(evidence, keys::make_verifier));
  run.out.line(run.out.red("✗ proved: one key signed two heads that cannot both be true"));
  show_proved(run, evidence, proved);
  run.out.member("key_given") = !options.vkey.empty();
  if (options.vkey.empty()) {
    run.out.line(
        "Assumed: the key is that of the log. Without --vkey, anybody could have made it:");
    run.out.line(fmt::format("  {}", shown(format_vkey(evidence.log).value_or(""))));
  }
  run.out.line("Not proven by this: which of the two is the right one, if any.");
  return 0;
}

struct ForkMakeOptions {
  std::string first;
  std::string second;
  std::string vkey;
  std::string output;
};

/// A checkpoint, from a file of it or from a pin.
Result<std::string> note_from(const std::string& path) {
  ASSAY_TRY(std::string bytes, read_file(path, limits::kNoteSizeBytes));
  if (!bytes.starts_with('{')) return bytes;
  auto pin = verify::parse_pin(bytes);
  if (!pin) return std::unexpected(std::move(pin).error().in(path));
  return std::move(pin->note);
}

/// Of two heads that the reader brings along, with the ledger only where nodes are needed.
Result<ForkEvidence> make_from(const Run& run, const ForkMakeOptions& options, std::string first,
                               std::string second) {
  std::vector<VKey> keys;
  if (!options.vkey.empty()) {
    ASSAY_TRY(keys.emplace_back(), vkey_from(options.vkey));
    auto made = make_fork_evidence(first, second, keys[0], keys::make_verifier, nullptr);
    if (made || made.error().code != Errc::not_found) return made;
  }
  ASSAY_TRY(const OpenedLog opened, open_to_verify(run));
  const verify::Source& log = opened.log->source({});
  if (keys.empty()) {
    ASSAY_TRY(keys, log_vkeys(log));
  }
  Result<ForkEvidence> made = fail(Errc::not_found, "the ledger names no key of the log");
  for (const VKey& key : keys) {
    made = make_fork_evidence(first, second, key, keys::make_verifier, log.nodes());
    if (made || made.error().code == Errc::rejected) break;
  }
  return made;
}

Result<ForkEvidence> make_against_ledger(const Run& run, const std::string& note) {
  ASSAY_TRY(const OpenedLog opened, open_to_verify(run));
  const verify::Source& log = opened.log->source({});
  ASSAY_TRY(const std::vector<VKey> keys, log_vkeys(log));
  return evidence_against(log, keys, note);
}

Result<int> make_evidence(Run& run, const ForkMakeOptions& options) {
  ASSAY_TRY(std::string first, note_from(options.first));
  Result<ForkEvidence> made = fail(Errc::internal, "nothing was made");
  if (options.second.empty()) {
    made = make_against_ledger(run, first);
  } else {
    ASSAY_TRY(std::string second, note_from(options.second));
    made = make_from(run, options, std::move(first), std::move(second));
  }
  ASSAY_TRY(const ForkEvidence evidence, std::move(made));
  ASSAY_TRY(const ProvedFork proved, check_fork_evidence(evidence, keys::make_verifier));
  ASSAY_CHECK(write_fork_evidence(options.output, evidence));
  run.out.line("wrote " + options.output + ": two heads that cannot both be true");
  show_proved(run, evidence, proved);
  run.out.member("file") = options.output;
  return 0;
}

}  // namespace

void add_fork_evidence(App& app) {
  CLI::App* const group =
      app.group("fork-evidence", "Show anybody that one key signed two histories");

  const auto making = std::make_shared<ForkMakeOptions>();
  CLI::App* const make = app.command(group, "make", "Make it from two heads of one log",
                                     [making](Run& run) { return make_evidence(run, *making); });
  make->add_option("first", making->first, "A signed checkpoint, or a pin")
      ->required()
      ->type_name("HEAD");
  make->add_option("second", making->second, "Another [a checkpoint of the ledger]")
      ->type_name("HEAD");
  make->add_option("-o,--output", making->output, "Write here")->required()->type_name("FILE");
  make->add_option("--vkey", making->vkey,
                   "The log's C2SP verifier key, or a file of it [those that the ledger names]")
      ->type_name("KEY");
  app.describe(
      make,
      "Two roots of one size need nothing else. Of two sizes it takes the ledger that the\n"
      "larger head is of: its nodes show what that one began as.\n\n"
      "Examples:\n"
      "  assay fork-evidence make mine.note theirs.note --vkey log.vkey -o log.fork-evidence\n"
      "  assay fork-evidence make my.pin --ledger their-copy -o log.fork-evidence");

  const auto checking = std::make_shared<ForkCheckOptions>();
  CLI::App* const check =
      app.command(group, "check", "Check it: exit code 0 only if it proves a fork",
                  [checking](Run& run) { return check_evidence(run, *checking); });
  check->add_option("file", checking->file, "The evidence")->required()->type_name("FILE");
  check
      ->add_option("--vkey", checking->vkey,
                   "The log's C2SP verifier key, or a file of it; without, the key is assumed")
      ->type_name("KEY");
  app.describe(check,
               "No ledger is needed. docs/format.md, annex E, has the file and the steps.\n\n"
               "Example:\n"
               "  assay fork-evidence check log.fork-evidence --vkey log.vkey");
}

}  // namespace assay::cli
