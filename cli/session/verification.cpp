#include "cli/session/verification.hpp"

#include <thread>

#include <fmt/format.h>

#include "cli/render/taint_text.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "cli/session/prefix_source.hpp"
#include "cli/session/snapshot.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/shown.hpp"
#include "keys/verifier.hpp"
#include "ledger/base/words.hpp"
#include "ledger/verify/paper_pin.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kStateSizeBytes = 1U << 30U;

/// What lies beside a pin.
struct StateFile {
  Base64Bytes programme;  ///< ProgrammeFold::snapshot
  Base64Bytes verifier;   ///< verify::encode_state
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(programme), CEREAL_NVP(verifier));
  }
};

/// Digests of the fold that the verifier drives as its rules; it needs no second reading.
class FoldDigests final : public verify::ProjectionCheck {
 public:
  explicit FoldDigests(const projections::ProgrammeFold& fold) : fold_(fold) {}
  void fold(const EntryView&) override {}
  [[nodiscard]] std::vector<verify::NamedDigest> digests() const override {
    return named_digests(fold_);
  }

 private:
  const projections::ProgrammeFold& fold_;
};

struct Start {
  verify::VerifierState state;
  projections::ProgrammeFold fold;
};

/// What an earlier run of this reviewer left beside the pin, if it is what the pin says it was.
Result<Start> start_from(const verify::Pin& pin, const std::string& pin_file) {
  ASSAY_TRY(const std::string bytes, read_file(state_file_of(pin_file), kStateSizeBytes));
  ASSAY_TRY(const StateFile file, from_binary<StateFile>(bytes));
  ASSAY_TRY(verify::VerifierState state, verify::state_of(pin, file.verifier.bytes));
  ASSAY_TRY(projections::ProgrammeFold fold,
            projections::ProgrammeFold::restore(file.programme.bytes));
  for (const projections::StateDigest& digest : fold.digests()) {
    const Hash* const pinned = pin.digest_of(digest.name.text);
    if (pinned == nullptr || *pinned != digest.digest) {
      return fail(Errc::state_mismatch, "the state of " + digest.name.text +
                                            " beside the pin is not the one that was pinned");
    }
  }
  return Start{std::move(state), std::move(fold)};
}

/// The beginning of a log id: hex, or words as people write them down.
Result<std::string> log_id_bytes(const std::string& text) {
  if (const auto id = Hash::from_hex(text)) return std::string(id->view());
  auto words = parse_words(text);
  if (words) return words;
  return fail(Errc::invalid_argument, "\"" + text + "\" is neither a log id nor its twelve words");
}

std::string mark_of(const Run& run, verify::Verdict verdict) {
  switch (verdict) {
    case verify::Verdict::proved: return run.out.green("✓ proved     ");
    case verify::Verdict::assumed: return run.out.yellow("~ assumed    ");
    case verify::Verdict::not_checked: return run.out.dim("- not checked");
    case verify::Verdict::failed: return run.out.red("✗ failed     ");
  }
  return {};
}

Json objection_json(const verify::Objection& objection) {
  Json json = to_json(objection.error);
  json["claim"] = enum_text(objection.claim);
  if (!objection.expected.empty()) json["expected"] = objection.expected;
  if (!objection.actual.empty()) json["actual"] = objection.actual;
  return json;
}

void show_first(const Run& run, const verify::Objection& objection) {
  const std::string where =
      objection.error.entry ? fmt::format("entry {}: ", *objection.error.entry) : std::string();
  run.out.line(fmt::format("                  {}{}", where, shown(objection.error.message)));
  if (!objection.expected.empty()) {
    run.out.line(fmt::format("                  expected {}", shown(objection.expected)));
    run.out.line(fmt::format("                  found    {}", shown(objection.actual)));
  }
}

/// Nothing where the run has to begin at entry 0.
std::optional<Start> find_start(const Run& run, const verify::Pin& pin, const std::string& pin_file,
                                std::uint64_t size) {
  auto found = start_from(pin, pin_file);
  if (found && found->state.size > size) {
    run.out.warn(fmt::format("starting from entry 0: the pin covers {} entries, the log has {}",
                             found->state.size, size));
    return std::nullopt;
  }
  if (found) return *std::move(found);
  if (found.error().code != Errc::not_found) {
    run.out.warn("starting from entry 0: " + found.error().message);
  }
  return std::nullopt;
}

/// The pin that the options name, from a file or from paper.
Result<std::optional<verify::Pin>> pin_of(const VerificationOptions& options) {
  if (!options.pin_file.empty()) {
    ASSAY_TRY(const std::string text, read_file(options.pin_file, kPinSizeBytes));
    ASSAY_TRY(verify::Pin pin, verify::parse_any_pin(text));
    return std::optional(std::move(pin));
  }
  if (options.pin_text.empty()) return std::optional<verify::Pin>();
  ASSAY_TRY(const verify::PaperPin paper, verify::parse_paper_pin(options.pin_text));
  return std::optional(verify::pin_from(paper));
}

/// Nothing where the entries cannot all be read: the claims say so.
std::optional<SincePin> since_pin(const verify::Source& source, std::uint64_t from,
                                  std::uint64_t to) {
  SincePin since{from, to - std::min(from, to), 0, {}};
  EntryView entry;
  bool readable = true;
  const Status read = source.read(from, to, [&](std::uint64_t, std::string_view bytes) {
    readable = readable && parse_entry(bytes, entry).has_value();
    if (!readable) return;
    for (const EventView& event : entry.submission.events) {
      ++since.events;
      ++since.types[std::string(event.type)];
    }
  });
  if (!read || !readable) return std::nullopt;
  return since;
}

/// Nobody can have stamped a head before its last entry was there.
void hold_against_log(const verify::Source& source, std::vector<JudgedTimestamp>& times) {
  EntryView last;
  for (JudgedTimestamp& judged : times) {
    if (judged.verdict != verify::Verdict::proved || judged.size == 0) continue;
    std::optional<Timestamp> recorded_at;
    const Status read =
        source.read(judged.size - 1, judged.size, [&](std::uint64_t, std::string_view bytes) {
          if (parse_entry(bytes, last)) recorded_at = last.recorded_at;
        });
    if (!read || !recorded_at || judged.stamp->token.latest() >= *recorded_at) continue;
    judged.contradiction = fmt::format(
        "by its own clock the log recorded the last of these entries later, at {}: one of the two "
        "clocks is wrong",
        recorded_at->text());
  }
}

}  // namespace

std::string format_state_file(const verify::VerifierState& state,
                              const projections::ProgrammeFold& fold) {
  return to_binary(StateFile{{fold.snapshot()}, {verify::encode_state(state)}});
}

Result<FromOutside> read_outside(const VerificationOptions& options) {
  FromOutside outside;
  ASSAY_TRY(outside.pin, pin_of(options));
  if (!options.pin_words.empty()) {
    ASSAY_TRY(outside.pin_words, parse_words(options.pin_words));
  }
  if (options.witnesses.given()) {
    ASSAY_TRY(outside.policy, policy_from(options.witnesses, false));
  }
  if (!options.log_id.empty()) {
    ASSAY_TRY(outside.log_id, log_id_bytes(options.log_id));
  }
  ASSAY_TRY(outside.authorities, read_anchors(options.tsa_file));
  return outside;
}

verify::Options verifier_options(const VerificationOptions& options, const FromOutside& outside) {
  verify::Options verifying;
  verifying.threads = options.threads != 0
                          ? static_cast<std::size_t>(std::min<std::uint64_t>(options.threads, 64))
                          : std::max(1U, std::thread::hardware_concurrency());
  verifying.evidence = options.evidence;
  verifying.evidence_before_start = options.evidence_before_pin;
  verifying.log_id = outside.log_id;
  verifying.pin_words = outside.pin_words;
  if (outside.pin) verifying.pin = &*outside.pin;
  if (outside.policy) verifying.witness_policy = &*outside.policy;
  return verifying;
}

Result<Verified> run_verification(const Run& run, const VerificationOptions& options,
                                  LogToVerify& log) {
  ASSAY_TRY(const FromOutside outside, read_outside(options));
  const std::optional<verify::Pin>& pin = outside.pin;
  verify::Options verifying = verifier_options(options, outside);
  verifying.now = run.context.now();
  ASSAY_TRY(const std::uint64_t size, log.size_at(options.at));
  if (pin && !options.at.empty() && pin->checkpoint.size > size) {
    return fail(Errc::invalid_argument,
                fmt::format("the pin covers {} entries, more than the {} of --at",
                            pin->checkpoint.size, size));
  }
  Verified verified;
  verified.refolded = options.refold;
  std::optional<Start> start;
  if (!options.pin_file.empty() && !options.from_start && options.refold) {
    start = find_start(run, *pin, options.pin_file, size);
  }
  if (start) {
    verifying.start = &start->state;
    verified.started_at = start->state.size;
    verified.fold = std::move(start->fold);
  }
  const verify::Source& whole = log.source({options.refold, verified.started_at, size});
  const PrefixSource prefix(whole, size);
  const verify::Source& source = options.at.empty() ? whole : prefix;
  Progress progress(run, "verifying", size - std::min(size, verified.started_at));
  verifying.progress = [&](std::uint64_t read, std::uint64_t) { progress.update(read); };
  FoldDigests digests(verified.fold);
  verify::ProjectionCheck* const checks[] = {&digests};
  verified.report = verify::verify_log(
      source, keys::make_verifier, verifying, options.refold ? &verified.fold : nullptr,
      options.refold ? std::span<verify::ProjectionCheck* const>(checks)
                     : std::span<verify::ProjectionCheck* const>());
  if (start && verified.report[verify::Claim::pin].verdict != verify::Verdict::proved) {
    // What follows is not of the log that was pinned. Where the two part is for all entries to say.
    VerificationOptions from_entry_0 = options;
    from_entry_0.from_start = true;
    return run_verification(run, from_entry_0, log);
  }
  if (verified.report.pinned_size) {
    verified.since_pin = since_pin(source, *verified.report.pinned_size, verified.report.size);
  }
  ASSAY_TRY(verified.times, judge_timestamps(log.timestamps(),
                                             outside.authorities ? &*outside.authorities : nullptr,
                                             size, run.context.now()));
  hold_against_log(source, verified.times);
  verified.released = log.check_released(verified.report);
  return verified;
}

Result<Verified> run_verification(const Run& run, const VerificationOptions& options) {
  ASSAY_TRY(const std::unique_ptr<LogToVerify> log, open_ledger_to_verify(run));
  return run_verification(run, options, *log);
}

namespace {

/// Which log was verified, and how much of it was looked at.
void add_counts(const Run& run, const Verified& verified) {
  const verify::Report& report = verified.report;
  run.out.member("ledger") = {{"origin", report.origin},
                              {"log_id", report.log_id ? report.log_id->hex() : ""},
                              {"size", report.size},
                              {"root", report.head.root.hex()}};
  run.out.member("checked") = {{"entries", report.checked.entries},
                               {"events", report.checked.events},
                               {"signatures", report.checked.signatures},
                               {"checkpoints", report.checked.checkpoints},
                               {"evidence_files", report.checked.evidence_files},
                               {"evidence_size_bytes", report.checked.evidence_size_bytes},
                               {"started_at", verified.started_at}};
}

void show_since_pin(const Run& run, const SincePin& since) {
  std::string types;
  Json by_type = Json::array();
  for (const auto& [type, count] : since.types) {
    types += fmt::format("{}{} {}", types.empty() ? ": " : ", ", shown(type), count);
    by_type.push_back({{"type", type}, {"count", count}});
  }
  if (since.entries == 0) {
    run.out.line(fmt::format("Nothing is new since the pin of {} entries.", since.size));
  } else {
    run.out.line(fmt::format("New since the pin of {} entries: {} entries with {} events{}",
                             since.size, since.entries, since.events, types));
  }
  run.out.member("since_pin") = {{"size", since.size},
                                 {"entries", since.entries},
                                 {"events", since.events},
                                 {"types", std::move(by_type)}};
}

void show_claim(const Run& run, const verify::ClaimReport& claim) {
  run.out.line(fmt::format("{}  {:<17}  {}", mark_of(run, claim.verdict), enum_text(claim.claim),
                           shown(claim.sentence)));
  if (claim.first) show_first(run, *claim.first);
}

}  // namespace

void show_report(const Run& run, const Verified& verified) {
  const verify::Report& report = verified.report;
  run.out.line(fmt::format("log {}   {} entries   root {}", shown(report.origin), report.size,
                           report.head.root.hex()));
  if (report.log_id) run.out.line(fmt::format("began as: {}", words_of(*report.log_id)));
  if (verified.started_at > 0) {
    run.out.line(fmt::format("going on from entry {}, where the pin's verifier stopped",
                             verified.started_at));
  }
  run.out.line();
  // Which log this is comes first: everything below is about that one.
  for (const bool identity : {true, false}) {
    for (const verify::ClaimReport& claim : report.claims) {
      if ((claim.claim == verify::Claim::identity) == identity) show_claim(run, claim);
    }
  }
  Json claims = Json::array();
  for (const verify::ClaimReport& claim : report.claims) {
    Json json = {{"claim", enum_text(claim.claim)},
                 {"verdict", enum_text(claim.verdict)},
                 {"sentence", claim.sentence}};
    if (claim.first) {
      json["first"] = objection_json(*claim.first);
      json["objections"] = claim.objection_count;
    }
    claims.push_back(std::move(json));
  }
  Json findings = Json::array();
  for (const verify::Objection& objection : report.objections) {
    findings.push_back(objection_json(objection));
  }
  Json tainted = show_tainted(run, report.tainted, verified.refolded);
  if (report.interrupted) run.out.warn("could not go on: " + shown(report.interrupted->message));
  run.out.line();
  run.out.line(fmt::format("checked {} entries, {} events, {} signatures, {} checkpoints, {} files",
                           report.checked.entries, report.checked.events, report.checked.signatures,
                           report.checked.checkpoints, report.checked.evidence_files));
  if (verified.since_pin) show_since_pin(run, *verified.since_pin);
  run.out.line(
      "Not proven by any of this: that everything was recorded, and that what was recorded is "
      "true.");
  add_counts(run, verified);
  run.out.member("claims") = std::move(claims);
  run.out.member("findings") = std::move(findings);
  run.out.member("objection_count") = report.objection_count;
  Json not_checked = Json::array();
  for (const verify::ClaimReport& claim : report.claims) {
    if (claim.verdict == verify::Verdict::not_checked) {
      not_checked.push_back({{"claim", enum_text(claim.claim)}, {"why", claim.sentence}});
    }
  }
  run.out.member("not_checked") = std::move(not_checked);
  run.out.member("tainted") = std::move(tainted);
}

}  // namespace assay::cli
