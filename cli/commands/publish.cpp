#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/publish/publisher.hpp"
#include "cli/session/at_point.hpp"
#include "cli/sources/directory_tree.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/base/words.hpp"
#include "ledger/store/ledger_file.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::cli {
namespace {

struct CommandOptions {
  std::string first;    ///< the ledger with --output, else the directory
  std::string output;   ///< --output
  std::string profile;  ///< where it is not given, the one that is stated there, or full
  std::string at;
  bool dry_run = false;
};

/// `assay publish LEDGER -o DIR`, or `assay publish DIR` of the ledger that --ledger names.
Result<PublishOptions> read_options(const CommandOptions& given, Globals& globals) {
  PublishOptions options;
  if (!given.output.empty()) {
    if (!given.first.empty()) globals.ledger = given.first;
    options.directory = given.output;
  } else if (given.first.empty()) {
    return fail(Errc::invalid_argument, "it is not said where to publish",
                "assay publish LEDGER -o DIRECTORY");
  } else {
    options.directory = given.first;
    const auto tree = DirectoryTree::open(options.directory);
    if (tree && tree->read(std::string(store::kLedgerFileName), 65'536)) {
      return fail(Errc::invalid_argument, options.directory + " is a ledger",
                  "assay publish " + options.directory + " -o DIRECTORY");
    }
  }
  options.profile = enum_from_text<verify::EvidenceProfile>(given.profile);
  if (!given.profile.empty() && !options.profile) {
    return fail(Errc::invalid_argument, "there is no profile \"" + given.profile + "\"",
                "full, tag or public");
  }
  options.at = given.at;
  options.dry_run = given.dry_run;
  return options;
}

Json digests_json(const std::vector<Hash>& digests) {
  Json json = Json::array();
  for (const Hash& digest : digests) json.push_back(digest.hex());
  return json;
}

void show_evidence(const Run& run, const EvidenceChoice& evidence) {
  run.out.line(fmt::format("  evidence  {} published, {} withheld, {} erased (profile {})",
                           evidence.published.size(), evidence.said.withheld.size(),
                           evidence.erased.size(), enum_text(evidence.said.profile)));
  for (const verify::WithheldFile& file : evidence.said.withheld) {
    run.out.line(fmt::format("  withheld  {}  {}", file.digest.hex(), shown(file.reason)));
  }
  for (const Hash& digest : evidence.missing) {
    run.out.warn("the log names the evidence file " + digest.hex() +
                 ", which is not in this ledger: verifying what was published will say so");
  }
  Json withheld = Json::array();
  for (const verify::WithheldFile& file : evidence.said.withheld) {
    withheld.push_back({{"digest", file.digest.hex()}, {"reason", file.reason}});
  }
  run.out.member("evidence") = {{"profile", enum_text(evidence.said.profile)},
                                {"published", evidence.published.size()},
                                {"withheld", std::move(withheld)},
                                {"erased", digests_json(evidence.erased)},
                                {"missing", digests_json(evidence.missing)}};
}

void show_published(const Run& run, const PublishOptions& options, const Published& published) {
  run.out.line(fmt::format("{} {}: {} entries, root {}",
                           options.dry_run ? "would publish to" : "published to", options.directory,
                           published.head.size, published.head.root.hex()));
  if (published.size_before > 0) {
    run.out.line(fmt::format("  before    {} entries", published.size_before));
  }
  run.out.line(fmt::format("  files     {} {}, {} bytes; {} unchanged", published.files.written,
                           options.dry_run ? "to write" : "written",
                           published.files.written_size_bytes, published.files.unchanged));
  show_evidence(run, published.evidence);
  if (options.dry_run) {
    run.out.line("nothing was written");
    run.out.member("dry_run") = true;
  } else {
    run.out.line("  check     assay verify " + options.directory);
  }
  run.out.member("directory") = options.directory;
  run.out.member("size") = published.head.size;
  run.out.member("root") = published.head.root.hex();
  run.out.member("size_before") = published.size_before;
  run.out.member("vkey") = published.vkey;
  run.out.member("files") = {{"written", published.files.written},
                             {"written_size_bytes", published.files.written_size_bytes},
                             {"unchanged", published.files.unchanged}};
}

Result<int> publish(Run& outer, const CommandOptions& given) {
  Globals globals = outer.globals;
  ASSAY_TRY(const PublishOptions options, read_options(given, globals));
  Run run{outer.context, globals, outer.out, outer.passphrases};
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const Published published, publish_log(run, session, options));
  show_published(run, options, published);
  return 0;
}

}  // namespace

void add_publish(App& app) {
  const auto options = std::make_shared<CommandOptions>();
  CLI::App* const command =
      app.command(nullptr, "publish", "Write the log as plain files, for any web server to serve",
                  [options](Run& run) { return publish(run, *options); });
  command
      ->add_option("ledger", options->first,
                   "Ledger directory [--ledger]; without --output, the directory to write to")
      ->type_name("LEDGER");
  command->add_option("-o,--output", options->output, "Write to this directory")
      ->type_name("DIRECTORY");
  command
      ->add_option("--profile", options->profile,
                   "Which evidence files: full, tag (none that is confidential), public (none) [as "
                   "before, or full]")
      ->type_name("PROFILE");
  add_at_option(command, options->at);
  command->add_flag("--dry-run", options->dry_run, "Check everything, and write nothing");
  app.describe(
      command,
      "The directory holds C2SP tlog-tiles (checkpoint, tile/…), and beside them evidence by\n"
      "digest, the states of all projections, rulebooks, the log's verifier key (log.vkey) and a\n"
      "page to begin with (index.html). Anybody verifies it, from a copy or from the web, without\n"
      "this ledger.\n\n"
      "Publishing again writes what is new, and nothing twice: tiles, evidence and states never\n"
      "change, and `checkpoint` is replaced when all that it needs is there. Evidence that is "
      "there\n"
      "with its size is not read again. A directory of another log is refused (exit code 4), one\n"
      "that is ahead of this ledger or of another history too (13).\n\n"
      "Examples:\n"
      "  assay publish build/demo/ledger -o /srv/www/moc\n"
      "  assay publish -o /srv/www/moc-public --profile public\n"
      "  assay verify /srv/www/moc");
}

}  // namespace assay::cli
