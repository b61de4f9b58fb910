#include <fmt/format.h>

#include "cli/bundle/bundler.hpp"
#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/base/text_distance.hpp"

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

Json bundle_json(const Bundler& bundler) {
  const verify::BundleIndex& index = bundler.index();
  Json withheld = Json::array();
  for (const verify::WithheldFile& file : index.evidence.withheld) {
    withheld.push_back({{"digest", file.digest.hex()}, {"reason", file.reason}});
  }
  return {{"about", index.about},
          {"size", index.size},
          {"root", bundler.checkpoint().root.hex()},
          {"entries", index.entries},
          {"evidence",
           {{"profile", enum_text(index.evidence.profile)},
            {"files", bundler.files().size()},
            {"size_bytes", bundler.evidence_size_bytes()},
            {"withheld", std::move(withheld)},
            {"erased", hashes_json(bundler.erased())},
            {"missing", hashes_json(bundler.missing())}}}};
}

void show_plan(const Run& run, const Bundler& bundler) {
  const verify::BundleIndex& index = bundler.index();
  run.out.line(fmt::format("about     {}", shown(index.about)));
  run.out.line(fmt::format("log       {} as of entry {}, under a checkpoint of {} entries",
                           shown(index.origin), index.size - 1, index.size));
  run.out.line(fmt::format("entries   {}", index.entries.size()));
  run.out.line(fmt::format("evidence  {} files, {} bytes (profile {})", bundler.files().size(),
                           bundler.evidence_size_bytes(), enum_text(index.evidence.profile)));
  for (const verify::WithheldFile& file : index.evidence.withheld) {
    run.out.line(fmt::format("  withheld  {}  {}", file.digest.hex(), shown(file.reason)));
  }
  for (const Hash& digest : bundler.erased()) run.out.line("  erased    " + digest.hex());
  for (const Hash& digest : bundler.missing()) {
    run.out.warn("the evidence file " + digest.hex() +
                 " is not in the ledger: whoever checks the bundle will be told");
  }
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
  ASSAY_TRY(const std::uint64_t end, size_at(session, options.at));
  ASSAY_TRY(const store::StoredCheckpoint checkpoint, checkpoint_up_to(session.store(), end));
  if (checkpoint.size == 0) {
    return fail(Errc::not_found, "no entry is under a checkpoint yet",
                "the next entry that is recorded brings one");
  }
  run.out.member("at_size") = checkpoint.size;
  ASSAY_TRY(Bundler bundler, Bundler::plan(run, session, question, checkpoint, profile));
  show_plan(run, bundler);
  run.out.member("bundle") = bundle_json(bundler);
  run.out.member("dry_run") = options.dry_run;
  if (options.dry_run) {
    run.out.line("nothing was written");
    return 0;
  }
  ASSAY_CHECK(bundler.write(run, options.output, options.force));
  run.out.line(fmt::format("wrote {}: check it with `assay verify {} --log-id {}`", options.output,
                           options.output, bundler.index().log.hex()));
  run.out.member("file") = options.output;
  return 0;
}

}  // namespace

void add_bundle(App& app) {
  const auto options = std::make_shared<BundleOptions>();
  CLI::App* const command =
      app.command(nullptr, "bundle", "Put the evidence for one question into one file",
                  [options](Run& run) { return make_bundle(run, *options); });
  command->add_option("what", options->what, "A thing, an event's address, or a file's digest")
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
      "that event.\n\n"
      "Examples:\n"
      "  assay bundle phase/MOC-MDS-SIT-01 -o sit.zip\n"
      "  assay bundle 41.0 --profile tag -o decision.zip\n"
      "  assay verify sit.zip\n"
      "  unzip sit.zip && cd bundle-* && sha256sum -c manifest-sha256.txt");
}

}  // namespace assay::cli
