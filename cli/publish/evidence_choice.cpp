#include "cli/publish/evidence_choice.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/verify/evidence_list.hpp"
#include "ledger/verify/notables.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kConfidential = "confidential";

bool is_confidential(std::string classification) {
  std::ranges::transform(classification, classification.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return classification.find(kConfidential) != std::string::npos;
}

/// Why a file is confidential, as the log says it.
using Confidential = std::map<Hash, std::string>;

Status note_classified(const EntryView& entry, Confidential& confidential) {
  for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
    const EventView& event = entry.submission.events[i];
    if (event.type != events::DocumentRegistered::kType) continue;
    ASSAY_TRY(const EventData data, decode_event(event.type, event.version, event.data));
    const auto* const document = event_if<events::DocumentRegistered>(&data);
    if (document == nullptr || !is_confidential(document->classification)) continue;
    confidential.emplace(document->digest, "event " + EventId{entry.index, i}.text() +
                                               " classifies it as " + document->classification);
  }
  return {};
}

struct Named {
  verify::EvidenceList files;
  Confidential confidential;
};

Result<Named> read_named(const store::Store& store, std::uint64_t size) {
  Named named;
  EntryView entry;
  std::vector<verify::Notable> notables;
  verify::NamedFiles files;
  const auto take = [&](std::uint64_t index, std::string_view bytes) -> Status {
    ASSAY_CHECK(parse_entry(bytes, entry));
    // Events that this build does not know name files that it cannot publish; verifying says so.
    static_cast<void>(verify::collect_notables(entry.submission, notables, files));
    for (const Hash& digest : files.digests) named.files.name(digest, index);
    for (const verify::Notable& notable : notables) named.files.take(index, notable.data);
    return note_classified(entry, named.confidential);
  };
  ASSAY_CHECK(store.scan(0, size, take));
  return named;
}

}  // namespace

Result<EvidenceChoice> choose_evidence(const store::Store& store, std::uint64_t size,
                                       verify::EvidenceProfile profile) {
  ASSAY_TRY(const Named named, read_named(store, size));
  EvidenceChoice choice;
  choice.said.profile = profile;
  for (const verify::EvidenceItem& item : named.files.items()) {
    const auto record = store.evidence(item.digest);
    if (!record && record.error().code != Errc::not_found) {
      return std::unexpected(record.error());
    }
    const auto reason = named.confidential.find(item.digest);
    if (!record) {
      (item.erased_by ? choice.erased : choice.missing).push_back(item.digest);
    } else if (profile == verify::EvidenceProfile::public_log) {
      choice.said.withheld.push_back({item.digest, "no evidence files are published to everybody"});
    } else if (profile == verify::EvidenceProfile::tag && reason != named.confidential.end()) {
      choice.said.withheld.push_back({item.digest, reason->second});
    } else {
      choice.published.push_back({item.digest, record->size_bytes});
    }
  }
  std::ranges::sort(choice.said.withheld, {}, &verify::WithheldFile::digest);
  return choice;
}

}  // namespace assay::cli
