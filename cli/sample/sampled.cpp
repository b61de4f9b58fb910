#include "cli/sample/sampled.hpp"

#include <algorithm>

#include "cli/terminal/progress.hpp"
#include "ledger/format/entry.hpp"

namespace assay::cli {
namespace {

Status take_entry(std::string_view bytes, EntryView& entry, EventData& data,
                  projections::Population& population) {
  ASSAY_CHECK(parse_entry(bytes, entry));
  for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
    const EventView& event = entry.submission.events[i];
    if (!population.wants(event.type, event.version)) continue;
    ASSAY_CHECK(decode_event(*find_event_type(event.type, event.version), event.data, data));
    population.take({entry.index, i}, data);
  }
  return {};
}

Status append_files_of(const store::Store& store, const EventId& id, std::vector<Hash>& files) {
  ASSAY_TRY(const std::string bytes, store.entry(id.entry));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  const EventView& event = entry.submission.events.at(id.position);
  ASSAY_TRY(const EventData data, decode_event(event.type, event.version, event.data));
  append_evidence_files(data, files);
  return {};
}

Result<std::vector<SampledFile>> files_of(const store::Store& store, const std::string& name,
                                          const projections::MemberTrail& trail) {
  std::vector<Hash> digests;
  if (const auto file = Hash::from_hex(name)) {
    digests.push_back(*file);  // a file is its own evidence; others of the same event are not drawn
  } else {
    for (const EventId& event : trail.events) {
      ASSAY_CHECK(append_files_of(store, event, digests));
    }
  }
  std::vector<SampledFile> files;
  for (const Hash& digest : digests) {
    if (std::ranges::find(files, digest, &SampledFile::digest) != files.end()) continue;
    const auto record = store.evidence(digest);
    if (!record && record.error().code != Errc::not_found) return std::unexpected(record.error());
    files.push_back({digest, record ? std::optional(record->size_bytes) : std::nullopt});
  }
  return files;
}

}  // namespace

Result<std::vector<std::string>> read_names(const Run& run, const LedgerSession& session,
                                            std::uint64_t size,
                                            projections::Population& population) {
  if (!population.wants_events()) return population.names();
  Progress progress(run, "reading", size);
  EntryView entry;
  EventData data;
  ASSAY_CHECK(session.store().scan(0, size, [&](std::uint64_t index, std::string_view bytes) {
    if (index % 1024 == 0) progress.update(index);
    return take_entry(bytes, entry, data, population);
  }));
  progress.finish();
  return population.names();
}

Result<std::vector<SampledMember>> look_up(const LedgerSession& session,
                                           const projections::Population& population,
                                           std::vector<projections::Ticket> tickets) {
  std::vector<SampledMember> members;
  for (projections::Ticket& ticket : tickets) {
    const projections::MemberTrail trail = population.trail_of(ticket.member);
    SampledMember member;
    ASSAY_TRY(member.files, files_of(session.store(), ticket.member, trail));
    const bool is_named = !trail.subject.empty() && !Hash::from_hex(ticket.member);
    member.why = is_named ? trail.subject : ticket.member;
    member.events = trail.events;
    member.ticket = std::move(ticket);
    members.push_back(std::move(member));
  }
  return members;
}

}  // namespace assay::cli
