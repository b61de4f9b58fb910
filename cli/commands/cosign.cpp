#include <algorithm>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/sample/draw_seed.hpp"
#include "cli/session/recording.hpp"
#include "cli/terminal/shown.hpp"
#include "cli/witness/ask_witness.hpp"
#include "cli/witness/log_fork.hpp"
#include "cli/witness/policy_file.hpp"
#include "keys/verifier.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/note.hpp"
#include "ledger/store/store_source.hpp"
#include "ledger/verify/outside.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

constexpr std::uint64_t kTimeoutMaxS = 600;

struct CosignOptions {
  PolicyOptions policy;
  std::uint64_t timeout_s = 10;
  std::string fork_evidence;
  std::string record_key;
  WriteOptions write;
  bool dry_run = false;
};

/// The ledger's latest checkpoint, and who has signed it so far.
struct Standing {
  store::StoredCheckpoint stored;
  OpenedCheckpoint opened;
  VKey log_key;
  std::unique_ptr<NoteVerifier> log;
};

Result<Standing> standing_of(const LedgerSession& session, const TlogPolicy& policy) {
  Standing standing;
  ASSAY_TRY(standing.stored, session.store().latest_checkpoint());
  const auto& state = session.fold().programme().state();
  ASSAY_TRY(const auto key, Ed25519PublicKey::from_spki(state.log_key.public_key.bytes));
  standing.log_key = {state.origin, NoteKeyType::ed25519, key};
  ASSAY_TRY(standing.log, make_note_verifier(standing.log_key, keys::make_verifier));
  ASSAY_TRY(standing.opened,
            open_checkpoint_of(standing.stored.note, session.fold(), known_keys(policy)));
  return standing;
}

/// A policy that lists logs is about these and no others.
Status check_log_listed(const TlogPolicy& policy, const VKey& log_key) {
  const bool listed = std::ranges::any_of(
      policy.logs, [&](const PolicyLog& log) { return log.key.key && *log.key.key == log_key; });
  if (listed || policy.logs.empty()) return {};
  return fail(Errc::invalid_argument, "the policy is for other logs than " + log_key.name,
              "add a line \"log\" with the key that `assay checkpoint --vkey` prints, or leave "
              "them all out");
}

bool has_line_of(const std::vector<Witnessed>& lines, const VKey& key) {
  return std::ranges::any_of(lines, [&](const Witnessed& line) {
    return line.name == key.name && line.key_id == key.key_id();
  });
}

/// Names in the policy of those who cosigned the checkpoint.
std::set<std::string> cosigners(const TlogPolicy& policy, const OpenedCheckpoint& opened) {
  std::set<std::string> names;
  for (const PolicyWitness& witness : policy.witnesses) {
    if (witness.key.key && has_line_of(opened.witnesses, *witness.key.key)) {
      names.insert(witness.name);
    }
  }
  return names;
}

/// The largest earlier checkpoint with a line under each name, nothing of which is believed: it is
/// a guess at where the witness stands.
Result<std::map<std::string, std::uint64_t>> guesses(const store::Store& store,
                                                     const TlogPolicy& policy, std::uint64_t size) {
  std::map<std::string, std::uint64_t> sizes;
  ASSAY_CHECK(store.scan_checkpoints(0, [&](const store::StoredCheckpoint& checkpoint) -> Status {
    if (checkpoint.size > size) return {};
    for (const PolicyWitness& witness : policy.witnesses) {
      if (!witness.key.key) continue;
      const std::string line = "\n— " + witness.key.key->name + " ";
      if (checkpoint.note.find(line) != std::string::npos) sizes[witness.name] = checkpoint.size;
    }
    return {};
  }));
  return sizes;
}

/// Everybody is asked side by side, each within the time.
std::vector<Asked> ask_all(const CosignRequest& request, const TlogPolicy& policy,
                           const std::map<std::string, std::uint64_t>& sizes) {
  std::vector<Asked> answers(policy.witnesses.size());
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < policy.witnesses.size(); ++i) {
    const PolicyWitness& witness = policy.witnesses[i];
    if (!witness.key.key) {
      answers[i].outcome = AskOutcome::unknown_key;
    } else if (has_line_of(request.opened.witnesses, *witness.key.key)) {
      answers[i].outcome = AskOutcome::already;
    } else if (witness.url.empty()) {
      answers[i].outcome = AskOutcome::no_address;
    } else {
      const auto guess = sizes.find(witness.name);
      const std::uint64_t old_size = guess == sizes.end() ? 0 : guess->second;
      threads.emplace_back([&request, &witness, old_size, &answer = answers[i]] {
        answer = ask_witness(request, witness, old_size);
      });
    }
  }
  threads.clear();  // joins
  return answers;
}

/// A witness that is ahead may have been asked by a run that came after this one began.
Status settle_forks(const Run& run, std::vector<Asked>& answers) {
  for (Asked& answer : answers) {
    if (answer.outcome != AskOutcome::forked) continue;
    ASSAY_TRY(const store::Store now, open_for_reading(run));
    ASSAY_TRY(const bool contains, contains_head(now, *answer.other));
    if (!contains) continue;
    answer.outcome = AskOutcome::refused;
    answer.problem = Error{Errc::conflict,
                           "the log has grown since, and it cosigned more already",
                           "run this again",
                           {}};
    answer.other.reset();
  }
  return {};
}

/// Keeps the new lines beside those that the ledger has by now. Nothing is written without any.
Result<std::string> keep_lines(const Run& run, const CosignOptions& options,
                               const Standing& standing, const std::vector<Asked>& answers) {
  Note fresh{standing.opened.text, {}};
  for (const Asked& answer : answers) {
    if (answer.line) fresh.signatures.push_back(*answer.line);
  }
  if (fresh.signatures.empty()) return standing.stored.note;
  ASSAY_TRY(const std::string lines, format_note(fresh));
  ASSAY_TRY(store::Store store, open_for_keeping(run, options.write.wait_s));
  ASSAY_TRY(const store::StoredCheckpoint now, store.checkpoint(standing.stored.size));
  ASSAY_TRY(std::string joined, join_signatures(now.note, lines));
  ASSAY_CHECK(store.save_checkpoint({now.size, joined}));
  return joined;
}

void show_witness(const Run& run, const PolicyWitness& witness, const Asked& answer, Json& rows) {
  Json row = {{"name", witness.name}, {"outcome", text_of(answer.outcome)}};
  if (!witness.url.empty()) row["url"] = witness.url;
  if (answer.status != 0) row["status"] = answer.status;
  std::string text = std::string(text_of(answer.outcome));
  std::ranges::replace(text, '_', ' ');
  if (answer.outcome == AskOutcome::cosigned) {
    const Timestamp time{static_cast<std::int64_t>(answer.time_s) * 1'000'000};
    row["cosigned_at"] = time.text();
    text += "  " + time.text();
  }
  if (answer.problem) {
    row["problem"] = to_json(*answer.problem);
    text += "  " + shown(answer.problem->message);
  }
  const bool good = answer.outcome == AskOutcome::cosigned || answer.outcome == AskOutcome::already;
  run.out.line(fmt::format("{} {}  {}", good ? run.out.green("✓") : run.out.red("✗"),
                           shown(witness.name), text));
  if (answer.problem && !answer.problem->hint.empty()) {
    run.out.line("    " + shown(answer.problem->hint));
  }
  rows.push_back(std::move(row));
}

/// What came of it, by the policy. True where enough have cosigned.
bool show_quorum(const Run& run, const TlogPolicy& policy, const std::set<std::string>& names) {
  const bool met = is_met(policy, names);
  Json cosigned = Json::array();
  Json missing = Json::array();
  for (const std::string& name : counted_witnesses(policy)) {
    (names.contains(name) ? cosigned : missing).push_back(name);
  }
  run.out.line(fmt::format("quorum {}: {} cosigned, asked for {}", met ? "met" : "not met",
                           cosigned.size(), shown(describe_quorum(policy))));
  run.out.member("quorum") = {{"met", met},
                              {"asked_for", describe_quorum(policy)},
                              {"cosigned", std::move(cosigned)},
                              {"missing", std::move(missing)}};
  return met;
}

/// Of the first witness that holds another history.
void show_fork(const Run& run, const CosignOptions& options, const std::vector<Asked>& answers) {
  const auto forked = std::ranges::find(answers, AskOutcome::forked, &Asked::outcome);
  if (forked == answers.end() || options.fork_evidence.empty()) return;
  const auto make = [&]() -> Status {
    ASSAY_TRY(const store::Store store, store::Store::open_reader(run.globals.ledger));
    const store::StoreSource log(store);
    ASSAY_TRY(const std::vector<VKey> keys, log_vkeys(log));
    ASSAY_TRY(const ForkEvidence evidence, evidence_against(log, keys, *forked->other));
    return write_fork_evidence(options.fork_evidence, evidence);
  };
  if (const Status made = make(); !made) {
    return run.out.warn("no fork evidence was written: " + made.error().message);
  }
  run.out.line("wrote " + options.fork_evidence + ": two heads that cannot both be true");
  run.out.member("fork_evidence") = options.fork_evidence;
}

/// --record: each new cosignature as an event, so that the log itself says how far it is witnessed.
Status record_cosignatures(Run& run, const CosignOptions& options, Author& author,
                           const Checkpoint& checkpoint, const TlogPolicy& policy,
                           const std::vector<Asked>& answers) {
  std::vector<std::string> events;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i].line) continue;
    events::CheckpointWitnessed event;
    event.head = {checkpoint.root, checkpoint.size};
    event.witness = policy.witnesses[i].key.key->name;
    event.witnessed_at = {static_cast<std::int64_t>(answers[i].time_s) * 1'000'000};
    events.push_back(encode_event(event, run.context.now()));
  }
  if (events.empty()) return {};
  ASSAY_TRY(LedgerSession session, LedgerSession::write(run, options.write));
  ASSAY_TRY(const RecordedBatch batch, record_events(run, session, author, events, {}));
  show_receipts(run, batch, events);
  run.out.member("ledger") = session.summary();
  return {};
}

void show_whom(const Run& run, const TlogPolicy& policy) {
  Json rows = Json::array();
  for (const PolicyWitness& witness : policy.witnesses) {
    run.out.line(fmt::format("would ask {}  {}", shown(witness.name),
                             witness.url.empty() ? "nowhere: no address" : shown(witness.url)));
    Json row = {{"name", witness.name}, {"outcome", "not_asked"}};
    if (!witness.url.empty()) row["url"] = witness.url;
    rows.push_back(std::move(row));
  }
  run.out.line("nothing was asked or written");
  run.out.member("witnesses") = std::move(rows);
  run.out.member("dry_run") = true;
}

Result<CosignRequest> request_for(const Run& run, const CosignOptions& options,
                                  const LedgerSession& session, const Standing& standing) {
  CosignRequest request;
  ASSAY_TRY(request.note, format_note({standing.opened.text, standing.opened.log_signatures}));
  request.opened = standing.opened;
  request.log = standing.log.get();
  request.nodes = session.store().nodes();
  request.now = run.context.now;
  request.time_ms = static_cast<std::uint32_t>(options.timeout_s * 1'000);
  request.clock_ahead_s_max = verify::kClockAheadUs / 1'000'000;
  return request;
}

/// A fork that was found is the answer, whatever failed after it.
Status unless_forked(const Run& run, bool forked, std::string_view what, Status status) {
  if (status || !forked) return status;
  run.out.warn(fmt::format("{}: {}", what, status.error().message));
  return {};
}

void show_witnesses(const Run& run, const TlogPolicy& policy, const std::vector<Asked>& answers) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    show_witness(run, policy.witnesses[i], answers[i], rows);
  }
  run.out.member("witnesses") = std::move(rows);
}

/// Asks, keeps what is good, and says what came of it.
Result<int> ask_and_keep(Run& run, const CosignOptions& options, const TlogPolicy& policy,
                         const LedgerSession& session, const Standing& standing) {
  ASSAY_TRY(const auto sizes, guesses(session.store(), policy, standing.stored.size));
  ASSAY_TRY(const CosignRequest request, request_for(run, options, session, standing));
  // Whoever may not record is told before anybody is asked.
  std::optional<Author> author;
  if (!options.record_key.empty()) {
    ASSAY_TRY(author,
              Author::open(run, options.record_key, run.globals.passphrase_from, session.log_id()));
  }
  std::vector<Asked> answers = ask_all(request, policy, sizes);
  const Status settled = settle_forks(run, answers);
  const Result<std::string> kept = keep_lines(run, options, standing, answers);
  show_witnesses(run, policy, answers);
  show_fork(run, options, answers);
  ASSAY_CHECK(settled);
  const auto fork = std::ranges::find(answers, AskOutcome::forked, &Asked::outcome);
  const bool forked = fork != answers.end();
  ASSAY_CHECK(unless_forked(run, forked, "what came was not kept",
                            kept ? Status{} : std::unexpected(kept.error())));
  ASSAY_TRY(const OpenedCheckpoint opened, open_checkpoint_of(kept ? *kept : standing.stored.note,
                                                              session.fold(), known_keys(policy)));
  const bool met = show_quorum(run, policy, cosigners(policy, opened));
  if (author && kept) {
    ASSAY_CHECK(unless_forked(
        run, forked, "what came was not recorded",
        record_cosignatures(run, options, *author, opened.checkpoint, policy, answers)));
  }
  if (forked) return std::unexpected(*fork->problem);
  if (met) return 0;
  return fail(Errc::gate_not_met, "fewer witnesses have cosigned than were asked for",
              "what came is kept; ask again later, and verify with the same policy");
}

Result<int> cosign(Run& run, const CosignOptions& options) {
  if (!options.policy.given()) {
    return fail(Errc::invalid_argument, "no witness was named",
                "name some with --witness URL=KEY, or with --policy FILE");
  }
  if (options.timeout_s == 0 || options.timeout_s > kTimeoutMaxS) {
    return fail(Errc::invalid_argument,
                fmt::format("--timeout {}: 1 to {} seconds", options.timeout_s, kTimeoutMaxS));
  }
  ASSAY_TRY(const TlogPolicy policy, policy_from(options.policy, true));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const Standing standing, standing_of(session, policy));
  ASSAY_CHECK(check_log_listed(policy, standing.log_key));
  const Checkpoint& checkpoint = standing.opened.checkpoint;
  run.out.line(fmt::format("checkpoint  size {}  root {}", checkpoint.size, checkpoint.root.hex()));
  run.out.member("checkpoint") = {{"size", checkpoint.size}, {"root", checkpoint.root.hex()}};
  if (options.dry_run) {
    show_whom(run, policy);
    return 0;
  }
  return ask_and_keep(run, options, policy, session, standing);
}

}  // namespace

void add_cosign(App& app) {
  const auto options = std::make_shared<CosignOptions>();
  CLI::App* const command =
      app.command(nullptr, "cosign", "Ask witnesses to cosign the latest checkpoint",
                  [options](Run& run) { return cosign(run, *options); });
  command
      ->add_option("--witness", options->policy.witnesses,
                   "A witness: its address, \"=\" and its C2SP verifier key, or a file of it")
      ->type_name("URL=KEY");
  command->add_option("--quorum", options->policy.quorum, "How many of them are enough [all]")
      ->type_name("N");
  command->add_option("--policy", options->policy.file, "A C2SP tlog-policy instead")
      ->type_name("FILE");
  command->add_option("--timeout", options->timeout_s, "For all that is asked of one witness [10]")
      ->type_name("SECONDS");
  command
      ->add_option("--fork-evidence", options->fork_evidence,
                   "Where a witness holds another history, write what shows that to anybody")
      ->type_name("FILE");
  command
      ->add_option("--record", options->record_key,
                   "Record each new cosignature as checkpoint_witnessed, signed with this key")
      ->type_name("NAME");
  command->add_flag("--dry-run", options->dry_run, "Say who would be asked, and ask nobody");
  add_write_options(command, options->write);
  app.describe(
      command,
      "Any witness of C2SP tlog-witness will do. What comes back is verified before it is kept\n"
      "with the checkpoint; a cosignature more than five minutes in the future is refused. Who\n"
      "has cosigned this checkpoint already is not asked again.\n"
      "Exit code 8: too few have cosigned. 13: a witness holds a head that this log "
      "contradicts.\n\n"
      "Examples:\n"
      "  assay cosign --witness https://witness.example=witness.vkey\n"
      "  assay cosign --policy witnesses.policy --fork-evidence log.fork-evidence --json\n"
      "  assay verify --policy witnesses.policy --require witness_quorum");
}

}  // namespace assay::cli
