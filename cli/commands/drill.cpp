#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/drill/asked.hpp"
#include "cli/drill/drills.hpp"
#include "cli/publish/publisher.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/verification.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/verifiers/verifiers.hpp"

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

void show(const Run& run, const Drill& drill, const std::string& verifier, const Found& found) {
  const std::string mark = found.caught ? run.out.green("✓ caught") : run.out.red("✗ MISSED");
  run.out.line(fmt::format("{}  {:<10}  {}", mark, drill.name, shown(drill.what)));
  std::string claims;
  for (const std::string& claim : found.claims) claims += (claims.empty() ? "" : ", ") + claim;
  if (claims.empty()) claims = found.exit_code == 0 ? "nothing" : "opening it";
  run.out.line(
      fmt::format("          exit {:<5}  {} found it by {}", found.exit_code, verifier, claims));
  run.out.line(fmt::format("                      {}", shown(found.message)));
  run.out.member("drills").push_back({{"class", drill.name},
                                      {"damage", drill.what},
                                      {"verifier", verifier},
                                      {"caught", found.caught},
                                      {"exit_code", found.exit_code},
                                      {"claims", found.claims},
                                      {"message", found.message}});
}

void show_untried(const Run& run, const Drill& drill, const std::string& verifier,
                  const std::string& why) {
  run.out.line(fmt::format("- not tried  {:<8}  {}: {}", drill.name, verifier, shown(why)));
  run.out.member("not_tried")
      .push_back({{"class", drill.name}, {"verifier", verifier}, {"why", why}});
}

/// One run of all drills: where the copies go, what they are compared with, and what was missed.
class Drilling {
 public:
  Drilling(Run& run, const Scratch& scratch, std::string pin)
      : run_(run), scratch_(scratch), pin_(std::move(pin)) {}

  /// Errors: those of copying and of damaging, but for not_found: that kind cannot be tried.
  [[nodiscard]] Status on_store(const Drill& drill) {
    ASSAY_TRY(const std::string copy, scratch_.copy(run_.globals.ledger, drill.name));
    ASSAY_TRY(const bool damaged, damage(drill, copy));
    if (damaged) note(drill, kStore, verify_copy(run_, copy, pin_, drill.found_by));
    scratch_.forget(drill.name);
    return {};
  }

  /// Publishes the log, for the drills on what is published. Errors: those of publishing.
  [[nodiscard]] Status publish() {
    ASSAY_TRY(const LedgerSession session, LedgerSession::read(run_));
    site_ = scratch_.path("site");
    PublishOptions options;
    options.directory = site_;
    ASSAY_TRY(const Published published, publish_log(run_, session, options));
    size_ = published.head.size;
    log_id_ = session.log_id().hex();
    script_ = scratch_.path("verify.sh");
    ASSAY_CHECK(write_file(script_, verify_sh(), true));
    const auto intact = ask_script(script_, log_id_, site_);
    if (!intact || intact->exit_code != 0) {
      no_script_ = "it could not look at the intact log: it takes sh, openssl, coreutils and jq";
    }
    return {};
  }
  [[nodiscard]] Result<std::vector<PublishedDrill>> published_drills() const {
    return published_drills_for(site_, size_);
  }
  [[nodiscard]] Status on_published(const PublishedDrill& drill) {
    const std::string name = "published-" + drill.name;
    ASSAY_TRY(const std::string copy, scratch_.copy(site_, name));
    ASSAY_TRY(const bool damaged, damage(drill, copy));
    if (damaged) note(drill, kPublished, verify_copy(run_, copy, pin_, drill.found_by));
    if (damaged && drill.for_shell) ASSAY_CHECK(ask_shell(drill, copy));
    scratch_.forget(name);
    return {};
  }

  [[nodiscard]] std::uint64_t missed() const { return missed_; }

 private:
  static constexpr const char* kStore = "assay verify";
  static constexpr const char* kPublished = "assay verify, published";
  static constexpr const char* kScript = "verify.sh, published";

  [[nodiscard]] Result<bool> damage(const Drill& drill, const std::string& copy) const {
    const Status done = drill.damage(copy);
    if (done) return true;
    if (done.error().code != Errc::not_found) return std::unexpected(done.error());
    show_untried(run_, drill, kStore, done.error().message);
    return false;
  }
  [[nodiscard]] Status ask_shell(const Drill& drill, const std::string& copy) {
    if (!no_script_.empty()) {
      show_untried(run_, drill, kScript, no_script_);
      return {};
    }
    ASSAY_TRY(const Found found, ask_script(script_, log_id_, copy));
    note(drill, kScript, found);
    return {};
  }
  void note(const Drill& drill, const std::string& verifier, const Found& found) {
    show(run_, drill, verifier, found);
    if (!found.caught) ++missed_;
  }

  Run& run_;
  const Scratch& scratch_;
  std::string pin_;
  std::string site_;
  std::uint64_t size_ = 0;
  std::string log_id_;
  std::string script_;
  std::string no_script_;  ///< why the script is not asked
  std::uint64_t missed_ = 0;
};

Result<int> try_drill(Run& run, const std::vector<Drill>& drills) {
  run.out.line("would copy " + run.globals.ledger +
               " for each of these, and damage the copy; and most again on what is published:");
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
  Drilling drilling(run, scratch, *pin);
  ASSAY_CHECK(drilling.publish());
  ASSAY_TRY(const std::vector<PublishedDrill> published, drilling.published_drills());
  Progress progress(run, "drilling", drills.size() + published.size());
  std::uint64_t done = 0;
  for (const Drill& drill : drills) {
    progress.update(done++);
    ASSAY_CHECK(drilling.on_store(drill));
  }
  for (const PublishedDrill& drill : published) {
    progress.update(done++);
    ASSAY_CHECK(drilling.on_published(drill));
  }
  progress.finish();
  const std::uint64_t missed = drilling.missed();
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
  app.describe(
      command,
      "The ledger itself is only read. It is verified first; then each kind of damage is\n"
      "done to a copy of its own, and the copy is verified against the ledger's head. What\n"
      "can be done to a published log is done to one, too, and verify.sh is asked beside\n"
      "this program. Exit code 0: every damage was found, by the claim that is there for it.\n\n"
      "Example:\n"
      "  assay drill build/demo/ledger");
}

}  // namespace assay::cli
