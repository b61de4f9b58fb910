#include "cli/witness/log_fork.hpp"

#include <algorithm>

#include "cli/session/file_io.hpp"
#include "keys/verifier.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/format/note.hpp"

namespace assay::cli {
namespace {

Result<VKey> vkey_of(const std::string& origin, const events::LogKey& key) {
  ASSAY_TRY(const auto public_key, Ed25519PublicKey::from_spki(key.public_key.bytes));
  return VKey{origin, NoteKeyType::ed25519, public_key};
}

/// Keys of the log out of its events, in their order.
class LogKeys {
 public:
  Status take(std::string_view bytes) {
    constexpr std::string_view kRotated = "\"type\":\"log_key_rotated\"";
    if (!keys_.empty() && bytes.find(kRotated) == std::string_view::npos) return {};
    ASSAY_CHECK(parse_entry(bytes, entry_));
    for (const EventView& event : entry_.submission.events) {
      if (event.type != "ledger_created" && event.type != "log_key_rotated") continue;
      ASSAY_TRY(const EventData data, decode_event(event.type, event.version, event.data));
      if (const auto* const genesis = event_if<events::LedgerCreated>(&data)) {
        origin_ = genesis->origin;
        ASSAY_TRY(keys_.emplace_back(), vkey_of(origin_, genesis->log_key));
      } else if (const auto* const rotated = event_if<events::LogKeyRotated>(&data)) {
        ASSAY_TRY(keys_.emplace_back(), vkey_of(origin_, rotated->log_key));
      }
    }
    return {};
  }
  [[nodiscard]] std::vector<VKey> newest_first() && {
    std::ranges::reverse(keys_);
    return std::move(keys_);
  }

 private:
  EntryView entry_;
  std::string origin_;
  std::vector<VKey> keys_;
};

Result<Checkpoint> stated_in(const std::string& note) {
  ASSAY_TRY(const Note parsed, parse_note(note));
  return parse_checkpoint(parsed.text);
}

/// By the first key that signed both.
Result<ForkEvidence> evidence_of(const verify::Source& log, const std::vector<VKey>& log_keys,
                                 const std::string& note, const std::string& other) {
  Result<ForkEvidence> made = fail(Errc::not_found, "the log names no key of its own");
  for (const VKey& key : log_keys) {
    made = make_fork_evidence(note, other, key, keys::make_verifier, log.nodes());
    if (made) break;
  }
  return made;
}

/// Those of at least this size, the smallest first.
Result<std::vector<std::string>> notes_from(const verify::Source& log, std::uint64_t size) {
  ASSAY_TRY(std::vector<std::string> all, log.checkpoints());
  std::vector<std::pair<std::uint64_t, std::string>> found;
  for (std::string& note : all) {
    const auto stated = stated_in(note);
    if (stated && stated->size >= size) found.emplace_back(stated->size, std::move(note));
  }
  std::ranges::stable_sort(found, {}, &std::pair<std::uint64_t, std::string>::first);
  std::vector<std::string> notes;
  for (auto& [of, note] : found) notes.push_back(std::move(note));
  return notes;
}

}  // namespace

Result<std::vector<VKey>> log_vkeys(const verify::Source& log) {
  LogKeys keys;
  Status taken;
  ASSAY_TRY(const std::uint64_t size, log.size());
  ASSAY_CHECK(log.read(0, size, [&](std::uint64_t, std::string_view bytes) {
    if (taken) taken = keys.take(bytes);
  }));
  ASSAY_CHECK(taken);
  return std::move(keys).newest_first();
}

Result<bool> contains_head(const store::Store& store, const std::string& note) {
  ASSAY_TRY(const Checkpoint stated, stated_in(note));
  if (stated.size > store.size()) return false;
  ASSAY_TRY(const Hash root, merkle::root_at(stated.size, store.nodes()));
  return root == stated.root;
}

Result<ForkEvidence> evidence_against(const verify::Source& log, const std::vector<VKey>& log_keys,
                                      const std::string& note) {
  ASSAY_TRY(const Checkpoint stated, stated_in(note));
  ASSAY_TRY(const std::vector<std::string> notes, notes_from(log, stated.size));
  Result<ForkEvidence> found = fail(Errc::not_found,
                                    "no checkpoint of this log is as large as the other head: what "
                                    "that one began as shows only a "
                                    "copy of the log that it is of");
  // The next larger one is most likely to be by the same key; where it was replaced since, both
  // signed the checkpoint of that size.
  constexpr std::size_t kTried = 64;
  for (std::size_t i = 0; i < notes.size() && i < kTried && !found; ++i) {
    found = evidence_of(log, log_keys, note, notes[i]);
  }
  return found;
}

Status write_fork_evidence(const std::string& path, const ForkEvidence& evidence) {
  ASSAY_TRY(const std::string text, format_fork_evidence(evidence));
  return write_file(path, text, false);
}

}  // namespace assay::cli
