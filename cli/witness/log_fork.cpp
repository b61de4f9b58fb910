#include "cli/witness/log_fork.hpp"

#include <algorithm>

#include "cli/session/file_io.hpp"
#include "keys/verifier.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/format/note.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kLogKeySubject = "log/key";

Result<EventData> log_event_at(const store::Store& store, const EventId& id) {
  ASSAY_TRY(const std::string bytes, store.entry(id.entry));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  if (id.position >= entry.submission.events.size()) {
    return fail(Errc::not_found, "there is no event " + id.text());
  }
  const EventView& event = entry.submission.events[id.position];
  return decode_event(event.type, event.version, event.data);
}

Result<VKey> vkey_of(const store::Store& store, const events::LogKey& key) {
  ASSAY_TRY(const auto public_key, Ed25519PublicKey::from_spki(key.public_key.bytes));
  return VKey{store.origin(), NoteKeyType::ed25519, public_key};
}

Result<Checkpoint> stated_in(const std::string& note) {
  ASSAY_TRY(const Note parsed, parse_note(note));
  return parse_checkpoint(parsed.text);
}

/// By the first key that signed both.
Result<ForkEvidence> evidence_of(const store::Store& store, const std::vector<VKey>& log_keys,
                                 const std::string& note, const std::string& other) {
  const merkle::NodeReader nodes = store.nodes();
  Result<ForkEvidence> made = fail(Errc::not_found, "the log names no key of its own");
  for (const VKey& key : log_keys) {
    made = make_fork_evidence(note, other, key, keys::make_verifier, &nodes);
    if (made) break;
  }
  return made;
}

}  // namespace

Result<std::vector<VKey>> log_vkeys(const store::Store& store) {
  std::vector<VKey> keys;
  ASSAY_TRY(const EventData first, log_event_at(store, {}));
  if (const auto* const genesis = event_if<events::LedgerCreated>(&first)) {
    ASSAY_TRY(keys.emplace_back(), vkey_of(store, genesis->log_key));
  }
  ASSAY_TRY(const std::vector<EventId> rotations, store.events_about(kLogKeySubject));
  for (const EventId& id : rotations) {
    ASSAY_TRY(const EventData event, log_event_at(store, id));
    const auto* const rotated = event_if<events::LogKeyRotated>(&event);
    if (rotated == nullptr) continue;
    ASSAY_TRY(keys.emplace_back(), vkey_of(store, rotated->log_key));
  }
  std::ranges::reverse(keys);
  return keys;
}

Result<bool> contains_head(const store::Store& store, const std::string& note) {
  ASSAY_TRY(const Checkpoint stated, stated_in(note));
  if (stated.size > store.size()) return false;
  ASSAY_TRY(const Hash root, merkle::root_at(stated.size, store.nodes()));
  return root == stated.root;
}

Result<ForkEvidence> evidence_against(const store::Store& store, const std::vector<VKey>& log_keys,
                                      const std::string& note) {
  ASSAY_TRY(const Checkpoint stated, stated_in(note));
  Result<ForkEvidence> found = fail(
      Errc::not_found,
      "no checkpoint of this ledger is as large as the other head: what that one began as shows "
      "only a copy of the log that it is of");
  // The next larger one is most likely to be by the same key; where it was replaced since, both
  // signed the checkpoint of that size.
  constexpr int kTried = 64;
  int tried = 0;
  const Status scanned =
      store.scan_checkpoints(stated.size, [&](const store::StoredCheckpoint& checkpoint) -> Status {
        found = evidence_of(store, log_keys, note, checkpoint.note);
        if (found || ++tried == kTried) return fail(Errc::conflict, "enough");
        return {};
      });
  if (!scanned && scanned.error().code != Errc::conflict) {
    return std::unexpected(scanned.error());
  }
  return found;
}

Status write_fork_evidence(const std::string& path, const ForkEvidence& evidence) {
  ASSAY_TRY(const std::string text, format_fork_evidence(evidence));
  return write_file(path, text, false);
}

}  // namespace assay::cli
