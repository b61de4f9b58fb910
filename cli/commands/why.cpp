#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/why/causes.hpp"

namespace assay::cli {
namespace {

struct WhyOptions {
  std::string what;
  std::string at;
  std::uint64_t depth = 4;
};

/// An event's address, a file's digest, or a thing like issue/TI-0001.
Result<Cause> find_causes(Causes& causes, const std::string& what) {
  if (const auto event = EventId::parse(what)) return causes.of_event(*event);
  if (const auto digest = Hash::from_hex(what)) return causes.of_file(*digest);
  if (what.find('/') != std::string::npos) return causes.of_subject(what);
  return fail(Errc::invalid_argument, "\"" + what + "\" names nothing that has causes",
              "give an event's address (41.0), a thing (issue/TI-0001, phase/SIT-01), or a "
              "file's SHA-256");
}

Result<int> why(Run& run, const WhyOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const std::uint64_t size, size_at(session, options.at));
  run.out.member("at_size") = size;
  Causes causes(session.store(), size, {.depth = options.depth});
  ASSAY_TRY(const Cause cause, find_causes(causes, options.what));
  print_cause(run.out, cause);
  run.out.member("cause") = to_json(cause);
  return 0;
}

}  // namespace

void add_why(App& app) {
  const auto options = std::make_shared<WhyOptions>();
  CLI::App* const command =
      app.command(nullptr, "why", "From anything down to the results and files that it rests on",
                  [options](Run& run) { return why(run, *options); });
  command->add_option("what", options->what, "An event's address, a thing, or a file's digest")
      ->required()
      ->type_name("WHAT");
  command->add_option("--depth", options->depth, "How many steps down [4]")
      ->check(CLI::Range(1, 12))
      ->type_name("N");
  add_at_option(command, options->at);
  app.describe(command,
               "Examples:\n"
               "  assay why issue/TI-0001\n"
               "  assay why 41.0 --depth 6 --json");
}

}  // namespace assay::cli
