#pragma once

/// The part of an append that happens one submission at a time: everything that depends on what
/// stands in the log before it. It runs ahead of the disk: entries that were placed and are not
/// durable yet count, so that the next group forms while one is being synced.

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include <rocksdb/write_batch.h>

#include "ledger/store/prepare_internal.hpp"
#include "ledger/store/store_internal.hpp"
#include "ledger/store/subject_marks.hpp"

namespace assay::store {

/// Entries that become durable together.
struct Batch {
  rocksdb::WriteBatch rows;
  std::set<Hash> authors;  ///< whose streams moved
  merkle::TreeHead head;   ///< after its last entry
  std::uint64_t first_index = 0;
};

/// A submission got a place in the batch; the receipt lacks only the checkpoint.
struct Placed {
  Receipt receipt;
};
/// The same events stand in a batch that is not durable yet; they share its fate.
struct PlacedBefore {
  Receipt receipt;
};
/// The same events are durable since an earlier batch.
struct RecordedBefore {
  Receipt receipt;
};
using Placement = std::variant<Placed, PlacedBefore, RecordedBefore>;

/// Thread word: thread-compatible.
class Sequencer {
 public:
  Sequencer(const WriterParts& parts, const WriterOptions& options, SharedKeyring& keyring,
            LogEnd end, verify::AuthorStreams streams);

  /// Judges a submission and adds its rows to `batch`. An error changes nothing.
  [[nodiscard]] Result<Placement> place(Prepared& prepared, Batch& batch);
  /// Adds what is written once a batch.
  void close(Batch& batch);
  /// The first `size` entries are durable and released: the store answers for them from here on.
  void settle(std::uint64_t size);

  /// Whether these events could be recorded at this time. Errors: clock.
  [[nodiscard]] Status check_clock(const SubmissionView& submission) const;

  [[nodiscard]] merkle::TreeHead head() const { return end_.tree.head(); }

 private:
  /// What is known of a submission that is not settled.
  struct Unsettled {
    Receipt receipt;
    std::shared_ptr<const std::string> text;
    std::string_view events;  // into `text`
  };

  [[nodiscard]] Status check_author(Prepared& prepared);
  [[nodiscard]] Result<std::optional<Placement>> find_recorded(const Prepared& prepared) const;
  [[nodiscard]] Result<Placement> recorded(std::uint64_t index, const Prepared& prepared) const;
  [[nodiscard]] Status check_log(const SubmissionView& submission) const;
  [[nodiscard]] Status check_seen(const SubmissionView& submission);
  [[nodiscard]] Result<Timestamp> time_of(const SubmissionView& submission) const;
  [[nodiscard]] bool is_clock_reset(const EventId& address) const;
  [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index) const;
  void add_rows(const Prepared& prepared, const EntryView& entry, Batch& batch);

  Store::Impl& store_;
  verify::Rules& rules_;
  SharedKeyring& keyring_;
  std::function<Timestamp()> now_;
  WriterOptions options_;
  LogEnd end_;
  verify::AuthorStreams streams_;
  std::vector<SubjectMark> marks_;     // of the last bundle, which is not full
  std::optional<Seen> last_seen_;      // the last pair that was checked: most authors repeat it
  std::deque<std::string> node_rows_;  // of entries that are not settled
  std::unordered_map<std::string, Unsettled> unsettled_;
  std::deque<std::pair<std::uint64_t, std::string>> unsettled_order_;  // index, key of unsettled_

 public:
  /// Reads the marks of the last bundle. Part of opening. Errors: those of scan, malformed.
  [[nodiscard]] Status load_marks(const Store& store);
};

}  // namespace assay::store
