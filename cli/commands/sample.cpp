#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/render/sample_text.hpp"
#include "cli/sample/draw_seed.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "cli/witness/policy_file.hpp"
#include "ledger/base/limits.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {
namespace {

struct SampleOptions {
  std::string population;
  std::string phase;
  std::string at;
  std::string list;
  std::string expect;
  std::string dice;
  std::string cosignatures;
  std::vector<std::string> witnesses;
  std::string miss;
  std::uint64_t count = 0;
  bool explain = false;

  [[nodiscard]] bool has_chance() const { return !dice.empty() || !cosignatures.empty(); }
};

Status check_seed_options(const SampleOptions& options) {
  if (!options.has_chance()) {
    if (!options.list.empty()) return {};
    return fail(Errc::invalid_argument,
                "a sample that no chance chose could have been chosen by whoever draws it, or by "
                "whoever fills the log",
                "publish what --list writes and its digest first; then give --dice as they were "
                "read out, or --cosignatures of the checkpoint");
  }
  if (options.list == "-") {
    return fail(Errc::invalid_argument, "--list - writes the population alone",
                "list it first, and draw when its digest is published");
  }
  if (!options.dice.empty()) ASSAY_CHECK(check_dice(options.dice));
  if (!options.cosignatures.empty() && options.witnesses.empty()) {
    return fail(Errc::invalid_argument,
                "--cosignatures without --witness: a line by an unknown key is nobody's word");
  }
  if ((options.count == 0) == options.miss.empty()) {
    return fail(Errc::invalid_argument, "either -n or --miss says how many are drawn",
                "-n 59, or --miss 5 for fewer than 5 % missing");
  }
  return {};
}

Result<projections::PopulationKind> kind_from(const std::string& text) {
  if (const auto kind = enum_from_text<projections::PopulationKind>(text)) return *kind;
  std::string known;
  for (const std::string_view name : kEnumTexts<projections::PopulationKind>) {
    known.append(known.empty() ? "" : ", ").append(name);
  }
  return fail(Errc::invalid_argument, "no population \"" + text + "\"", known);
}

Result<std::vector<VKey>> witness_keys(const std::vector<std::string>& given) {
  std::vector<VKey> keys;
  for (const std::string& text : given) {
    auto key = vkey_from(text);
    if (!key) return std::unexpected(std::move(key).error().in("--witness"));
    keys.push_back(*std::move(key));
  }
  return keys;
}

/// A shorter list than was committed to hides what was left out of it.
Status check_published(const SampleOptions& options, const Hash& digest) {
  if (options.expect.empty() || options.expect == digest.hex()) return {};
  return fail(Errc::state_mismatch,
              "the population has digest " + digest.hex() + ", not " + options.expect,
              "give the --population, --phase and --at that it was published for");
}

Status write_list(const Run& run, const SampleOptions& options,
                  const std::vector<std::string>& names) {
  if (options.list.empty()) return {};
  std::string list;
  for (const std::string& name : names) list.append(name).append("\n");
  if (options.list == "-") {
    run.out.raw(list);
    run.out.member("members") = names;
    return {};
  }
  ASSAY_CHECK(write_file(options.list, list, true));
  run.out.line("wrote       " + options.list);
  run.out.member("list") = options.list;
  return {};
}

Result<std::uint64_t> count_to_draw(const SampleOptions& options, std::uint64_t population) {
  if (options.miss.empty()) return std::min(options.count, population);
  ASSAY_TRY(const std::uint64_t share, share_from_text(options.miss));
  // Fewer than the share: the largest number below it is the most that may be missed.
  const std::uint64_t missed = (share * population - 1) / 10'000;
  return projections::drawn_to_miss_at_most(population, missed);
}

Result<projections::SeedParts> parts_of(const SampleOptions& options,
                                        const CommittedPopulation& population,
                                        const projections::ProgrammeFold& fold) {
  projections::SeedParts parts;
  if (!options.dice.empty()) parts.dice = options.dice;
  if (!options.cosignatures.empty()) {
    ASSAY_TRY(const std::vector<VKey> witnesses, witness_keys(options.witnesses));
    ASSAY_TRY(const std::string note, read_file(options.cosignatures, limits::kNoteSizeBytes));
    ASSAY_TRY(parts.cosignatures, cosignature_lines(note, population.checkpoint, fold, witnesses));
  }
  parts.population = population.digest;
  parts.population_name = std::string(enum_text(population.kind));
  parts.root = population.checkpoint.root;
  parts.size = population.checkpoint.size;
  return parts;
}

/// Checkpoint and states that the population is of: those of the newest checkpoint up to --at.
struct Basis {
  projections::ProgrammeFold fold;
  Checkpoint checkpoint;
  std::string note;
};

Result<Basis> find_basis(const Run& run, const LedgerSession& session, const std::string& at) {
  ASSAY_TRY(const std::uint64_t end, size_at(session, at));
  ASSAY_TRY(store::StoredCheckpoint stored, checkpoint_up_to(session.store(), end));
  Basis basis;
  ASSAY_TRY(basis.fold, session.fold_at(run, stored.size));
  ASSAY_TRY(OpenedCheckpoint opened, open_checkpoint_of(stored.note, basis.fold));
  ASSAY_TRY(const Hash root, merkle::root_at(stored.size, session.store().nodes()));
  if (opened.checkpoint.size != stored.size || opened.checkpoint.root != root) {
    return fail(Errc::tampered_hash, "the checkpoint is not of this ledger's entries",
                "run `assay verify` to see what is wrong");
  }
  basis.checkpoint = std::move(opened.checkpoint);
  basis.note = std::move(stored.note);
  run.out.member("at_size") = stored.size;
  return basis;
}

Result<int> draw_sample(const Run& run, const LedgerSession& session, const SampleOptions& options,
                        const projections::Population& population, const Basis& basis,
                        const CommittedPopulation& committed) {
  if (committed.names.empty()) {
    return fail(Errc::not_found, "the population has no members at that point");
  }
  ASSAY_TRY(const std::uint64_t count, count_to_draw(options, committed.names.size()));
  DrawnSample sample;
  ASSAY_TRY(sample.parts, parts_of(options, committed, basis.fold));
  sample.seed = projections::seed_of(sample.parts);
  ASSAY_TRY(sample.members,
            look_up(session, population, projections::draw(sample.seed, committed.names, count)));
  show_sample(run, committed, sample);
  if (options.explain) {
    run.out.line();
    const std::vector<std::string> ways = ways_to_redo(committed, sample);
    for (const std::string& line : ways) run.out.line(line);
    run.out.member("explain") = ways;
  }
  return 0;
}

Result<int> sample(Run& run, const SampleOptions& options) {
  ASSAY_CHECK(check_seed_options(options));
  ASSAY_TRY(const projections::PopulationKind kind, kind_from(options.population));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const Basis basis, find_basis(run, session, options.at));
  if (!options.phase.empty() && !basis.fold.board().phases.contains(options.phase)) {
    return fail(Errc::not_found, "there is no phase " + options.phase,
                "`assay state phase` lists them");
  }
  if (basis.fold.unknown_events() > 0) {
    return fail(Errc::unsupported, "events of types that this program does not know may be members",
                "draw with the program that wrote them");
  }
  const projections::Facts facts = basis.fold.facts();
  projections::Population population(facts, kind, options.phase);
  CommittedPopulation committed{kind, options.phase, basis.checkpoint, basis.note, {}, {}};
  ASSAY_TRY(committed.names, read_names(run, session, basis.checkpoint.size, population));
  committed.digest = projections::population_digest(committed.names);
  ASSAY_CHECK(check_published(options, committed.digest));
  if (options.list != "-" || run.out.json()) show_population(run, committed);
  ASSAY_CHECK(write_list(run, options, committed.names));
  if (!options.has_chance()) return 0;
  return draw_sample(run, session, options, population, basis, committed);
}

void add_chance_options(CLI::App* command, SampleOptions& options) {
  command
      ->add_option("--dice,--nonce", options.dice, "What was rolled and read out, as it was said")
      ->type_name("TEXT");
  command
      ->add_option("--cosignatures", options.cosignatures,
                   "The checkpoint as a note with witnesses' lines, which came after it")
      ->type_name("FILE");
  command
      ->add_option("--witness", options.witnesses,
                   "Key of a witness whose line counts: a C2SP verifier key, or a file of it")
      ->type_name("KEY");
}

}  // namespace

void add_sample(App& app) {
  const auto options = std::make_shared<SampleOptions>();
  CLI::App* const command =
      app.command(nullptr, "sample", "Draw evidence to inspect, with a seed nobody chose alone",
                  [options](Run& run) { return sample(run, *options); });
  command
      ->add_option("--population", options->population,
                   "evidence, issues, results, runs or scope_items")
      ->required()
      ->type_name("NAME");
  command->add_option("--phase", options->phase, "Only of this phase")->type_name("PHASE");
  command->add_option("-n,--n", options->count, "Draw this many")->type_name("N");
  command
      ->add_option("--miss", options->miss,
                   "Draw as many as it takes for fewer than this share missing, in per cent")
      ->type_name("P");
  add_chance_options(command, *options);
  command
      ->add_option("--list", options->list,
                   "Write the population here, a member a line; its sha256sum is the digest")
      ->type_name("FILE");
  command->add_option("--expect", options->expect, "Refuse unless the population has this digest")
      ->type_name("DIGEST");
  command->add_flag("--explain", options->explain,
                    "Also how to draw it again without this program");
  add_at_option(command, options->at);
  app.describe(
      command,
      "First publish the population's digest and the checkpoint, then roll: a sample whose dice\n"
      "were known before is no sample. docs/sampling.md has the procedure and the arithmetic.\n"
      "The population is that of the newest checkpoint up to --at.\n\n"
      "Examples:\n"
      "  assay sample --population results --phase MOC-MDS-SIT-01 --list results.txt\n"
      "  assay sample --population results --phase MOC-MDS-SIT-01 --at 4711 \\\n"
      "      --dice 4-1-6-6-2-3-1-5-5-2 --miss 5 --explain\n"
      "  assay sample --population evidence -n 25 --cosignatures 4711.note --witness w1.vkey");
}

}  // namespace assay::cli
