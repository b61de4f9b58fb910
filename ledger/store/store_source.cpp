#include "ledger/store/store_source.hpp"

#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/store/index_check_internal.hpp"
#include "ledger/store/snapshots_internal.hpp"
#include "ledger/store/status_internal.hpp"

namespace assay::store {

Status StoreSource::read(std::uint64_t from, std::uint64_t to, const EntrySink& sink) const {
  const auto visit = [&](std::uint64_t index, std::string_view bytes) -> Status {
    sink(index, bytes);
    return {};
  };
  Status status = store_.scan(from, to, visit);
  // To the verifier an entry that is not there is an answer; what it means is its own to say.
  if (!status && status.error().code == Errc::tampered_order) {
    status.error().code = Errc::not_found;
  }
  return status;
}

Result<std::vector<std::string>> StoreSource::checkpoints() const {
  std::vector<std::string> notes;
  const auto take = [&](const StoredCheckpoint& checkpoint) -> Status {
    notes.push_back(checkpoint.note);
    return {};
  };
  ASSAY_CHECK(store_.scan_checkpoints(0, take));
  return notes;
}

Result<std::vector<verify::StatedDigest>> StoreSource::stated_digests() const {
  std::vector<verify::StatedDigest> stated;
  if (!states_) return stated;
  const auto rows = store_.impl().iterate(Family::snapshots);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    // One that is not whole is for check_indexes to name; nobody starts from it.
    const auto snapshot =
        read_snapshot_row(rows->key().ToStringView(), rows->value().ToStringView());
    if (!snapshot) continue;
    for (verify::NamedDigest& state : states_(*snapshot)) {
      stated.push_back({std::move(state.name), snapshot->at.size, state.digest,
                        "the snapshot at size " + std::to_string(snapshot->at.size)});
    }
  }
  ASSAY_CHECK(checked(rows->status(), "read the snapshots"));
  return stated;
}

Result<std::vector<std::uint64_t>> StoreSource::attested_sizes() const {
  ASSAY_TRY(const std::vector<EventId> events,
            store_.events_about(events::StatesAttested{}.subject()));
  std::vector<std::uint64_t> sizes;
  EntryView entry;
  for (const EventId& id : events) {
    // What cannot be read here is named by whoever reads the whole log.
    const auto bytes = store_.entry(id.entry);
    if (!bytes || !parse_entry(*bytes, entry)) continue;
    if (id.position >= entry.submission.events.size()) continue;
    const EventView& event = entry.submission.events[id.position];
    const auto data = decode_event(event.type, event.version, event.data);
    const auto* const attested = data ? event_if<events::StatesAttested>(&*data) : nullptr;
    if (attested != nullptr) sizes.push_back(attested->size);
  }
  return sizes;
}

Status StoreSource::read_evidence(const Hash& digest, const ChunkSink& sink) const {
  bool stopped = false;
  const Status status = store_.read_evidence(digest, [&](std::string_view bytes) -> Status {
    stopped = !sink(bytes);
    return stopped ? fail(Errc::limit, "no more is wanted") : Status{};
  });
  return stopped ? Status{} : status;
}

Result<std::vector<verify::Objection>> StoreSource::check_indexes(
    const verify::VerifierState& verified) const {
  IndexCheck check(store_.impl(), verified);
  return check.run();
}

}  // namespace assay::store
