#include "cli/assess/fold_cache.hpp"

#include "ledger/format/entry.hpp"

namespace assay::cli {
namespace {

Result<projections::ProgrammeFold> fold_source(const verify::Source& source, std::uint64_t size) {
  projections::ProgrammeFold fold;
  EntryView entry;
  Status parsed;
  ASSAY_CHECK(source.read(0, size, [&](std::uint64_t, std::string_view bytes) {
    if (parsed) parsed = parse_entry(bytes, entry);
    if (parsed) fold.admit(entry, verify::OnObjection::keep_on);
  }));
  if (!parsed) return std::unexpected(std::move(parsed).error());
  return fold;
}

Result<std::string> read_entry(const verify::Source& source, std::uint64_t index) {
  std::string found;
  ASSAY_CHECK(
      source.read(index, index + 1, [&](std::uint64_t, std::string_view bytes) { found = bytes; }));
  return found;
}

}  // namespace

FoldCache::FoldCache(const Run& run, const LedgerSession& session)
    : fold_at_([&](std::uint64_t size) { return session.fold_at(run, size); }),
      entry_([&](std::uint64_t index) { return session.store().entry(index); }),
      head_(session.fold()) {}

FoldCache::FoldCache(const verify::Source& source, const projections::ProgrammeFold& head)
    : fold_at_([&](std::uint64_t size) { return fold_source(source, size); }),
      entry_([&](std::uint64_t index) { return read_entry(source, index); }),
      head_(head) {}

Result<const projections::ProgrammeFold*> FoldCache::at(std::uint64_t size) {
  if (size == head_.size()) return &head_;
  auto found = folds_.find(size);
  if (found == folds_.end()) {
    ASSAY_TRY(projections::ProgrammeFold fold, fold_at_(size));
    found = folds_.emplace(size, std::move(fold)).first;
  }
  return &found->second;
}

Result<Timestamp> FoldCache::recorded_at(std::uint64_t index) const {
  ASSAY_TRY(const std::string bytes, entry_(index));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  return entry.recorded_at;
}

}  // namespace assay::cli
