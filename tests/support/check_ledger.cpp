#include "tests/support/check_ledger.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>

#include <rocksdb/db.h>

#include "keys/verifier.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "tests/support/rfc6962.hpp"

namespace assay::testing {
namespace {

using Rows = std::map<std::string, std::string>;

std::string big_endian(std::uint64_t number) {
  std::string bytes;
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    bytes.push_back(static_cast<char>((number >> (shift - 8)) & 0xFFU));
  }
  return bytes;
}

/// Every row of every family but those of evidence and snapshots, which the log does not decide.
class RawRows {
 public:
  RawRows(rocksdb::Env* env, const std::string& path, std::vector<std::string>& problems) {
    rocksdb::DBOptions options;
    if (env != nullptr) options.env = env;
    // As the store itself: an unfinished record at the end of a log is what a kill leaves.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    std::vector<std::string> names;
    if (!rocksdb::DB::ListColumnFamilies(options, path, &names).ok()) {
      problems.emplace_back("the families cannot be listed");
      return;
    }
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names)
      families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &db);
    if (!status.ok()) {
      problems.push_back("the rows cannot be read: " + status.ToString());
      return;
    }
    for (std::size_t i = 0; i < handles.size(); ++i) {
      const std::unique_ptr<rocksdb::Iterator> row(
          db->NewIterator(rocksdb::ReadOptions(), handles[i]));
      for (row->SeekToFirst(); row->Valid(); row->Next()) {
        families_[names[i]].emplace(row->key().ToString(), row->value().ToString());
      }
      if (!row->status().ok()) problems.push_back("family " + names[i] + " cannot be read");
    }
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    }
    delete db;
  }
  [[nodiscard]] const Rows& of(const std::string& family) { return families_[family]; }

 private:
  std::map<std::string, Rows> families_;
};

/// What the log says that every index should hold.
struct Expected {
  Rows nodes;
  Rows authors;
  Rows submissions;
  Rows subjects;
};

class Derivation {
 public:
  explicit Derivation(CheckedLedger& checked) : checked_(checked) {}

  void take(const std::string& key, const std::string& bytes) {
    const std::uint64_t index = checked_.entries.size();
    EntryView entry;
    if (key != big_endian(index)) problem(index, "is not where it should be");
    if (!parse_entry(bytes, entry)) return problem(index, "does not parse");
    if (entry.index != index) problem(index, "says it is another");
    if (entry.previous != previous_ && index != 0) problem(index, "follows another entry");
    if (index == 0) origin_of_ = entry.previous;
    if (entry.recorded_at < recorded_at_) problem(index, "goes back in time");
    recorded_at_ = entry.recorded_at;
    previous_ = merkle::leaf_hash(bytes);
    leaves_.push_back(previous_);
    add_nodes(index);
    add_author(index, entry.submission);
    add_marks(index, entry.submission);
    std::string id;
    for (const char c : entry.submission.id) {
      if (c != '-') id.push_back(c);
    }
    expected.submissions[std::string(entry.submission.key.view()) + from_hex(id).value()] =
        big_endian(index);
    checked_.entries.push_back({previous_, entry.submission.key, std::string(entry.submission.id)});
  }
  void compare(const std::string& family, const Rows& wanted, const Rows& found) {
    if (wanted == found) return;
    checked_.problems.push_back("index " + family + " has " + std::to_string(found.size()) +
                                " rows that differ from the " + std::to_string(wanted.size()) +
                                " of the log");
  }
  [[nodiscard]] const Hash& origin_of() const { return origin_of_; }
  [[nodiscard]] const std::vector<Hash>& leaves() const { return leaves_; }

  Expected expected;

 private:
  void problem(std::uint64_t index, const std::string& what) {
    checked_.problems.push_back("entry " + std::to_string(index) + " " + what);
  }
  void add_nodes(std::uint64_t index) {
    std::string row;
    const std::span<const Hash> all(leaves_);
    for (int level = 0; level <= std::countr_one(index); ++level) {
      row += defined_root(all.last(std::size_t{1} << level)).view();
    }
    expected.nodes[big_endian(index)] = row;
  }
  void add_author(std::uint64_t index, const SubmissionView& submission) {
    Stream& stream = streams_[submission.key];
    if (submission.sequence != stream.count) problem(index, "leaves a gap in its author's stream");
    if (submission.previous != stream.last) problem(index, "follows another of its author's");
    ++stream.count;
    stream.last = sha256(submission.bytes);
    if (submission.seen) stream.seen_size = submission.seen->size;
    expected.authors[std::string(submission.key.view())] =
        big_endian(stream.count) + std::string(stream.last.view()) + big_endian(stream.seen_size);
  }
  void add_marks(std::uint64_t index, const SubmissionView& submission) {
    for (std::uint64_t i = 0; i < submission.events.size(); ++i) {
      std::uint64_t hash = 14695981039346656037U;
      for (const char c : submission.events[i].subject) {
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211U;
      }
      marks_.push_back(big_endian((hash >> 24U << 24U) + index % 256 * 65536 + i));
    }
    if (index % 256 != 255) return;
    std::sort(marks_.begin(), marks_.end());
    std::string& row = expected.subjects[big_endian(index / 256)];
    for (const std::string& mark : marks_) row += mark;
    marks_.clear();
  }

  struct Stream {
    std::uint64_t count = 0;
    Hash last;
    std::uint64_t seen_size = 0;
  };
  CheckedLedger& checked_;
  std::vector<Hash> leaves_;
  Hash previous_;
  Hash origin_of_;
  Timestamp recorded_at_{INT64_MIN};
  std::map<Hash, Stream> streams_;
  std::vector<std::string> marks_;
};

void check_checkpoints(const Rows& rows, const std::string& origin, const Signer& log_key,
                       const std::vector<Hash>& leaves, CheckedLedger& checked) {
  const auto public_key = Ed25519PublicKey::from_spki(log_key.verifier().spki()).value();
  const auto verifier =
      make_note_verifier({origin, NoteKeyType::ed25519, public_key}, keys::make_verifier).value();
  for (const auto& [key, note] : rows) {
    const auto opened = open_checkpoint(note, {origin, {verifier.get()}, {}});
    if (!opened) {
      checked.problems.push_back("a checkpoint is bad: " + opened.error().message);
      continue;
    }
    const Checkpoint& checkpoint = opened->checkpoint;
    checked.last_checkpoint = checkpoint.size;
    if (key != big_endian(checkpoint.size) || checkpoint.size > leaves.size() ||
        checkpoint.root !=
            defined_root(std::span(leaves).first(static_cast<std::size_t>(checkpoint.size)))) {
      checked.problems.push_back("the checkpoint of size " + std::to_string(checkpoint.size) +
                                 " is not of this log");
    }
  }
}

}  // namespace

Hash CheckedLedger::root() const {
  std::vector<Hash> leaves;
  for (const CheckedEntry& entry : entries) leaves.push_back(entry.leaf);
  return defined_root(leaves);
}

CheckedLedger check_ledger(rocksdb::Env* env, const std::string& directory, const Signer& log_key) {
  CheckedLedger checked;
  RawRows rows(env, directory + "/db", checked.problems);
  const std::string origin =
      rows.of("default").count("origin") == 0 ? std::string() : rows.of("default").at("origin");
  Derivation log(checked);
  for (const auto& [key, bytes] : rows.of("entries")) {
    std::string entry;
    if (!store::unpack_entry(bytes, entry)) checked.problems.emplace_back("an entry's row is none");
    log.take(key, entry);
  }
  if (!checked.entries.empty() && log.origin_of() != sha256(origin)) {
    checked.problems.emplace_back("entry 0 does not follow the origin");
  }
  log.compare("nodes", log.expected.nodes, rows.of("nodes"));
  log.compare("authors", log.expected.authors, rows.of("authors"));
  log.compare("submissions", log.expected.submissions, rows.of("submissions"));
  log.compare("subjects", log.expected.subjects, rows.of("subjects"));
  check_checkpoints(rows.of("checkpoints"), origin, log_key, log.leaves(), checked);
  return checked;
}

}  // namespace assay::testing
