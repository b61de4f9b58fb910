#include <memory>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/consultation_text.hpp"
#include "cli/render/epcl_text.hpp"
#include "cli/render/selection_text.hpp"
#include "cli/session/at_point.hpp"

namespace assay::cli {
namespace {

struct SelectionOptions {
  std::string at;
  std::string dmc;
};

Result<int> show_dmcs(Run& run, const projections::ProgrammeFold& fold, const std::string& dmc) {
  const projections::Facts facts = fold.facts();
  if (dmc.empty()) {
    std::vector<projections::DmcHistory> all;
    for (const Identifier& id : projections::known_dmcs(facts)) {
      all.push_back(*projections::dmc_history(facts, id));
    }
    print_dmcs(run, all);
    run.out.member("dmcs") = views_json(all);
    return 0;
  }
  const auto history = projections::dmc_history(facts, dmc);
  if (!history) {
    return fail(Errc::not_found, "there is no DMC " + dmc, "`assay state selection` lists them");
  }
  print_dmc(run, *history);
  run.out.member("dmc") = view_json(*history);
  return 0;
}

Result<int> show_epcl(Run& run, const projections::ProgrammeFold& fold) {
  const projections::Facts facts = fold.facts();
  const auto lines = projections::epcl_lines(facts);
  const auto releases = projections::release_lives(facts);
  print_epcl(run, lines, releases);
  run.out.member("entries") = views_json(lines);
  run.out.member("releases") = views_json(releases);
  return 0;
}

Result<int> show_consultations(Run& run, const projections::ProgrammeFold& fold) {
  const auto views = projections::consultation_views(fold.facts());
  print_consultations(run, views);
  run.out.member("consultations") = views_json(views);
  return 0;
}

}  // namespace

void add_state_selection(App& app, CLI::App* group) {
  const auto options = std::make_shared<SelectionOptions>();
  CLI::App* const selection = app.command(
      group, "selection", "How DMCs were selected, de-selected and replaced", [options](Run& run) {
        return read_state(run, options->at, [&](Run& inner, const auto& fold) {
          return show_dmcs(inner, fold, options->dmc);
        });
      });
  selection->add_option("dmc", options->dmc, "One DMC, with its whole history")->type_name("DMC");
  add_at_option(selection, options->at);
  app.describe(selection,
               "Differences between DMCs, and whether a de-selection fell into a Test Phase, are\n"
               "computed; what its author said of them stands beside.\n\n"
               "Examples:\n"
               "  assay state selection\n"
               "  assay state selection DMC-MDS-002 --json");
  const auto epcl_at = std::make_shared<std::string>();
  CLI::App* const epcl = app.command(
      group, "epcl", "Every entry of the EPCL, held against the tests on which it rests",
      [epcl_at](Run& run) { return read_state(run, *epcl_at, show_epcl); });
  add_at_option(epcl, *epcl_at);
  const auto consultations_at = std::make_shared<std::string>();
  CLI::App* const consultations =
      app.command(group, "consultations", "Consultations, in London time and working days",
                  [consultations_at](Run& run) {
                    return read_state(run, *consultations_at, show_consultations);
                  });
  add_at_option(consultations, *consultations_at);
}

}  // namespace assay::cli
