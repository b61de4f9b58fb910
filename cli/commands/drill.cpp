#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/drill/drills.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/verification.hpp"
#include "cli/terminal/progress.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

struct DrillOptions {
  std::string ledger;
  std::string in;
  bool keep = false;
  bool dry_run = false;
};

/// A directory for the copies, taken away afterwards. Owns it.
class Scratch {
 public:
  [[nodiscard]] static Result<Scratch> make(const Run& run, const DrillOptions& options) {
    const std::string parent =
        options.in.empty() ? run.context.environment("TMPDIR").value_or("/tmp") : options.in;
    std::string path = parent + "/assay-drill-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) {
      return fail(Errc::io, "cannot make a directory in " + parent,
                  "name one that can be written to with --in");
    }
    return Scratch(path, options.keep);
  }
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})), keep_(other.keep_) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!keep_ && !path_.empty()) fs::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }
  /// The bytes of `ledger` under another name.
  [[nodiscard]] Result<std::string> copy(const std::string& ledger, const std::string& name) const {
    std::error_code error;
    fs::copy(ledger, path(name), fs::copy_options::recursive, error);
    if (error) {
      return fail(Errc::io, "cannot copy " + ledger + ": " + error.message(),
                  "a drill needs room for one copy of the ledger; --in names another place");
    }
    return path(name);
  }
  void forget(const std::string& name) const {
    std::error_code ignored;
    if (!keep_) fs::remove_all(path(name), ignored);
  }

 private:
  Scratch(std::string path, bool keep) : path_(std::move(path)), keep_(keep) {}
  std::string path_;
  bool keep_;
};

/// What a verifier said of a damaged copy.
struct Found {
  std::vector<std::string> claims;  ///< that failed
  std::string message;              ///< of the first
  int exit_code = 0;
  bool caught = false;  ///< by the claim that must find it, with a code of evidence
};

bool is_evidence_code(int code) {
  return code >= static_cast<int>(ExitCode::hash) && code < static_cast<int>(ExitCode::incomplete);
}

Found found_by(const Result<Verified>& ran, verify::Claim expected) {
  Found found;
  if (!ran) {
    // The store would not even open: damage at the end of the log is found there.
    found.exit_code = static_cast<int>(exit_code_of(ran.error().code));
    found.message = ran.error().message;
    found.caught = is_evidence_code(found.exit_code);
    return found;
  }
  const verify::Report& report = ran->report;
  found.exit_code = verify::exit_code(report);
  for (const verify::ClaimReport& claim : report.claims) {
    if (claim.verdict != verify::Verdict::failed) continue;
    found.claims.emplace_back(enum_text(claim.claim));
    if (claim.claim == expected) {
      found.message = claim.sentence;
      found.caught = is_evidence_code(found.exit_code);
    }
  }
  return found;
}

/// The ledger as it is now, verified; what the drill compares with. Nothing where it does not hold.
Result<std::optional<std::string>> pin_of(Run& run, const Scratch& scratch, int& code) {
  VerificationOptions options;
  ASSAY_TRY(const Verified verified, run_verification(run, options));
  code = verify::exit_code(verified.report);
  if (!verified.report.sealed) {
    show_report(run, verified);
    run.out.warn("there is no drill: the ledger itself does not verify");
    if (code == 0) code = static_cast<int>(ExitCode::incomplete);
    return std::nullopt;
  }
  const verify::Report::Sealed& sealed = *verified.report.sealed;
  ASSAY_TRY(const verify::Pin pin,
            verify::make_pin(sealed.note, *verified.report.log_id, sealed.digests));
  std::string file = scratch.path("intact.pin");
  ASSAY_CHECK(write_file(file, verify::format_pin(pin), true));
  return file;
}

Result<Found> play(Run& outer, const Scratch& scratch, const Drill& drill, const std::string& pin) {
  ASSAY_TRY(const std::string copy, scratch.copy(outer.globals.ledger, drill.name));
  ASSAY_CHECK(drill.damage(copy));
  Globals globals = outer.globals;
  globals.ledger = copy;
  globals.quiet = true;
  const Run run{outer.context, globals, outer.out, outer.passphrases};
  VerificationOptions options;
  options.pin_file = pin;
  Found found = found_by(run_verification(run, options), drill.found_by);
  scratch.forget(drill.name);
  return found;
}

void show(const Run& run, const Drill& drill, const Found& found) {
  const std::string mark = found.caught ? run.out.green("✓ caught") : run.out.red("✗ MISSED");
  run.out.line(fmt::format("{}  {:<10}  {}", mark, drill.name, drill.what));
  std::string claims;
  for (const std::string& claim : found.claims) claims += (claims.empty() ? "" : ", ") + claim;
  if (claims.empty()) claims = found.exit_code == 0 ? "nothing" : "opening it";
  run.out.line(fmt::format("          exit {:<5}  found by {}", found.exit_code, claims));
  run.out.line(fmt::format("                      {}", found.message));
  run.out.member("drills").push_back({{"class", drill.name},
                                      {"damage", drill.what},
                                      {"verifier", "assay verify"},
                                      {"caught", found.caught},
                                      {"exit_code", found.exit_code},
                                      {"claims", found.claims},
                                      {"message", found.message}});
}

void show_untried(const Run& run, const Drill& drill, const Error& error) {
  run.out.line(fmt::format("- not tried  {:<8}  {}", drill.name, error.message));
  run.out.member("not_tried").push_back({{"class", drill.name}, {"why", error.message}});
}

Result<int> try_drill(Run& run, const std::vector<Drill>& drills) {
  run.out.line("would copy " + run.globals.ledger + " for each of these, and damage the copy:");
  Json listed = Json::array();
  for (const Drill& drill : drills) {
    run.out.line(fmt::format("  {:<10}  {}", drill.name, drill.what));
    listed.push_back({{"class", drill.name}, {"damage", drill.what}});
  }
  run.out.line("nothing was written");
  run.out.member("dry_run") = true;
  run.out.member("would_damage") = std::move(listed);
  return 0;
}

Result<int> run_drills(Run& run, const DrillOptions& options, const std::vector<Drill>& drills) {
  ASSAY_TRY(const Scratch scratch, Scratch::make(run, options));
  int intact = 0;
  ASSAY_TRY(const std::optional<std::string> pin, pin_of(run, scratch, intact));
  if (!pin) return intact;
  run.out.member("drills") = Json::array();
  run.out.member("not_tried") = Json::array();
  std::uint64_t missed = 0;
  Progress progress(run, "drilling", drills.size());
  for (std::uint64_t done = 0; done < drills.size(); ++done) {
    progress.update(done);
    const auto found = play(run, scratch, drills[done], *pin);
    if (found) {
      show(run, drills[done], *found);
      if (!found->caught) ++missed;
    } else if (found.error().code == Errc::not_found) {
      show_untried(run, drills[done], found.error());
    } else {
      return std::unexpected(found.error());
    }
  }
  progress.finish();
  run.out.member("missed") = missed;
  if (options.keep) run.out.line("the damaged copies are in " + scratch.path(""));
  if (missed == 0) return 0;
  return fail(Errc::internal, fmt::format("{} kinds of damage were not found", missed),
              "do not rely on this program before that is understood");
}

Result<int> drill(Run& outer, const DrillOptions& options) {
  Globals globals = outer.globals;
  if (!options.ledger.empty()) globals.ledger = options.ledger;
  Run run{outer.context, globals, outer.out, outer.passphrases};
  std::vector<Drill> drills;
  {
    ASSAY_TRY(const store::Store ledger, store::Store::open_reader(globals.ledger));
    if (ledger.size() == 0) return fail(Errc::not_found, "the log is empty: nothing to damage");
    ASSAY_TRY(drills, drills_for(ledger));
  }
  if (options.dry_run) return try_drill(run, drills);
  return run_drills(run, options, drills);
}

}  // namespace

void add_drill(App& app) {
  const auto options = std::make_shared<DrillOptions>();
  CLI::App* const command =
      app.command(nullptr, "drill", "Damage copies of a ledger, and see that each is found out",
                  [options](Run& run) { return drill(run, *options); });
  command->add_option("ledger", options->ledger, "Ledger directory [--ledger]")
      ->type_name("LEDGER");
  command
      ->add_option("--in", options->in, "Where the copies are made, one at a time [$TMPDIR, /tmp]")
      ->type_name("DIR");
  command->add_flag("--keep", options->keep, "Leave the damaged copies there");
  command->add_flag("--dry-run", options->dry_run, "List the kinds of damage, make nothing");
  app.describe(command,
               "The ledger itself is only read. It is verified first; then each kind of damage is\n"
               "done to a copy of its own, and the copy is verified against the ledger's head.\n"
               "Exit code 0: every damage was found, by the claim that is there for it.\n\n"
               "Example:\n"
               "  assay drill build/demo/ledger");
}

}  // namespace assay::cli
