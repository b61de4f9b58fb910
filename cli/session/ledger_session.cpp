#include "cli/session/ledger_session.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "cli/session/adoption.hpp"
#include "cli/session/key_access.hpp"
#include "cli/session/log_key.hpp"
#include "cli/session/snapshot.hpp"
#include "cli/terminal/progress.hpp"
#include "keys/verifier.hpp"
#include "ledger/format/dsse.hpp"
#include "ledger/format/refusal.hpp"
#include "ledger/verify/keyring.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

/// A snapshot is worth writing when opening would otherwise fold this many entries anew.
constexpr std::uint64_t kSnapshotEvery = 2'000;
constexpr std::uint64_t kWaitMaxS = 86'400;
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

/// Folds the entries from the fold's size up to `size`.
Status catch_up(const Run& run, const store::Store& store, projections::ProgrammeFold& fold,
                std::uint64_t size) {
  const std::uint64_t from = fold.size();
  if (from >= size) return {};
  Progress progress(run, "folding", size - from);
  EntryView view;
  return store.scan(from, size, [&](std::uint64_t index, std::string_view bytes) -> Status {
    ASSAY_CHECK(parse_entry(bytes, view));
    if (view.index != index) {
      return fail(Errc::tampered_order, fmt::format("entry {} says it is {}", index, view.index),
                  "run `assay verify` to see what is wrong");
    }
    // The rules were asked when the entry was appended; `verify` asks them again.
    fold.admit(view, verify::OnObjection::keep_on);
    if (index % 1024 == 0) progress.update(index - from);
    return {};
  });
}

/// A fold as far as the kept snapshot goes, if this session may start from it; else an empty one.
projections::ProgrammeFold from_snapshot(const Run& run, const store::Store& store,
                                         std::uint64_t size_max) {
  auto kept = load_snapshot(run.globals.keys, store);
  if (!kept || kept->size() > size_max) return {};
  return *std::move(kept);
}

Status check_against_released(const std::vector<ReleasedBy>& released, const store::Store& store) {
  const auto log = store.log_id();
  if (!log) return {};  // without entry 0 nothing says which log it is
  return check_against_released(released, *log, store.head(), store.nodes());
}

Result<verify::Keyring> keyring_of(const projections::RegisterState& state) {
  verify::Keyring keyring(keys::make_verifier);
  for (const events::RootKey& root : state.roots) {
    ASSAY_CHECK(keyring.add(root.key, root.public_key.bytes));
  }
  for (const auto& [id, key] : state.keys) ASSAY_CHECK(keyring.add(id, key.public_key.bytes));
  if (!state.log_key.public_key.bytes.empty()) {
    ASSAY_CHECK(keyring.add(state.log_key.key, state.log_key.public_key.bytes));
  }
  return keyring;
}

/// The log's key of a trial, which signs and releases nothing.
class TrialLogKey final : public store::LogKey {
 public:
  Result<std::string> sign(const Checkpoint& /*checkpoint*/) override {
    return fail(Errc::internal, "a trial was asked to sign a checkpoint");
  }
  [[nodiscard]] std::optional<merkle::TreeHead> last_released() const override {
    return std::nullopt;
  }
  Status save_released(const merkle::TreeHead& /*head*/, const std::string& /*note*/) override {
    return fail(Errc::internal, "a trial was asked to release a checkpoint");
  }
  [[nodiscard]] const Hash& key_id() const override { return none_; }
  Status hand_over(const Hash& /*next*/) override {
    return fail(Errc::internal, "a trial was asked to replace the log's key");
  }

 private:
  Hash none_;
};

/// How the log's keys are found, the first as well as one that takes over.
KeyFinder log_key_finder(const Run& run) {
  return [&run](const Hash& key_id) -> Result<UnlockedKey> {
    UnlockedKey found;
    auto named = key_name_of(run, key_id);
    if (!named) return std::unexpected(std::move(named).error().in("the log's key"));
    found.name = *std::move(named);
    auto unlocked = unlock(run, found.name, run.globals.log_passphrase_from);
    if (!unlocked) return std::unexpected(std::move(unlocked).error().in("the log's key"));
    found.key = *std::move(unlocked);
    return found;
  };
}

}  // namespace

/// Everything that writing takes beside the store and the fold.
struct LedgerSession::Writing {
  std::unique_ptr<keys::PrivateKey> owned_key;
  std::unique_ptr<store::LogKey> log_key;
  const SessionLogKey* session_key = nullptr;  ///< is `log_key`; null in a trial
  std::unique_ptr<verify::Keyring> keyring;
  std::optional<store::Writer> writer;
  std::uint64_t folded_from_snapshot = 0;
  std::string key_directory;
};

void add_write_options(CLI::App* command, WriteOptions& options) {
  command->add_option("--wait", options.wait_s, "Wait this long for another writer [0]")
      ->check(CLI::Range(std::uint64_t{0}, kWaitMaxS).description(""))
      ->type_name("SECONDS");
  command
      ->add_option("--max-clock-step-days", options.max_clock_step_days,
                   "How far the clock may be ahead of the last entry [92]")
      ->type_name("DAYS");
  command->add_flag("--adopt-head", options.adopt_head,
                    "The record of what the log's key released is lost: this copy is the newest");
  command
      ->add_option("--adopt-pin", options.adopt_pin,
                   "The same, if the log extends what this pin states")
      ->type_name("FILE");
}

LedgerSession::LedgerSession(const Run& run, store::Store store)
    : answer_(&run.out),
      store_(std::make_unique<store::Store>(std::move(store))),
      fold_(std::make_unique<projections::ProgrammeFold>()) {}
LedgerSession::LedgerSession(LedgerSession&&) noexcept = default;
LedgerSession& LedgerSession::operator=(LedgerSession&&) noexcept = default;

LedgerSession::~LedgerSession() {
  // Also where a command fails half-way: what the answer says of the ledger is true then.
  if (store_ && fold_->size() > 0) answer_->member("ledger") = summary();
  if (!store_ || !store_->is_writable() || !writing_ || !writing_->writer) return;
  const merkle::TreeHead head = store_->head();
  if (head.size < writing_->folded_from_snapshot + kSnapshotEvery || fold_->size() != head.size) {
    return;
  }
  // A snapshot that cannot be written costs the next start a fold, and nothing else.
  static_cast<void>(save_snapshot(writing_->key_directory, *store_, *fold_));
}

Result<store::Store> open_for_reading(const Run& run) {
  ASSAY_TRY(const std::vector<ReleasedBy> released, released_in(run.globals.keys));
  ASSAY_TRY(store::Store store, store::Store::open_reader(run.globals.ledger));
  ASSAY_CHECK(check_against_released(released, store));
  return store;
}

namespace {

std::uint32_t wait_ms_of(std::uint64_t wait_s) {
  return static_cast<std::uint32_t>(std::min(wait_s, kWaitMaxS) * 1'000);
}

/// Held against what was released, which the caller has read before.
Result<store::Store> open_writable(const Run& run, std::uint32_t wait_ms,
                                   const std::vector<ReleasedBy>& released) {
  store::OpenOptions open_options{wait_ms, std::nullopt};
  if (const auto reader = store::Store::open_reader(run.globals.ledger)) {
    const auto log = reader->log_id();
    const ReleasedBy* const newest = log ? newest_of(released, *log) : nullptr;
    if (newest != nullptr) open_options.released = newest->head;
  }
  ASSAY_TRY(store::Store store, store::Store::open_writable(run.globals.ledger, open_options));
  ASSAY_CHECK(check_against_released(released, store));
  return store;
}

}  // namespace

Result<store::Store> open_for_keeping(const Run& run, std::uint64_t wait_s) {
  ASSAY_TRY(const std::vector<ReleasedBy> released, released_in(run.globals.keys));
  return open_writable(run, wait_ms_of(wait_s), released);
}

Result<LedgerSession> LedgerSession::read(const Run& run) {
  ASSAY_TRY(store::Store store, open_for_reading(run));
  LedgerSession session(run, std::move(store));
  *session.fold_ = from_snapshot(run, *session.store_, session.size());
  ASSAY_CHECK(catch_up(run, *session.store_, *session.fold_, session.size()));
  return session;
}

Result<LedgerSession> LedgerSession::write(const Run& run, const WriteOptions& options) {
  const std::uint32_t wait_ms = wait_ms_of(options.wait_s);
  ASSAY_TRY(const std::vector<ReleasedBy> released, released_in(run.globals.keys));
  ASSAY_TRY(store::Store store, open_writable(run, wait_ms, released));
  LedgerSession session(run, std::move(store));
  *session.fold_ = from_snapshot(run, *session.store_, session.size());
  const std::uint64_t from_snapshot_size = session.fold_->size();
  ASSAY_CHECK(catch_up(run, *session.store_, *session.fold_, session.size()));
  if (session.size() == 0) {
    return fail(Errc::not_found, run.globals.ledger + " holds no entry yet",
                "its making was interrupted: run the same `assay init` again");
  }
  const KeyFinder find = log_key_finder(run);
  ASSAY_TRY(UnlockedKey key, find(session.fold_->programme().state().log_key.key));
  auto log_key = std::make_unique<SessionLogKey>(*key.key, run.globals.keys, key.name, find);
  if (newest_of(released, session.log_id()) == nullptr) {
    ASSAY_CHECK(check_adoption(run, session, options));
  }
  ASSAY_CHECK(log_key->open(session.log_id(), wait_ms));
  const SessionLogKey* const session_key = log_key.get();
  ASSAY_CHECK(session.start_writing(run, std::move(log_key), options));
  session.writing_->session_key = session_key;
  session.writing_->owned_key = std::move(key.key);
  session.writing_->folded_from_snapshot = from_snapshot_size;
  return session;
}

Result<LedgerSession> LedgerSession::begin(const Run& run, const Signer& log_key,
                                           const std::string& log_key_name) {
  ASSAY_TRY(store::Store store, store::Store::open_writable(run.globals.ledger));
  if (store.size() > 0) {
    return fail(Errc::conflict, run.globals.ledger + " is a ledger already",
                "choose another directory");
  }
  LedgerSession session(run, std::move(store));
  auto begun = std::make_unique<SessionLogKey>(log_key, run.globals.keys, log_key_name);
  const SessionLogKey* const session_key = begun.get();
  ASSAY_CHECK(session.start_writing(run, std::move(begun), {}));
  session.writing_->session_key = session_key;
  return session;
}

Result<LedgerSession> LedgerSession::trial(const Run& run, const WriteOptions& options) {
  ASSAY_TRY(LedgerSession session, read(run));
  // Where the log's key is, a trial has to meet what writing would meet.
  const bool has_log_key =
      key_name_of(run, session.fold_->programme().state().log_key.key).has_value();
  ASSAY_TRY(const std::vector<ReleasedBy> released, released_in(run.globals.keys));
  if (has_log_key && newest_of(released, session.log_id()) == nullptr) {
    ASSAY_CHECK(check_adoption(run, session, options));
  }
  ASSAY_CHECK(session.start_writing(run, std::make_unique<TrialLogKey>(), options, true));
  return session;
}

Status LedgerSession::start_writing(const Run& run, std::unique_ptr<store::LogKey> log_key,
                                    const WriteOptions& options, bool dry_run) {
  writing_ = std::make_unique<Writing>();
  writing_->key_directory = run.globals.keys;
  writing_->log_key = std::move(log_key);
  ASSAY_TRY(verify::Keyring keyring, keyring_of(fold_->programme().state()));
  writing_->keyring = std::make_unique<verify::Keyring>(std::move(keyring));
  store::WriterOptions writer_options;
  writer_options.dry_run = dry_run;
  writer_options.clock_ahead_max_ms =
      static_cast<std::int64_t>(std::min<std::uint64_t>(options.max_clock_step_days, 36'500)) *
      kDayMs;
  ASSAY_TRY(writing_->writer,
            store::Writer::open({*store_, *fold_, *writing_->keyring, keys::make_verifier,
                                 *writing_->log_key, run.context.now},
                                writer_options));
  return {};
}

const Hash& LedgerSession::log_id() const { return fold_->programme().state().log_id; }

Result<projections::ProgrammeFold> LedgerSession::fold_at(const Run& run,
                                                          std::uint64_t size) const {
  projections::ProgrammeFold fold = from_snapshot(run, *store_, size);
  ASSAY_CHECK(catch_up(run, *store_, fold, size));
  return fold;
}

Result<projections::ProgrammeFold> LedgerSession::refold(const Run& run, std::uint64_t size) const {
  projections::ProgrammeFold fold;
  ASSAY_CHECK(catch_up(run, *store_, fold, size));
  return fold;
}

Result<verify::StreamHead> LedgerSession::stream_head(const Hash& key) const {
  ASSAY_TRY(const verify::AuthorStreams streams, store_->author_streams());
  return streams.head(key);
}

Status LedgerSession::check_ready(const std::vector<std::string>& events) {
  ASSAY_ASSERT(writing_ && writing_->writer);
  SubmissionView submission;
  for (const std::string& event : events) {
    CanonicalReader reader(event);
    if (!read_event(reader, submission.events.emplace_back()))
      return std::unexpected(reader.error());
  }
  return writing_->writer->check_ready(submission);
}

Result<store::Receipt> LedgerSession::append(const Envelope& envelope) {
  ASSAY_ASSERT(writing_ && writing_->writer);
  return writing_->writer->append({envelope.payload, envelope.signatures});
}

LedgerSession::Batch LedgerSession::append_all(const std::vector<Envelope>& envelopes) {
  ASSAY_ASSERT(writing_ && writing_->writer);
  store::Writer& writer = *writing_->writer;
  std::vector<std::optional<Result<store::Receipt>>> results(envelopes.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < envelopes.size(); ++i) {
      // The order in the log is the order of enqueue; the work is done side by side.
      threads.emplace_back(
          [&writer, &results, i](store::Ticket ticket) {
            results[i] = writer.finish(std::move(ticket));
          },
          writer.enqueue({envelopes[i].payload, envelopes[i].signatures}));
    }
  }
  Batch batch;
  for (std::optional<Result<store::Receipt>>& result : results) {
    if (!result->has_value()) {
      batch.stopped_by = std::move(result->error());
      break;
    }
    batch.receipts.push_back(**std::move(result));
  }
  return batch;
}

Result<Envelope> LedgerSession::refusal(std::string_view submission, const Error& reason) const {
  ASSAY_ASSERT(writing_ && writing_->session_key);
  const Refusal refusal{log_id(), reason.message, std::string(name_of(reason.code)), size(),
                        submission_digest(submission)};
  const std::string payload = format_refusal(refusal);
  const Signer& signer = writing_->session_key->signer();
  ASSAY_TRY(std::string signature, sign_refusal(payload, signer));
  return Envelope{std::string(kRefusalPayloadType),
                  payload,
                  {{signer.verifier().key_id(), std::move(signature)}}};
}

Json LedgerSession::summary() const {
  return {{"origin", origin()},
          {"log_id", size() == 0 ? "" : log_id().hex()},
          {"size", size()},
          {"root", head().root.hex()}};
}

Result<Json> ledger_json(const store::Store& store) {
  ASSAY_TRY(const Hash log, store.log_id());
  const merkle::TreeHead head = store.head();
  return Json{{"origin", store.origin()},
              {"log_id", log.hex()},
              {"size", head.size},
              {"root", head.root.hex()}};
}

}  // namespace assay::cli
