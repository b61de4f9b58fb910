#include <filesystem>
#include <map>
#include <sstream>
#include <sys/stat.h>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/demo/script.hpp"
#include "cli/session/file_io.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/store/damage.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

/// From the program's folder's parent, as the build installs them.
constexpr const char* kInstalledReports = "share/assay/demo";

struct DemoOptions {
  std::string directory;
  std::string reports;  ///< empty: reports_folder() finds them
  bool dry_run = false;
};

constexpr const char* kFirstReport = "googletest-1.12.1.xml";

/// Where the demo's reports lie: in the working copy, or where the program is installed.
std::string reports_folder(const DemoOptions& options) {
  if (!options.reports.empty()) return options.reports;
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  const fs::path beside = unknown ? fs::path() : program.parent_path() / ".." / kInstalledReports;
  for (const fs::path& folder : {fs::path("tests/data/junit"), beside}) {
    if (fs::exists(folder / kFirstReport, unknown)) return folder.lexically_normal().string();
  }
  return "tests/data/junit";
}

std::string quoted(const std::string& argument) {
  return argument.find_first_of(" \"'{}[]()&;|<>$*?!#") == std::string::npos ? argument
                                                                             : "'" + argument + "'";
}

/// Runs one command as a person would, with the demo's ledger and keys in the environment.
int run_step(const Run& run, const Context& inside, const DemoStep& step) {
  if (!step.title.empty()) run.out.line("\n" + run.out.bold("# " + step.title));
  std::string line = "$ assay";
  for (const std::string& argument : step.arguments) line += " " + quoted(argument);
  run.out.line(run.out.dim(line.size() > 200 ? line.substr(0, 200) + " …" : line));
  run.context.out.flush();
  App app(inside);
  add_all_commands(app);
  return app.run(step.arguments);
}

/// Turns one byte of the middle entry's text around, in a copy, behind the store's back.
Status tamper(const std::string& ledger, const std::string& copy) {
  std::error_code error;
  fs::copy(ledger, copy, fs::copy_options::recursive, error);
  if (error) return fail(Errc::io, "cannot copy " + ledger + ": " + error.message());
  return store::damage_entry(copy, 20);
}

using Variables = std::map<std::string, std::string, std::less<>>;

/// The demo's folder, and what its commands find in their environment.
struct Stage {
  fs::path root;
  Variables variables;

  [[nodiscard]] std::string ledger() const { return (root / "ledger").string(); }
  [[nodiscard]] std::string minutes() const { return (root / "minutes.txt").string(); }
  [[nodiscard]] std::string script() const { return (root / "env.sh").string(); }
};

/// What would stop the demo before its first step.
Status check_stage(const Stage& stage, const std::string& reports) {
  if (!fs::exists(fs::path(reports) / kFirstReport)) {
    return fail(Errc::not_found, "the demo's reports are not in " + reports,
                "name their folder with --reports: tests/data/junit of a working copy, or "
                "share/assay/demo of an installation");
  }
  if (fs::exists(stage.root)) {
    return fail(Errc::conflict, stage.root.string() + " exists",
                "name a directory that is not there yet");
  }
  return {};
}

Result<Stage> make_stage(const DemoOptions& options, const std::string& reports) {
  Stage stage{fs::absolute(options.directory), {}};
  ASSAY_CHECK(check_stage(stage, reports));
  fs::create_directories(stage.root);
  const std::string passphrase = (stage.root / "passphrase").string();
  ASSAY_CHECK(write_file(passphrase, "only for the demo\n", true));
  ::chmod(passphrase.c_str(), S_IRUSR | S_IWUSR);
  ASSAY_CHECK(write_file(stage.minutes(), kDemoMinutes, true));
  stage.variables = {{"ASSAY_LEDGER", stage.ledger()},
                     {"ASSAY_KEYS", (stage.root / "keys").string()},
                     {"ASSAY_PASSPHRASE_FROM", "file:" + passphrase}};
  return stage;
}

/// What a newcomer sources to try further commands on the demo's ledger.
Status write_script(const Stage& stage) {
  std::string script = "# source this file, and every command works on the demo's ledger\n";
  for (const auto& [name, value] : stage.variables) {
    script += "export " + name + "='" + value + "'\n";
  }
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  if (!unknown) script += "export PATH='" + program.parent_path().string() + "':\"$PATH\"\n";
  return write_file(stage.script(), script, true);
}

/// Plays one step on the stage, and notes it on the answer. Returns its exit code. With --json the
/// one envelope is all that may stand on standard output, so what the steps print is dropped.
int play(const Run& run, const Stage& stage, const DemoStep& step) {
  const auto environment = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = stage.variables.find(name);
    return found != stage.variables.end() ? std::optional(found->second)
                                          : run.context.environment(name);
  };
  std::istringstream input(step.input);
  std::ostringstream dropped;
  const Context inside{run.context.now,
                       run.context.random_bytes,
                       environment,
                       input,
                       run.globals.json ? dropped : run.context.out,
                       run.context.err,
                       run.context.out_is_terminal,
                       run.context.err_is_terminal};
  const int code = run_step(run, inside, step);
  Json played;
  if (!step.title.empty()) played["title"] = step.title;
  played["command"] = step.arguments;
  played["exit_code"] = code;
  run.out.member("steps").push_back(std::move(played));
  return code;
}

Status play_programme(const Run& run, const Stage& stage, const std::string& reports) {
  for (const DemoStep& step : demo_script(stage.ledger(), reports, stage.minutes())) {
    const int code = play(run, stage, step);
    if (code == step.exit_code) continue;
    return fail(Errc::internal,
                fmt::format("this step should have exited {}, not {}", step.exit_code, code));
  }
  return {};
}

Status show_tampering(const Run& run, const Stage& stage) {
  const std::string copy = (stage.root / "tampered-ledger").string();
  ASSAY_CHECK(tamper(stage.ledger(), copy));
  const int code =
      play(run, stage,
           {"Somebody changes one byte of entry 20 in a copy. It is caught, and where:",
            {"verify", copy},
            {},
            10});
  if (code < 10 || code == 16) return fail(Errc::internal, "the tampered copy was not caught");
  return {};
}

/// --dry-run: the commands that would be played.
Result<int> try_demo(Run& run, const DemoOptions& options, const std::string& reports) {
  const Stage stage{fs::absolute(options.directory), {}};
  ASSAY_CHECK(check_stage(stage, reports));
  run.out.line("would play in " + stage.root.string() + ":");
  Json commands = Json::array();
  for (const DemoStep& step : demo_script(stage.ledger(), reports, stage.minutes())) {
    std::string line = "assay";
    for (const std::string& argument : step.arguments) line += " " + quoted(argument);
    run.out.line(fmt::format("  {}", shown(line, 160)));
    commands.push_back(step.arguments);
  }
  run.out.line("nothing was written");
  run.out.member("dry_run") = true;
  run.out.member("commands") = std::move(commands);
  return 0;
}

Result<int> demo(Run& run, const DemoOptions& options) {
  const std::string reports = reports_folder(options);
  if (options.dry_run) return try_demo(run, options, reports);
  ASSAY_TRY(const Stage stage, make_stage(options, reports));
  ASSAY_CHECK(write_script(stage));
  ASSAY_CHECK(play_programme(run, stage, reports));
  ASSAY_CHECK(show_tampering(run, stage));
  run.out.member("directory") = stage.ledger();
  run.out.member("environment") = stage.script();
  run.out.line("\n" + run.out.bold("# The ledger stays; try these:"));
  run.out.line("  source " + stage.script());
  for (const char* command :
       {"assay status", "assay log issue/", "assay show 20",
        "assay state phase MOC-MDS-SIT-01 --json", "assay pin my.pin && assay verify --pin my.pin",
        "assay prove 20 -o entry20.tlog-proof", "assay help events"}) {
    run.out.line(std::string("  ") + command);
  }
  return 0;
}

}  // namespace

void add_demo(App& app) {
  const auto options = std::make_shared<DemoOptions>();
  CLI::App* const command =
      app.command(nullptr, "demo", "Play a small invented programme, step by step",
                  [options](Run& run) { return demo(run, *options); });
  command->add_option("directory", options->directory, "Where it is played; must not exist yet")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--reports", options->reports,
                   "Folder of the report files [those that came with the program]")
      ->type_name("DIR");
  command->add_flag("--dry-run", options->dry_run, "List the commands, make nothing");
}

}  // namespace assay::cli
