#include "tests/support/test_ledger.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "keys/signer.hpp"
#include "keys/verifier.hpp"
#include "ledger/format/dsse.hpp"

namespace assay::testing {
namespace {

constexpr Timestamp kOccurredAt{1'573'553'000'000'000};

/// Version 4 in form, and different for every key, place in its stream and number.
std::string uuid_of(const Hash& key, const Hash& last, std::uint64_t number) {
  const std::string hex = sha256({key.view(), last.view(), std::to_string(number)}).hex();
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" + hex.substr(13, 3) + "-a" +
         hex.substr(17, 3) + "-" + hex.substr(20, 12);
}

}  // namespace

TestAuthor::TestAuthor(std::string_view name)
    : signer_(keys::signer_from_seed(sha256(name).view()).value()) {}

store::SignedSubmission TestAuthor::sign(const std::vector<EventData>& events,
                                         const std::string& log, const Terms& terms) {
  SubmissionDraft draft;
  draft.key = key();
  draft.previous = last_;
  draft.sequence = sequence_++;
  for (const EventData& event : events) draft.events.push_back(encode_event(event, kOccurredAt));
  draft.expect = terms.expect;
  draft.log = log;
  draft.seen = terms.seen;
  draft.voids = terms.voids;
  draft.id = terms.id.empty() ? uuid_of(key(), last_, ids_++) : terms.id;
  store::SignedSubmission submission;
  submission.bytes = format_submission(draft).value();
  last_ = submission_digest(submission.bytes);
  std::vector<const TestAuthor*> signing{this};
  signing.insert(signing.end(), terms.together.begin(), terms.together.end());
  submission.signatures = sign_as(submission.bytes, signing);
  return submission;
}

std::vector<EntrySignature> sign_as(std::string_view submission,
                                    const std::vector<const TestAuthor*>& authors) {
  std::string message;
  append_pae(message, kSubmissionPayloadType, submission);
  std::vector<EntrySignature> signatures;
  for (const TestAuthor* author : authors) {
    signatures.push_back({author->key(), author->signer().sign(message).value()});
  }
  return signatures;
}

TestLogKey::TestLogKey(std::string_view name) : key_(name) {}

Result<std::string> TestLogKey::sign(const Checkpoint& checkpoint) {
  if (before_sign) ASSAY_CHECK(before_sign());
  signed_.push_back({checkpoint.size, key_.key()});
  return sign_checkpoint(checkpoint, key_.signer());
}

std::optional<merkle::TreeHead> TestLogKey::last_released() const { return last_; }

Status TestLogKey::save_released(const merkle::TreeHead& head, const std::string& note) {
  if (before_save) ASSAY_CHECK(before_save());
  ASSAY_ASSERT(!note.empty());
  if (last_ && head.size < last_->size) return fail(Errc::forked, "a smaller tree than before");
  if (last_ && head.size == last_->size && head.root != last_->root) {
    return fail(Errc::forked, "another root than before");
  }
  last_ = head;
  ++saves_;
  if (after_save) return after_save();
  return {};
}

Status TestLogKey::hand_over(const Hash& next) {
  const auto found = std::ranges::find(successors_, next, &TestAuthor::key);
  if (found == successors_.end()) return fail(Errc::key_unavailable, "it is not at hand");
  key_ = std::move(*found);
  successors_.erase(found);
  last_.reset();  // each key remembers for itself
  return {};
}

void TestPlace::create() {
  const Status status = store::create_with(backing, directory, kTestOrigin);
  if (!status) std::fprintf(stderr, "%s\n", status.error().message.c_str());
  ASSAY_ASSERT(status.has_value());
}

store::SignedSubmission TestPlace::genesis() {
  events::LedgerCreated created;
  created.origin = kTestOrigin;
  created.programme = "Tests of the store";
  created.root_threshold = 1;
  created.rulebook = sha256("rulebook");
  created.log_key = {log_key.key().key(), log_key.key().public_key()};
  created.next_log_key = sha256("next");
  created.roots = {{root.key(), "DCC", root.public_key()}};
  return root.sign({created}, std::string(kTestOrigin),
                   {.seen = {}, .expect = {}, .id = {}, .together = {&log_key.key()}});
}

TestLedger::TestLedger(TestPlace& place, store::Store opened)
    : store(std::move(opened)), keyring(keys::make_verifier), place_(place) {}

Result<std::unique_ptr<TestLedger>> TestLedger::open(TestPlace& place, store::LogKey& log_key) {
  store::OpenOptions options;
  options.released = log_key.last_released();
  ASSAY_TRY(store::Store opened,
            store::open_writable_with(place.backing, place.directory, options));
  auto ledger = std::make_unique<TestLedger>(place, std::move(opened));
  ledger->rules.log_keys = place.log_keys;
  EntryView entry;
  const auto fold = [&](std::uint64_t, std::string_view bytes) -> Status {
    ASSAY_CHECK(parse_entry(bytes, entry));
    ASSAY_CHECK(ledger->keyring.learn(entry.submission));
    ledger->rules.admit(entry, verify::OnObjection::keep_on);
    return {};
  };
  ASSAY_CHECK(ledger->store.scan(0, ledger->store.size(), fold));
  ASSAY_TRY(store::Writer writer,
            store::Writer::open({ledger->store, ledger->rules, ledger->keyring, keys::make_verifier,
                                 log_key, [&place] { return place.clock.now(); }},
                                place.options));
  ledger->writer.emplace(std::move(writer));
  return ledger;
}

std::string TestLedger::log() const {
  const auto id = store.log_id();
  return id ? id->hex() : store.origin();
}

void TestLedger::begin(const std::vector<TestAuthor*>& authors) {
  ASSAY_ASSERT(writer->append(place_.genesis()).has_value());
  for (const TestAuthor* author : authors) {
    ASSAY_ASSERT(writer->append(register_key(place_.root, *author, log())).has_value());
  }
}

store::SignedSubmission register_key(TestAuthor& root, const TestAuthor& author,
                                     const std::string& log) {
  events::KeyRegistered registered;
  registered.holder = "holder-" + author.key().hex().substr(0, 8);
  registered.key = author.key();
  registered.party = "DCC";
  registered.public_key = author.public_key();
  registered.valid_from = kOccurredAt;
  registered.valid_to = Timestamp{kOccurredAt.us * 2};
  return root.sign({registered}, log, {.seen = {}, .expect = {}, .id = {}, .together = {&author}});
}

EventData heartbeat(std::string note) {
  events::Heartbeat event;
  if (!note.empty()) event.note = std::move(note);
  return event;
}

EventData run_of(std::string_view run) {
  events::RunStarted event;
  event.phase = "MOC-MDS-SIT-01";
  event.planned_entry = "PE-0001";
  event.run = std::string(run);
  event.test_case = "TC-0001";
  return event;
}

EventData run_of_size(std::string_view run, std::size_t size_bytes) {
  const EventData started = run_of(run);
  auto event = *event_if<events::RunStarted>(&started);
  event.devices = {"00-DB-12-34-56-78-90-A1"};
  event.builds = {""};
  const std::size_t bare_bytes = encode_event(event, kOccurredAt).size();
  std::string filler;
  // Hexadecimal digits of a hash compress as badly as real ids and digests do.
  for (std::uint64_t part = 0; filler.size() + bare_bytes < size_bytes; ++part) {
    filler += sha256({run, std::to_string(part)}).hex();
  }
  if (bare_bytes < size_bytes) event.builds = {filler.substr(0, size_bytes - bare_bytes)};
  return event;
}

}  // namespace assay::testing
