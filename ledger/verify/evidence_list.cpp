#include "ledger/verify/evidence_list.hpp"

#include <algorithm>
#include <tuple>

namespace assay::verify {

EvidenceList::EvidenceList(std::vector<EvidenceItem> known) {
  for (EvidenceItem& item : known) {
    const Hash digest = item.digest;
    items_.emplace(digest, std::move(item));
  }
}

EvidenceItem& EvidenceList::item(const Hash& digest, std::uint64_t entry) {
  const auto [at, made] = items_.try_emplace(digest);
  if (made) {
    at->second.digest = digest;
    at->second.entry = entry;
  }
  return at->second;
}

void EvidenceList::name(const Hash& digest, std::uint64_t entry) {
  EvidenceItem& found = item(digest, entry);
  if (!found.named) found.entry = entry;
  found.named = true;
}

void EvidenceList::take(std::uint64_t entry, const EventData& event) {
  if (const auto* added = event_if<events::EvidenceAdded>(&event)) {
    EvidenceItem& found = item(added->digest, entry);
    const EvidenceStatement said{entry, added->digest_sha512.text, added->size_bytes};
    if (!found.stated) {
      found.stated = said;
    } else if (!found.contradicted && (found.stated->sha512 != said.sha512 ||
                                       found.stated->size_bytes != said.size_bytes)) {
      found.contradicted = said;
    }
  } else if (const auto* erased = event_if<events::EvidenceErased>(&event)) {
    item(erased->digest, entry).erased_by = entry;
  } else if (const auto* gone = event_if<events::EvidenceUnavailable>(&event)) {
    if (gone->digest) item(*gone->digest, entry).unavailable_by = entry;
  }
}

std::vector<EvidenceItem> EvidenceList::all() const {
  std::vector<EvidenceItem> all;
  all.reserve(items_.size());
  for (const auto& [digest, found] : items_) all.push_back(found);
  std::ranges::sort(all, {}, &EvidenceItem::digest);
  return all;
}

std::vector<EvidenceItem> EvidenceList::items() const {
  std::vector<EvidenceItem> items;
  for (const auto& [digest, found] : items_) {
    if (found.named) items.push_back(found);
  }
  std::ranges::sort(items, [](const EvidenceItem& a, const EvidenceItem& b) {
    return std::tie(a.entry, a.digest) < std::tie(b.entry, b.digest);
  });
  return items;
}

}  // namespace assay::verify
