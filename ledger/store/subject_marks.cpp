#include "ledger/store/subject_marks.hpp"

#include <algorithm>

#include "ledger/base/limits.hpp"

namespace assay::store {
namespace {

constexpr unsigned kEntryBits = 8;
constexpr unsigned kPositionBits = 16;
constexpr std::size_t kMarkSizeBytes = 8;
static_assert(kBundleEntries == 1U << kEntryBits);
static_assert(limits::kEventsPerSubmission <= 1U << kPositionBits);

std::uint64_t read_mark(std::string_view row, std::size_t number) noexcept {
  std::uint64_t mark = 0;
  for (const char byte : row.substr(number * kMarkSizeBytes, kMarkSizeBytes)) {
    mark = (mark << 8U) | static_cast<unsigned char>(byte);
  }
  return mark;
}

}  // namespace

std::uint64_t subject_hash(std::string_view subject) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a, 64 bits
  for (const char byte : subject) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  return hash >> (kEntryBits + kPositionBits);
}

void append_marks(std::vector<SubjectMark>& marks, std::uint64_t index,
                  const SubmissionView& submission) {
  std::uint64_t position = 0;
  for (const EventView& event : submission.events) {
    marks.push_back(subject_hash(event.subject) << (kEntryBits + kPositionBits) |
                    (index % kBundleEntries) << kPositionBits | position++);
  }
}

std::string encode_marks(std::vector<SubjectMark>& marks) {
  std::sort(marks.begin(), marks.end());
  std::string row(marks.size() * kMarkSizeBytes, '\0');
  char* at = row.data();
  for (const SubjectMark mark : marks) {
    for (unsigned shift = 64; shift > 0; shift -= 8) {
      *at++ = static_cast<char>((mark >> (shift - 8)) & 0xFFU);
    }
  }
  return row;
}

Result<std::vector<MarkedEvent>> find_marks(std::string_view row, std::uint64_t bundle,
                                            std::uint64_t hash) {
  if (row.size() % kMarkSizeBytes != 0) {
    return fail(Errc::malformed, "subject row " + std::to_string(bundle) + " has a broken mark");
  }
  const std::uint64_t first = hash << (kEntryBits + kPositionBits);
  std::size_t low = 0;
  std::size_t high = row.size() / kMarkSizeBytes;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (read_mark(row, middle) < first) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<MarkedEvent> found;
  for (; low < row.size() / kMarkSizeBytes; ++low) {
    const std::uint64_t mark = read_mark(row, low);
    if (mark >> (kEntryBits + kPositionBits) != hash) break;
    const std::uint64_t entry = (mark >> kPositionBits) % kBundleEntries;
    found.push_back({bundle * kBundleEntries + entry, mark & ((1U << kPositionBits) - 1)});
  }
  return found;
}

}  // namespace assay::store
