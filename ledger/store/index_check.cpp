#include <algorithm>

#include "ledger/base/encoding.hpp"
#include "ledger/format/binary_archive.hpp"
#include "ledger/format/note.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/index_check_internal.hpp"
#include "ledger/store/snapshots_internal.hpp"
#include "ledger/store/status_internal.hpp"

namespace assay::store {
namespace {

/// Objections that are spelled out for one index; the rest are counted.
constexpr std::uint64_t kSpelledOut = 20;

/// What the log says about itself, entry by entry, as the writer's rows should say it too.
struct Rederived {
  merkle::CompactRange tree;
  std::string nodes;
  std::vector<SubjectMark> marks;

  void take(std::string_view bytes, const EntryView& entry) {
    nodes.clear();
    tree.append(merkle::leaf_hash(bytes),
                [this](merkle::NodeId, const Hash& hash) { nodes += hash.view(); });
    append_marks(marks, entry.index, entry.submission);
  }
};

std::string shown(std::string_view key) { return to_hex(key); }

}  // namespace

std::string_view RowWalk::at(std::string_view key) {
  if (answered_) pass();
  while (rows_->Valid() && rows_->key().ToStringView() < key) {
    stray();
    pass();
  }
  if (!rows_->Valid() || rows_->key().ToStringView() != key) return {};
  answered_ = true;
  return rows_->value().ToStringView();
}

void RowWalk::pass() {
  rows_->Next();
  answered_ = false;
}

void RowWalk::stray() {
  if (strays_++ == 0) stray_key_ = rows_->key().ToString();
}

std::uint64_t RowWalk::finish() {
  if (answered_) pass();
  for (; rows_->Valid(); rows_->Next()) stray();
  return strays_;
}

Result<std::vector<verify::Objection>> IndexCheck::run() {
  ASSAY_CHECK(read_snapshots());
  ASSAY_CHECK(check_entries());
  ASSAY_CHECK(check_authors());
  ASSAY_CHECK(check_checkpoints());
  ASSAY_CHECK(check_voided());
  for (const auto& [index, count] : counts_) {
    if (count <= kSpelledOut) continue;
    objections_.push_back(
        {verify::Claim::indexes,
         Error{Errc::tampered_hash,
               "index " + index + " has " + std::to_string(count - kSpelledOut) + " more such rows",
               {},
               std::nullopt}});
  }
  return std::move(objections_);
}

void IndexCheck::object(std::string_view index, std::uint64_t entry, std::string message) {
  auto found = counts_.find(index);
  if (found == counts_.end()) found = counts_.emplace(std::string(index), 0).first;
  if (++found->second > kSpelledOut) return;
  objections_.push_back(
      {verify::Claim::indexes,
       Error{Errc::tampered_hash, "index " + std::string(index) + ": " + std::move(message),
             "the log itself decides: restore a copy, and compare", entry}});
}

Status IndexCheck::finish(RowWalk& walk, std::string_view index) {
  if (const std::uint64_t strays = walk.finish(); strays > 0) {
    object(index, verified_.size,
           std::to_string(strays) + " rows belong to no entry, the first is " +
               shown(walk.stray_key()));
  }
  return checked(walk.status(), "read index " + std::string(index));
}

Status IndexCheck::check_entries() {
  RowWalk entries(store_, Family::entries);
  RowWalk nodes(store_, Family::nodes);
  RowWalk subjects(store_, Family::subjects);
  Rederived log;
  std::string bytes;
  EntryView entry;
  for (std::uint64_t index = 0; index < verified_.size; ++index) {
    const IndexKey key = index_key(index);
    if (!unpack_entry(entries.at(view(key)), bytes) || !parse_entry(bytes, entry)) {
      ASSAY_CHECK(checked(entries.status(), "read entry " + std::to_string(index)));
      object("entries", index, "entry " + std::to_string(index) + " cannot be read");
      return {};
    }
    log.take(bytes, entry);
    check_snapshots(log.tree);
    if (nodes.at(view(key)) != log.nodes) {
      object("nodes", index, "the hashes of entry " + std::to_string(index) + " differ");
    }
    ASSAY_CHECK(check_submission(entry));
    if ((index + 1) % kBundleEntries != 0) continue;
    const std::uint64_t bundle = index / kBundleEntries;
    if (subjects.at(view(index_key(bundle))) != encode_marks(log.marks)) {
      object("subjects", index - (kBundleEntries - 1),
             "the subjects of entries from " + std::to_string(bundle * kBundleEntries) + " to " +
                 std::to_string(index) + " differ");
    }
    log.marks.clear();
  }
  ASSAY_CHECK(finish(entries, "entries"));
  ASSAY_CHECK(finish(nodes, "nodes"));
  ASSAY_CHECK(finish(subjects, "subjects"));
  return check_submission_count();
}

Status IndexCheck::check_submission(const EntryView& entry) {
  ASSAY_TRY(const std::string key, submission_key(entry.submission.key, entry.submission.id));
  rocksdb::PinnableSlice row;
  Status found = store_.get(Family::submissions, key, row, "look for a submission");
  if (!found && found.error().code != Errc::not_found) return found;
  if (found) ++submissions_asked_for_;
  if (found && row.ToStringView() == view(index_key(entry.index))) return {};
  object("submissions", entry.index,
         "submission " + std::string(entry.submission.id) + " of entry " +
             std::to_string(entry.index) + (found ? " is said to be elsewhere" : " is missing"));
  return {};
}

/// The rows that entries asked for are known by now; so any further row belongs to none.
Status IndexCheck::check_submission_count() {
  std::uint64_t rows = 0;
  const auto row = store_.iterate(Family::submissions, true);
  for (row->SeekToFirst(); row->Valid(); row->Next()) ++rows;
  ASSAY_CHECK(checked(row->status(), "count the submissions"));
  if (rows > submissions_asked_for_) {
    object("submissions", verified_.size,
           std::to_string(rows - submissions_asked_for_) + " rows belong to no entry");
  }
  return {};
}

Status IndexCheck::check_authors() {
  RowWalk rows(store_, Family::authors);
  for (const auto& [author, head] : verified_.authors.heads()) {
    if (rows.at(author.view()) != to_binary(head)) {
      object("authors", verified_.size, "the stream of key " + author.hex() + " ends elsewhere");
    }
  }
  return finish(rows, "authors");
}

/// What a snapshot says of a state is another claim's question; here, that it is what was written.
Status IndexCheck::read_snapshots() {
  const auto rows = store_.iterate(Family::snapshots);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    const std::string projection = rows->key().ToString();
    const auto snapshot = read_snapshot_row(projection, rows->value().ToStringView());
    if (!snapshot) {
      object("snapshots", verified_.size, snapshot.error().message);
    } else if (snapshot->at.size > verified_.size || snapshot->at.size == 0) {
      object("snapshots", verified_.size,
             "the snapshot of " + projection + " is of " + std::to_string(snapshot->at.size) +
                 " entries");
    } else {
      snapshots_.push_back({projection, snapshot->at});
    }
  }
  return checked(rows->status(), "read the snapshots");
}

/// That it is of this log.
void IndexCheck::check_snapshots(const merkle::CompactRange& tree) {
  for (const HeldSnapshot& held : snapshots_) {
    if (held.at.size != tree.size() || held.at.root == tree.root()) continue;
    object("snapshots", tree.size() - 1,
           "the snapshot of " + held.projection + " is of another log of that size");
  }
}

Status IndexCheck::check_voided() {
  RowWalk rows(store_, Family::voided);
  for (const auto& [digest, entry] : verified_.voided) {
    if (rows.at(digest.view()) != view(index_key(entry))) {
      object("voided", entry,
             "entry " + std::to_string(entry) + " voids a submission, of which the row differs");
    }
  }
  return finish(rows, "voided");
}

/// Whether a checkpoint is of this log is another claim's question; here, that it stands under the
/// size that it states, and not beyond the log.
Status IndexCheck::check_checkpoints() {
  const auto rows = store_.iterate(Family::checkpoints, true);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    const auto size = read_index_key(rows->key().ToStringView());
    const auto note = parse_note(rows->value().ToStringView());
    const auto stated = note ? parse_checkpoint(note->text) : std::unexpected(note.error());
    if (!size || !stated || stated->size != *size) {
      object("checkpoints", size.value_or(0),
             "under " + shown(rows->key().ToStringView()) + " stands no checkpoint of that size");
    } else if (*size > verified_.size) {
      object("checkpoints", verified_.size,
             "there is a checkpoint of " + std::to_string(*size) + " entries");
    }
  }
  return checked(rows->status(), "read the checkpoints");
}

}  // namespace assay::store
