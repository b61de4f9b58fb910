#include "ledger/verify/tainted.hpp"

#include "ledger/verify/waves.hpp"

namespace assay::verify {

Status find_tainted(const Source& source, std::uint64_t size, std::vector<Taint>& taints) {
  if (taints.empty()) return {};
  const auto unread = [&](std::uint64_t count) {
    for (Taint& taint : taints) taint.unread += count;
  };
  EntryView entry;
  std::uint64_t next = 0;
  const auto look = [&](std::uint64_t index, std::string_view bytes) {
    next = index + 1;
    if (!parse_entry(bytes, entry)) return unread(1);
    for (Taint& taint : taints) {
      if (entry.submission.key == taint.key && entry.recorded_at >= taint.since) {
        taint.entries.push_back(index);
      }
    }
  };
  while (next < size) {
    Status status = source.read(next, size, look);
    if (status) return {};
    if (!is_evidence(status.error().code)) {
      unread(size - next);
      return status;
    }
    unread(1);
    ++next;
  }
  return {};
}

}  // namespace assay::verify
