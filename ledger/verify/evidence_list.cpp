#include "ledger/verify/evidence_list.hpp"

#include <algorithm>
#include <tuple>

namespace assay::verify {

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
  if (const auto* added = std::get_if<events::EvidenceAdded>(&event)) {
    EvidenceItem& found = item(added->digest, entry);
    if (found.size_bytes &&
        (*found.size_bytes != added->size_bytes || found.sha512 != added->digest_sha512.text)) {
      found.contradicted_by = entry;
    } else {
      found.size_bytes = added->size_bytes;
      found.sha512 = added->digest_sha512.text;
    }
  } else if (const auto* erased = std::get_if<events::EvidenceErased>(&event)) {
    item(erased->digest, entry).erased_by = entry;
  } else if (const auto* gone = std::get_if<events::EvidenceUnavailable>(&event)) {
    if (gone->digest) item(*gone->digest, entry).unavailable_by = entry;
  }
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
