#pragma once

/// Holds every index of a store against its log, in both directions: a row that is missing or
/// differs, and a row that no entry accounts for. Indexes decide what is found quickly, so a wrong
/// one misleads whoever trusts it, even where the log is whole.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/store/store_internal.hpp"
#include "ledger/store/subject_marks.hpp"
#include "ledger/verify/claims.hpp"
#include "ledger/verify/state.hpp"

namespace assay::store {

/// Walks an index that has rows in the order of the log. Thread word: thread-compatible.
class RowWalk {
 public:
  RowWalk(const Store::Impl& store, Family family) : rows_(store.iterate(family, true)) {
    rows_->SeekToFirst();
  }
  /// What stands under `key`; empty where nothing does. Rows before it that were never asked for
  /// are counted as strays. Ask in ascending order.
  [[nodiscard]] std::string_view at(std::string_view key);
  /// The strays up to here, and all rows that are left.
  [[nodiscard]] std::uint64_t finish();
  /// Of the first stray.
  [[nodiscard]] const std::string& stray_key() const noexcept { return stray_key_; }
  [[nodiscard]] rocksdb::Status status() const { return rows_->status(); }

 private:
  void pass();
  void stray();

  std::unique_ptr<rocksdb::Iterator> rows_;
  bool answered_ = false;  // the row under the iterator was asked for
  std::uint64_t strays_ = 0;
  std::string stray_key_;
};

/// One check; use it once. Thread word: thread-compatible.
class IndexCheck {
 public:
  IndexCheck(const Store::Impl& store, const verify::VerifierState& verified)
      : store_(store), verified_(verified) {}

  /// The first objections of each index, and how many more there are. Errors: of the run.
  [[nodiscard]] Result<std::vector<verify::Objection>> run();

 private:
  [[nodiscard]] Status check_entries();
  [[nodiscard]] Status check_submission(const EntryView& entry);
  [[nodiscard]] Status check_submission_count();
  [[nodiscard]] Status check_authors();
  [[nodiscard]] Status check_checkpoints();
  [[nodiscard]] Status check_voided();
  [[nodiscard]] Status read_snapshots();
  void check_snapshots(const merkle::CompactRange& tree);
  [[nodiscard]] Status finish(RowWalk& walk, std::string_view index);
  void object(std::string_view index, std::uint64_t entry, std::string message);

  const Store::Impl& store_;
  const verify::VerifierState& verified_;
  struct HeldSnapshot {
    std::string projection;
    merkle::TreeHead at;
  };
  std::vector<HeldSnapshot> snapshots_;  // whole by their own digest
  std::uint64_t submissions_asked_for_ = 0;
  std::vector<verify::Objection> objections_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

}  // namespace assay::store
