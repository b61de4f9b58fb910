#include <bit>

#include "ledger/events/governance.hpp"
#include "ledger/format/binary_archive.hpp"
#include "ledger/store/clock_rule.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/sequencer_internal.hpp"
#include "ledger/store/status_internal.hpp"

namespace assay::store {

Sequencer::Sequencer(const WriterParts& parts, const WriterOptions& options, SharedKeyring& keyring,
                     LogEnd end, verify::AuthorStreams streams)
    : store_(parts.store.impl()),
      rules_(parts.rules),
      keyring_(keyring),
      now_(parts.now),
      options_(options),
      end_(std::move(end)),
      streams_(std::move(streams)) {}

Status Sequencer::load_marks(const Store& store) {
  const std::uint64_t size = end_.tree.size();
  EntryView entry;
  return store.scan(size - size % kBundleEntries, size,
                    [&](std::uint64_t index, std::string_view bytes) -> Status {
                      ASSAY_CHECK(parse_entry(bytes, entry));
                      append_marks(marks_, index, entry.submission);
                      return {};
                    });
}

Result<Placement> Sequencer::place(Prepared& prepared, Batch& batch) {
  EntryView& entry = prepared.entry;
  const SubmissionView& submission = entry.submission;
  ASSAY_CHECK(check_author(prepared));
  ASSAY_TRY(const std::optional<Placement> known, find_recorded(prepared));
  if (known) return *known;
  ASSAY_CHECK(check_log(submission));
  ASSAY_CHECK(streams_.check(submission, end_.tree.size()));
  ASSAY_CHECK(check_seen(submission));

  entry.index = end_.tree.size();
  entry.previous = end_.last_leaf;
  ASSAY_TRY(entry.recorded_at, time_of(submission));
  ASSAY_TRY(const std::string bytes, format_entry(entry.index, entry.previous, entry.recorded_at,
                                                  entry.signatures, submission.bytes));
  entry.bytes = bytes;
  const auto objections = rules_.admit(entry, verify::OnObjection::refuse);
  if (!objections.empty()) return std::unexpected(objections.front().error);
  // The rules have folded the entry: from here on nothing can fail but by a bug.
  const Status learnt = keyring_.learn(submission);
  ASSAY_ASSERT(learnt.has_value());
  add_rows(prepared, entry, batch);

  Receipt receipt{entry.index, end_.last_leaf, entry.recorded_at, false, 0, {}};
  Unsettled& unsettled = unsettled_[prepared.id_key];
  unsettled.receipt = receipt;
  unsettled.text = prepared.text;
  unsettled.events = submission.events_bytes;
  unsettled_order_.emplace_back(entry.index, prepared.id_key);
  entry.bytes = {};
  return Placed{std::move(receipt)};
}

Status Sequencer::check_author(Prepared& prepared) {
  if (prepared.signatures_checked) return {};
  // The key was unknown when the submission was prepared; an entry placed since may have brought
  // it.
  ASSAY_TRY(prepared.signatures_checked, keyring_.check(prepared.entry));
  if (prepared.signatures_checked) return {};
  return fail(Errc::unauthorised,
              "key " + prepared.entry.submission.key.hex() + " is not registered in this log",
              "have it registered first, or sign with a key that is");
}

Result<std::optional<Placement>> Sequencer::find_recorded(const Prepared& prepared) const {
  const auto found = unsettled_.find(prepared.id_key);
  if (found != unsettled_.end()) {
    if (found->second.events != prepared.entry.submission.events_bytes) {
      return fail(Errc::conflict,
                  "submission " + std::string(prepared.entry.submission.id) + " is entry " +
                      std::to_string(found->second.receipt.index) + " already, with other events",
                  "give new events a submission id of their own");
    }
    Receipt receipt = found->second.receipt;
    receipt.duplicate = true;
    if (options_.dry_run) return Placement(RecordedBefore{std::move(receipt)});
    return Placement(PlacedBefore{std::move(receipt)});
  }
  rocksdb::PinnableSlice row;
  Status got = store_.get(Family::submissions, prepared.id_key, row, "look for a submission");
  if (!got && got.error().code == Errc::not_found) return std::nullopt;
  ASSAY_CHECK(std::move(got));
  ASSAY_TRY(const std::uint64_t index, read_index_key(row.ToStringView()));
  ASSAY_TRY(Placement placement, recorded(index, prepared));
  return placement;
}

Result<Placement> Sequencer::recorded(std::uint64_t index, const Prepared& prepared) const {
  std::string bytes;
  ASSAY_CHECK(store_.get_entry(index, bytes, "read entry " + std::to_string(index)));
  EntryView first;
  ASSAY_CHECK(parse_entry(bytes, first));
  // The events are compared themselves: a hash beside the index could only say less.
  if (first.submission.events_bytes != prepared.entry.submission.events_bytes) {
    return fail(Errc::conflict,
                "submission " + std::string(prepared.entry.submission.id) + " is entry " +
                    std::to_string(index) + " already, with other events",
                "give new events a submission id of their own");
  }
  return RecordedBefore{{index, merkle::leaf_hash(first.bytes), first.recorded_at, true, 0, {}}};
}

Status Sequencer::check_log(const SubmissionView& submission) const {
  if (submission.log == end_.log) return {};
  return fail(Errc::rejected,
              "the submission was signed for another log: it names " + std::string(submission.log) +
                  ", this is " + end_.log,
              "hand it in where it belongs, or sign the events for this log");
}

Status Sequencer::check_seen(const SubmissionView& submission) {
  if (!submission.seen || submission.seen == last_seen_) return {};
  const auto nodes = [this](unsigned level, std::uint64_t index) { return node(level, index); };
  ASSAY_TRY(const Hash root, merkle::root_at(submission.seen->size, nodes));
  if (root != submission.seen->root) {
    return fail(Errc::forked,
                "the author saw root " + submission.seen->root.hex() + " at " +
                    std::to_string(submission.seen->size) + " entries; here it is " + root.hex(),
                "keep the author's checkpoint: it and this log cannot both be true");
  }
  last_seen_ = submission.seen;
  return {};
}

Result<Timestamp> Sequencer::time_of(const SubmissionView& submission) const {
  ClockView clock;
  clock.now = now_();
  if (end_.tree.size() > 0) clock.last = end_.recorded_at;
  clock.ahead_max_ms = options_.clock_ahead_max_ms;
  clock.was_reset = rules_.clock_was_reset();
  Result<Timestamp> time = recorded_time(clock);
  if (time) return time;
  clock.is_way_out =
      is_way_out(submission, [this](const EventId& address) { return is_clock_reset(address); });
  return recorded_time(clock);
}

Status Sequencer::check_clock(const SubmissionView& submission) const {
  ASSAY_TRY([[maybe_unused]] const Timestamp time, time_of(submission));
  return {};
}

bool Sequencer::is_clock_reset(const EventId& address) const {
  std::string bytes;
  EntryView entry;
  if (!store_.get_entry(address.entry, bytes, "read an endorsed entry")) return false;
  if (!parse_entry(bytes, entry)) return false;
  const auto& events = entry.submission.events;
  return address.position < events.size() &&
         events[address.position].type == events::ClockReset::kType;
}

Result<Hash> Sequencer::node(unsigned level, std::uint64_t index) const {
  const std::uint64_t settled = end_.tree.size() - node_rows_.size();
  const std::uint64_t entry = ((index + 1) << level) - 1;
  if (entry < settled) return read_node(store_, level, index);
  return node_in_row(node_rows_[entry - settled], level, entry);
}

void Sequencer::add_rows(const Prepared& prepared, const EntryView& entry, Batch& batch) {
  const IndexKey key = index_key(entry.index);
  batch.rows.Put(store_.family(Family::entries), view(key), pack_entry(entry.bytes));

  std::string nodes;
  end_.tree.append(merkle::leaf_hash(entry.bytes),
                   [&](merkle::NodeId, const Hash& hash) { nodes += hash.view(); });
  batch.rows.Put(store_.family(Family::nodes), view(key), nodes);
  end_.last_leaf = Hash::from_bytes(std::string_view(nodes).substr(0, Hash::kSizeBytes)).value();
  node_rows_.push_back(std::move(nodes));
  if (entry.index == 0) end_.log = end_.last_leaf.hex();
  end_.recorded_at = entry.recorded_at;

  streams_.advance(entry.submission, submission_digest(entry.submission));
  batch.authors.insert(entry.submission.key);
  batch.rows.Put(store_.family(Family::submissions), prepared.id_key, view(key));

  append_marks(marks_, entry.index, entry.submission);
  if (end_.tree.size() % kBundleEntries == 0) {
    batch.rows.Put(store_.family(Family::subjects), view(index_key(entry.index / kBundleEntries)),
                   encode_marks(marks_));
    marks_.clear();
  }
}

void Sequencer::close(Batch& batch) {
  for (const Hash& author : batch.authors) {
    batch.rows.Put(store_.family(Family::authors), author.view(), to_binary(streams_.head(author)));
  }
  batch.head = end_.tree.head();
}

void Sequencer::settle(std::uint64_t size) {
  if (options_.dry_run) return;
  while (!unsettled_order_.empty() && unsettled_order_.front().first < size) {
    unsettled_.erase(unsettled_order_.front().second);
    unsettled_order_.pop_front();
    node_rows_.pop_front();
  }
}

}  // namespace assay::store
