#include <bit>

#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/status_internal.hpp"
#include "ledger/store/store_internal.hpp"
#include "ledger/store/subject_marks.hpp"

/// Reading the log: entries, nodes of its tree, and what is said about a subject.

namespace assay::store {
namespace {

Error hole(std::uint64_t index) {
  return Error{Errc::tampered_order, "entry " + std::to_string(index) + " is missing from the log",
               "restore a copy of the ledger, and compare it with a pinned checkpoint", index};
}

Error beyond(std::uint64_t index, std::uint64_t size) {
  return Error{Errc::not_found,
               "the log has no entry " + std::to_string(index) + ": it ends at " +
                   std::to_string(size) + " entries",
               {},
               std::nullopt};
}

}  // namespace

Result<Hash> node_in_row(std::string_view row, unsigned level, std::uint64_t entry) {
  const auto completed = static_cast<std::size_t>(std::countr_one(entry)) + 1;
  if (row.size() != completed * Hash::kSizeBytes || level >= completed) {
    return std::unexpected(Error{Errc::tampered_hash,
                                 "the hashes of entry " + std::to_string(entry) + " are a row of " +
                                     std::to_string(row.size()) + " bytes",
                                 {},
                                 entry});
  }
  return Hash::from_bytes(row.substr(level * Hash::kSizeBytes, Hash::kSizeBytes));
}

Result<Hash> read_node(const Store::Impl& store, unsigned level, std::uint64_t index) {
  constexpr unsigned kLevelMax = 62;
  if (level > kLevelMax || index >= merkle::kTreeSizeMax >> level) {
    return fail(Errc::not_found, "no tree has a node at level " + std::to_string(level));
  }
  const std::uint64_t entry = ((index + 1) << level) - 1;
  rocksdb::PinnableSlice row;
  ASSAY_CHECK(store.get(Family::nodes, view(index_key(entry)), row,
                        "read the hashes of entry " + std::to_string(entry)));
  return node_in_row(row.ToStringView(), level, entry);
}

Result<std::string> Store::entry(std::uint64_t index) const {
  if (index >= size()) return std::unexpected(beyond(index, size()));
  std::string bytes;
  Status found = impl_->get_entry(index, bytes, "read entry " + std::to_string(index));
  if (!found && found.error().code == Errc::not_found) return std::unexpected(hole(index));
  if (!found) return std::unexpected(std::move(found).error().at_entry(index));
  return bytes;
}

Status Store::scan(std::uint64_t from, std::uint64_t to, const EntryVisitor& visit) const {
  if (from >= to) return {};
  if (to > size()) return std::unexpected(beyond(to - 1, size()));
  const auto rows = impl_->iterate(Family::entries, true);
  std::string bytes;
  std::uint64_t next = from;
  for (rows->Seek(view(index_key(from))); rows->Valid() && next < to; rows->Next(), ++next) {
    if (rows->key().ToStringView() != view(index_key(next))) break;
    if (Status unpacked = unpack_entry(rows->value().ToStringView(), bytes); !unpacked) {
      return std::unexpected(std::move(unpacked).error().at_entry(next));
    }
    ASSAY_CHECK(visit(next, bytes));
  }
  if (Status status = checked(rows->status(), "read entry " + std::to_string(next)); !status) {
    return std::unexpected(std::move(status).error().at_entry(next));
  }
  if (next < to) return std::unexpected(hole(next));
  return {};
}

Result<Hash> Store::node(unsigned level, std::uint64_t index) const {
  return read_node(*impl_, level, index);
}

merkle::NodeReader Store::nodes() const {
  return [this](unsigned level, std::uint64_t index) { return node(level, index); };
}

namespace {

/// The last bundle is not full and has no row: its entries are read instead.
Status find_in_tail(const Store& store, std::uint64_t from, std::uint64_t to,
                    std::string_view subject, std::vector<EventId>& found) {
  EntryView entry;
  return store.scan(from, to, [&](std::uint64_t index, std::string_view bytes) -> Status {
    ASSAY_CHECK(parse_entry(bytes, entry));
    for (std::uint64_t i = 0; i < entry.submission.events.size(); ++i) {
      if (entry.submission.events[i].subject == subject) found.push_back({index, i});
    }
    return {};
  });
}

/// Keeps the marks that are of this subject indeed.
Status confirm(const Store& store, const std::vector<MarkedEvent>& marks, std::string_view subject,
               std::vector<EventId>& found) {
  EntryView entry;
  std::string bytes;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (i == 0 || marks[i].entry != marks[i - 1].entry) {
      ASSAY_TRY(bytes, store.entry(marks[i].entry));
      ASSAY_CHECK(parse_entry(bytes, entry));
    }
    const auto& events = entry.submission.events;
    if (marks[i].position < events.size() && events[marks[i].position].subject == subject) {
      found.push_back({marks[i].entry, marks[i].position});
    }
  }
  return {};
}

}  // namespace

Result<std::vector<EventId>> Store::events_about(std::string_view subject) const {
  const std::uint64_t end = size();
  const std::uint64_t bundles = end / kBundleEntries;
  const std::uint64_t hash = subject_hash(subject);
  std::vector<EventId> found;
  const auto rows = impl_->iterate(Family::subjects, true);
  std::uint64_t next = 0;
  for (rows->SeekToFirst(); rows->Valid() && next < bundles; rows->Next(), ++next) {
    if (rows->key().ToStringView() != view(index_key(next))) break;
    ASSAY_TRY(const auto marks, find_marks(rows->value().ToStringView(), next, hash));
    ASSAY_CHECK(confirm(*this, marks, subject, found));
  }
  ASSAY_CHECK(checked(rows->status(), "read the subject index"));
  if (next < bundles) return std::unexpected(hole(next * kBundleEntries).in("the subject index"));
  ASSAY_CHECK(find_in_tail(*this, bundles * kBundleEntries, end, subject, found));
  return found;
}

Result<std::uint64_t> Store::last_touched(std::string_view subject) const {
  const std::uint64_t end = size();
  const std::uint64_t bundles = end / kBundleEntries;
  std::vector<EventId> found;
  ASSAY_CHECK(find_in_tail(*this, bundles * kBundleEntries, end, subject, found));
  const std::uint64_t hash = subject_hash(subject);
  for (std::uint64_t bundle = bundles; bundle-- > 0 && found.empty();) {
    rocksdb::PinnableSlice row;
    ASSAY_CHECK(impl_->get(Family::subjects, view(index_key(bundle)), row,
                           "read subject row " + std::to_string(bundle)));
    ASSAY_TRY(const auto marks, find_marks(row.ToStringView(), bundle, hash));
    ASSAY_CHECK(confirm(*this, marks, subject, found));
  }
  return found.empty() ? 0 : found.back().entry + 1;
}

}  // namespace assay::store
