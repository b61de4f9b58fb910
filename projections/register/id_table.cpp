#include "projections/register/id_table.hpp"

#include <algorithm>

namespace assay::projections {

const IdEntry* IdTable::find(std::string_view key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

IdEntry& IdTable::change(std::string_view key) {
  auto found = entries_.find(key);
  if (found != entries_.end()) {
    // Events of one submission are mostly about the same things: one note of each is enough.
    if (undo_.empty() || undo_.back().entry != &*found) undo_.push_back({&*found, found->second});
  } else {
    found = entries_.emplace(std::string(key), IdEntry{}).first;
    undo_.push_back({&*found, std::nullopt});
  }
  return found->second;
}

void IdTable::roll_back() {
  for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
    if (undo->before) {
      undo->entry->second = *undo->before;
    } else {
      entries_.erase(entries_.find(undo->entry->first));
    }
  }
  undo_.clear();
}

std::vector<IdRow> IdTable::sorted_rows() const {
  std::vector<IdRow> rows;
  rows.reserve(entries_.size());
  for (const auto& [id, entry] : entries_) {
    rows.push_back({id, entry.parts, entry.state, entry.touched_size});
  }
  std::sort(rows.begin(), rows.end(), [](const IdRow& a, const IdRow& b) { return a.id < b.id; });
  return rows;
}

void IdTable::assign(std::vector<IdRow> rows) {
  entries_.clear();
  undo_.clear();
  for (IdRow& row : rows) {
    entries_.emplace(std::move(row.id), IdEntry{row.state, row.parts, row.touched_size});
  }
}

}  // namespace assay::projections
