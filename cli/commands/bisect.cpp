#include <algorithm>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/other_program.hpp"
#include "cli/terminal/shown.hpp"
#include "ledger/format/entry.hpp"
#include "projections/fold/divergence.hpp"

namespace assay::cli {
namespace {

using Digests = std::vector<projections::StateDigest>;

struct BisectOptions {
  std::string program;
  std::string at;
};

/// Both programs' states at one size, as far as they fold the same projections in one version.
class Pair {
 public:
  Pair(const Run& run, const LedgerSession& session, const std::string& program)
      : run_(run), session_(session), program_(program) {}

  /// Errors: those of the ledger and of the other program; unsupported (nothing in common).
  Status look(std::uint64_t size) {
    if (looked_at_ == size) return {};
    ASSAY_TRY(const projections::ProgrammeFold fold, session_.refold(run_, size));
    ASSAY_TRY(const Digests theirs, digests_of(run_, program_, size));
    ours_ = fold.digests();
    std::erase_if(ours_, [&](const auto& own) { return !has_same_projection(theirs, own); });
    theirs_ = theirs;
    std::erase_if(theirs_, [&](const auto& other) { return !has_same_projection(ours_, other); });
    if (ours_.empty()) {
      return fail(Errc::unsupported, program_ + " folds no projection in a version of ours",
                  "its states mean something else, so they cannot be compared");
    }
    looked_at_ = size;
    ++comparisons_;
    return {};
  }
  [[nodiscard]] const Digests& ours() const { return ours_; }
  [[nodiscard]] const Digests& theirs() const { return theirs_; }
  [[nodiscard]] std::uint64_t comparisons() const { return comparisons_; }

 private:
  static bool has_same_projection(const Digests& digests, const projections::StateDigest& one) {
    return std::ranges::any_of(digests, [&](const projections::StateDigest& other) {
      return other.name == one.name && other.version == one.version;
    });
  }

  const Run& run_;
  const LedgerSession& session_;
  const std::string& program_;
  Digests ours_;
  Digests theirs_;
  std::optional<std::uint64_t> looked_at_;
  std::uint64_t comparisons_ = 0;
};

Hash all_of(const Digests& digests) {
  std::string text;
  for (const projections::StateDigest& state : digests) {
    text += state.name.text + " " + state.digest.hex() + "\n";
  }
  return sha256(text);
}

Json differing(const Run& run, const Pair& pair) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < pair.ours().size(); ++i) {
    const auto& ours = pair.ours()[i];
    const auto& theirs = pair.theirs()[i];
    if (ours.digest == theirs.digest) continue;
    run.out.line(fmt::format("  {}  ours   {}", ours.name.text, ours.digest.hex()));
    run.out.line(fmt::format("  {}  theirs {}", ours.name.text, theirs.digest.hex()));
    rows.push_back({{"projection", ours.name.text},
                    {"ours", ours.digest.hex()},
                    {"theirs", theirs.digest.hex()}});
  }
  return rows;
}

/// What the entry says, by address and type.
Result<Json> events_of(const Run& run, const LedgerSession& session, std::uint64_t index) {
  ASSAY_TRY(const std::string bytes, session.store().entry(index));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  Json events = Json::array();
  for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
    const EventView& event = entry.submission.events[i];
    const std::string address = EventId{index, i}.text();
    run.out.line(fmt::format("  {}  {}  {}", address, event.type, shown(event.subject)));
    events.push_back({{"event", address}, {"type", event.type}, {"subject", event.subject}});
  }
  return events;
}

Result<std::uint64_t> bisect_states(Pair& pair, std::uint64_t size) {
  const auto ours = [&](std::uint64_t middle) -> Result<Hash> {
    ASSAY_CHECK(pair.look(middle));
    return all_of(pair.ours());
  };
  const auto theirs = [&](std::uint64_t middle) -> Result<Hash> {
    ASSAY_CHECK(pair.look(middle));
    return all_of(pair.theirs());
  };
  // Before the first entry every fold is empty, so at size 0 they agree.
  ASSAY_TRY(const std::uint64_t parted, projections::first_divergence(0, size, ours, theirs));
  ASSAY_CHECK(pair.look(parted));
  return parted;
}

Result<int> bisect(Run& run, const BisectOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const std::uint64_t size, size_at(session, options.at));
  run.out.member("at_size") = size;
  if (size == 0) return fail(Errc::invalid_argument, "at size 0 there are no states to compare");
  Pair pair(run, session, options.program);
  ASSAY_CHECK(pair.look(size));
  const bool same = all_of(pair.ours()) == all_of(pair.theirs());
  run.out.member("same") = same;
  if (same) {
    run.out.line(fmt::format("both fold {} entries to the same states ({} compared)", size,
                             pair.ours().size()));
    run.out.member("comparisons") = pair.comparisons();
    return 0;
  }
  ASSAY_TRY(const std::uint64_t parted, bisect_states(pair, size));
  run.out.line(
      fmt::format("entry {} is folded differently: before it the states are the same", parted - 1));
  ASSAY_TRY(run.out.member("events"), events_of(run, session, parted - 1));
  run.out.member("entry") = parted - 1;
  run.out.member("states") = differing(run, pair);
  run.out.member("comparisons") = pair.comparisons();
  return static_cast<int>(ExitCode::projection);
}

}  // namespace

void add_bisect(App& app) {
  const auto options = std::make_shared<BisectOptions>();
  CLI::App* const command =
      app.command(nullptr, "bisect", "Find the entry that another program folds differently",
                  [options](Run& run) { return bisect(run, *options); });
  command->add_option("program", options->program, "Another Assay, or whatever answers as it does")
      ->required()
      ->type_name("PROGRAM");
  add_at_option(command, options->at);
  app.describe(
      command,
      "PROGRAM is run with `--ledger L --keys K state programme --at SIZE --json`, once for each\n"
      "halving of what is left: 24 times for ten million entries. Before the entry that is named\n"
      "the states are the same, after it they differ: exit code 14. It is the first such entry,\n"
      "unless they differed before and came to the same again.\n\n"
      "Example:\n"
      "  assay bisect ./assay-0.1.0");
}

}  // namespace assay::cli
