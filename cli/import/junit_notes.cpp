#include "cli/import/junit_notes.hpp"

#include <utility>

#include "cli/import/junit_limits.hpp"

namespace assay::import {

void JunitNotes::add(std::string_view code, std::string sentence, const Position& at,
                     std::uint64_t count) {
  Kept& kept = by_code_[code];
  for (const std::size_t i : kept.notes) {
    if (notes_[i].sentence != sentence) continue;
    notes_[i].count += count;
    return;
  }
  if (kept.notes.size() < limits::kSentencesPerCode) {
    kept.notes.push_back(notes_.size());
    notes_.push_back({code, std::move(sentence), count, at});
    return;
  }
  if (kept.further == 0) {
    notes_.push_back({code, "and further ones of this kind", 0, at});
    kept.further = notes_.size();
  }
  notes_[kept.further - 1].count += count;
}

std::vector<JunitNote> JunitNotes::take() {
  by_code_.clear();
  return std::exchange(notes_, {});
}

}  // namespace assay::import
