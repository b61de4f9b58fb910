// assay diff: what changed between two points of the log, in the words of the views that show it.

#include <fmt/format.h>

#include "cli/assess/assessor.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/named_place.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/difference_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/difference/collect.hpp"
#include "projections/difference/compare.hpp"

namespace assay::cli {
namespace {

using projections::Aspects;
using projections::StateDigest;

struct DiffOptions {
  std::string from;
  std::string to;
  std::string phase;
  std::string entry;
};

/// One of the two points.
struct Side {
  const projections::ProgrammeFold* fold = nullptr;
  std::vector<StateDigest> digests;
  Aspects aspects;
};

Result<std::uint64_t> point_of(const LedgerSession& session, const std::string& text) {
  ASSAY_TRY(const std::uint64_t size, size_at(session, text));
  if (size > 0) return size;
  return fail(Errc::invalid_argument, "at size 0 there is no ledger yet: entry 0 makes it",
              "give a point from size 1 on");
}

Result<Side> side_at(FoldCache& folds, std::uint64_t size) {
  Side side;
  ASSAY_TRY(side.fold, folds.at(size));
  side.digests = side.fold->digests();
  Assessor assessor(folds, *side.fold);
  ASSAY_TRY(const auto assessed, assessor.assess_all());
  ASSAY_TRY(const auto findings, assessor.findings());
  const projections::Facts& facts = assessor.now();
  projections::add_test_aspects(facts, side.aspects);
  projections::add_threshold_aspects(facts, side.aspects);
  projections::add_answer_aspects(facts, assessed, findings, side.aspects);
  projections::add_programme_aspects(facts, side.aspects);
  return side;
}

Json side_json(const Side& side) {
  return {{"size", side.fold->size()},
          {"recorded_at", side.fold->facts().recorded_at.text()},
          {"state_digests", digests_json(side.digests)},
          {"unknown_events", side.fold->unknown_events()}};
}

void warn_of_unknown(const Run& run, const Side& side) {
  if (side.fold->unknown_events() == 0) return;
  run.out.warn(
      fmt::format("{} events up to size {} are of types that this program does not know: "
                  "the states are incomplete",
                  side.fold->unknown_events(), side.fold->size()));
}

std::string point_text(const Side& side) {
  return fmt::format("size {} ({})", side.fold->size(), side.fold->facts().recorded_at.text());
}

/// Where the reader stands, and in which direction the reader looks. Gives the direction's name.
std::string print_direction(const Run& run, const Side& from, const Side& to) {
  if (from.fold->size() == to.fold->size()) {
    run.out.line("nothing changed: both points are " + point_text(from));
    return "same";
  }
  const bool forwards = from.fold->size() < to.fold->size();
  run.out.line(fmt::format("{}from {} to {}", forwards ? "" : "backwards, ", point_text(from),
                           point_text(to)));
  if (!forwards) {
    run.out.line("the second point is the earlier one: \"new\" is what had not changed yet there");
  }
  return forwards ? "forwards" : "backwards";
}

/// The digest of every state on both sides, so that a second program can be held against them.
void print_digests(const Run& run, const Side& from, const Side& to) {
  constexpr std::size_t kShown = 16;
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < from.digests.size(); ++i) {
    const StateDigest& before = from.digests[i];
    const StateDigest& after = to.digests[i];
    rows.push_back(
        {before.name.text, before.digest.hex().substr(0, kShown) + "…",
         before.digest == after.digest ? "the same" : after.digest.hex().substr(0, kShown) + "…"});
  }
  run.out.line();
  run.out.table({"STATE", "FROM", "TO"}, rows);
}

Result<int> diff(Run& run, const DiffOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const std::uint64_t from_size, point_of(session, options.from));
  ASSAY_TRY(const std::uint64_t to_size, point_of(session, options.to));
  FoldCache folds(run, session);
  ASSAY_TRY(Side from, side_at(folds, from_size));
  ASSAY_TRY(Side to, side_at(folds, to_size));
  const Side& later = from_size < to_size ? to : from;
  ASSAY_TRY(const auto filter, named_place(later.fold->board(), options.phase, options.entry));
  from.aspects.keep_only(filter);
  to.aspects.keep_only(filter);
  warn_of_unknown(run, later);

  run.out.member("direction") = print_direction(run, from, to);
  run.out.member("from") = side_json(from);
  run.out.member("to") = side_json(to);
  const auto sections = projections::compare(from.aspects, to.aspects, projections::all_sections());
  const std::uint64_t count = projections::count_differences(sections);
  if (count > 0) print_differences(run.out, sections, DifferenceTense::between_points);
  if (count == 0 && from_size != to_size) {
    run.out.line("entries lie between them, and nothing of what is compared changed");
  }
  print_digests(run, from, to);
  run.out.member("differences") = count;
  run.out.member("sections") = views_json(sections);
  return 0;
}

}  // namespace

void add_diff(App& app) {
  const auto options = std::make_shared<DiffOptions>();
  CLI::App* const command =
      app.command(nullptr, "diff", "What changed between two points of the log",
                  [options](Run& run) { return diff(run, *options); });
  command
      ->add_option("from", options->from,
                   "A point: a log size, a time (UTC), a day, pin:FILE, or head")
      ->required()
      ->type_name("A");
  command->add_option("to", options->to, "The point to compare it with")
      ->required()
      ->type_name("B");
  command->add_option("--phase", options->phase, "Only what is about this phase")
      ->type_name("PHASE");
  command->add_option("--entry", options->entry, "Only what is about this planned entry")
      ->type_name("ENTRY");
  app.describe(command,
               "Phases, planned entries, scope items, issues, obligations to regress, limits,\n"
               "criteria, claims, findings, decisions, consultations, policies, clauses, keys and\n"
               "roles, each as the command that shows it says it at either point. The points may\n"
               "stand in either order.\n\n"
               "Examples:\n"
               "  assay diff pin:tag-2019-08-29.pin head\n"
               "  assay diff 2019-11-14 2019-11-15T17:00:00Z --phase MOC-MDS-SIT-01 --json");
}

}  // namespace assay::cli
