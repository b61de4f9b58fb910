#include <fmt/format.h>

#include "cli/bundle/bundler.hpp"
#include "cli/bundle/whole_log.hpp"
#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

struct BundleOptions {
  std::string what;
  std::string output;
  std::string profile = "full";
  std::string at;
  bool force = false;
  bool dry_run = false;
};

Result<verify::EvidenceProfile> profile_of(const std::string& text) {
  if (const auto profile = enum_from_text<verify::EvidenceProfile>(text)) return *profile;
  return fail(Errc::invalid_argument, "there is no profile \"" + text + "\"",
              "full: all evidence; tag: all but what the log calls confidential; public: none");
}

Json hashes_json(const std::vector<Hash>& digests) {
  Json json = Json::array();
  for (const Hash& digest : digests) json.push_back(digest.hex());
  return json;
}

/// The evidence files of a bundle, and those that are not in it.
struct Contents {
  const verify::PublishedEvidence& said;
  std::uint64_t files = 0;
  std::uint64_t size_bytes = 0;
  const std::vector<Hash>& erased;
  const std::vector<Hash>& missing;
};

Json evidence_json(const Contents& contents) {
  Json withheld = Json::array();
  for (const verify::WithheldFile& file : contents.said.withheld) {
    withheld.push_back({{"digest", file.digest.hex()}, {"reason", file.reason}});
  }
  return {
      {"profile", enum_text(contents.said.profile)}, {"files", contents.files},
      {"size_bytes", contents.size_bytes},           {"withheld", std::move(withheld)},
      {"erased", hashes_json(contents.erased)},      {"missing", hashes_json(contents.missing)}};
}

void show_evidence(const Run& run, const Contents& contents) {
  run.out.line(fmt::format("evidence  {} files, {} bytes (profile {})", contents.files,
                           contents.size_bytes, enum_text(contents.said.profile)));
  for (const verify::WithheldFile& file : contents.said.withheld) {
    run.out.line(fmt::format("  withheld  {}  {}", file.digest.hex(), shown(file.reason)));
  }
  for (const Hash& digest : contents.erased) run.out.line("  erased    " + digest.hex());
  for (const Hash& digest : contents.missing) {
    run.out.warn("the evidence file " + digest.hex() +
                 " is not in the ledger: whoever checks the bundle will be told");
  }
}

Result<int> finish_bundle(const Run& run, const BundleOptions& options, const Hash& log_id) {
  run.out.member("dry_run") = options.dry_run;
  if (options.dry_run) {
    run.out.line("nothing was written");
    return 0;
  }
  run.out.line(fmt::format("wrote {}: check it with `assay verify {} --log-id {}`", options.output,
                           options.output, log_id.hex()));
  run.out.member("file") = options.output;
  return 0;
}

/// The whole log: a published directory in a bag.
Result<int> bundle_whole_log(Run& run, const LedgerSession& session, const BundleOptions& options,
                             verify::EvidenceProfile profile) {
  PublishOptions publishing;
  publishing.profile = profile;
  publishing.at = options.at;
  ASSAY_TRY(const Published published,
            options.dry_run
                ? plan_whole_log(run, session, publishing)
                : write_whole_log(run, session, publishing, options.output, options.force));
  const EvidenceChoice& evidence = published.evidence;
  std::uint64_t size_bytes = 0;
  for (const EvidenceFile& file : evidence.published) size_bytes += file.size_bytes;
  run.out.line("about     the whole log");
  run.out.line(
      fmt::format("log       {}, all {} entries", shown(session.origin()), published.head.size));
  const Contents contents{evidence.said, evidence.published.size(), size_bytes, evidence.erased,
                          evidence.missing};
  show_evidence(run, contents);
  run.out.member("at_size") = published.head.size;
  run.out.member("bundle") = {{"about", "log"},
                              {"size", published.head.size},
                              {"root", published.head.root.hex()},
                              {"evidence", evidence_json(contents)}};
  return finish_bundle(run, options, session.log_id());
}

Result<int> make_bundle(Run& run, const BundleOptions& options) {
  fix_zone();
  ASSAY_TRY(const Question question, parse_question(options.what));
  ASSAY_TRY(const verify::EvidenceProfile profile, profile_of(options.profile));
  if (options.output.empty() && !options.dry_run) {
    return fail(Errc::invalid_argument, "where is the bundle to be written?",
                "add -o FILE.zip, or --dry-run to see what would be in it");
  }
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  if (question.is_whole_log()) return bundle_whole_log(run, session, options, profile);
  ASSAY_TRY(const std::uint64_t end, size_at(session, options.at));
  ASSAY_TRY(const store::StoredCheckpoint checkpoint, checkpoint_up_to(session.store(), end));
  if (checkpoint.size == 0) {
    return fail(Errc::not_found, "no entry is under a checkpoint yet",
                "the next entry that is recorded brings one");
  }
  run.out.member("at_size") = checkpoint.size;
  ASSAY_TRY(Bundler bundler, Bundler::plan(run, session, question, checkpoint, profile));
  const verify::BundleIndex& index = bundler.index();
  run.out.line(fmt::format("about     {}", shown(index.about)));
  run.out.line(fmt::format("log       {}, {} of the {} entries under the checkpoint",
                           shown(index.origin), index.entries.size(), index.size));
  const Contents contents{index.evidence, bundler.files().size(), bundler.evidence_size_bytes(),
                          bundler.erased(), bundler.missing()};
  show_evidence(run, contents);
  run.out.member("bundle") = {{"about", index.about},
                              {"size", index.size},
                              {"root", bundler.checkpoint().root.hex()},
                              {"entries", index.entries},
                              {"evidence", evidence_json(contents)}};
  if (!options.dry_run) ASSAY_CHECK(bundler.write(run, options.output, options.force));
  return finish_bundle(run, options, index.log);
}

}  // namespace

void add_bundle(App& app) {
  const auto options = std::make_shared<BundleOptions>();
  CLI::App* const command =
      app.command(nullptr, "bundle", "Put the evidence for one question into one file",
                  [options](Run& run) { return make_bundle(run, *options); });
  command
      ->add_option("what", options->what,
                   "A thing, an event's address, a file's digest, or log for all of it")
      ->required()
      ->type_name("WHAT");
  command->add_option("-o,--output", options->output, "Write here")->type_name("FILE.zip");
  command
      ->add_option(
          "--profile", options->profile,
          "Evidence files that go along: full, tag (none that the log calls confidential), "
          "public (none) [full]")
      ->type_name("PROFILE");
  add_at_option(command, options->at);
  command->add_flag("--force", options->force, "Replace the file where it is there already");
  command->add_flag("--dry-run", options->dry_run, "Say what would be in it, write nothing");
  app.describe(
      command,
      "The bundle is a BagIt bag in a zip: the entries that belong to the question, each with its\n"
      "proof under one signed checkpoint, the keys' own entries, evidence files, and "
      "READ-ME.html,\n"
      "which says in plain words what is proved and what is not. What is left out is named there.\n"
      "The same log, question and profile give the same bytes.\n\n"
      "What belongs to a thing: every event about it or naming it, what those created, what they\n"
      "refer to, and who endorsed or dissented. To an event: the same for what it is about, as of\n"
      "that event. `log` is the whole log: a published directory in a bag.\n\n"
      "Examples:\n"
      "  assay bundle phase/MOC-MDS-SIT-01 -o sit.zip\n"
      "  assay bundle 41.0 --profile tag -o decision.zip\n"
      "  assay verify sit.zip\n"
      "  unzip sit.zip && cd bundle-* && sha256sum -c manifest-sha256.txt");
}

}  // namespace assay::cli
