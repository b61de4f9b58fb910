#include "ledger/store/writer.hpp"

#include <algorithm>
#include <utility>

#include "ledger/store/status_internal.hpp"
#include "ledger/store/writer_internal.hpp"

/// A submission is enqueued (its order is fixed), prepared (by its own thread, beside the others),
/// placed (in that order), written with its group and released with it. One group forms while
/// another is written and the ones before are signed for, so that checking and both waits for a
/// disk overlap. There are three duties: to place what is prepared, to write the group that formed,
/// to sign one checkpoint over all groups that are written. Each is done by one thread at a time,
/// whichever finds it undone, and none holds the mutex while it takes long.
///
/// What a kill leaves, step by step:
///   before the synced write returns    all of the group or nothing of it, as RocksDB's log ends;
///                                      nobody was told anything
///   before save_released returns       entries without a released checkpoint: the next start signs
///                                      and releases them, and a retry finds them recorded
///   before the checkpoint is stored    a released checkpoint that the store lacks: the next start
///                                      signs the same size and root again, which says the same
///   after that                         the same, until the next sync: this row alone is not synced
/// In no case is there a released checkpoint without its entries.

namespace assay::store {
namespace {

/// Placing stops here until the group before is written: bounds memory, and how long a sync takes.
constexpr std::size_t kGroupBytesMax = 8U << 20U;

Error in_doubt(const Error& cause) {
  return Error{Errc::outcome_unknown,
               "the submission may or may not have been stored: " + cause.message,
               cause.hint.empty() ? "open the ledger again and hand it in again: that tells which"
                                  : cause.hint,
               std::nullopt};
}

Error not_written(const Error& cause) {
  return Error{Errc::io,
               "nothing of this submission was stored; the one before it: " + cause.message,
               "open the ledger again and hand it in again", std::nullopt};
}

Error stopped_by(const Error& cause) {
  return Error{Errc::outcome_unknown,
               "nothing of this submission was stored: the writer stopped after " + cause.message,
               "open the ledger again and hand it in again", std::nullopt};
}

}  // namespace

// --- one thread's way through
// ------------------------------------------------------------------------

void Writer::Impl::enqueue(WaitingSubmission& waiting) {
  const std::lock_guard guard(queue_mutex);
  queue.push_back(&waiting);
}

void Writer::Impl::give_up(WaitingSubmission& waiting) noexcept {
  {
    const std::lock_guard guard(queue_mutex);
    if (!waiting.is_queued) return;
    std::erase(queue, &waiting);
  }
  const std::lock_guard guard(mutex);
  wake_next();
}

void Writer::Impl::prepare_one(WaitingSubmission& waiting, WaitingThread& self) {
  Status status = prepare(waiting.prepared, keyring);
  if (!status) waiting.result = std::unexpected(std::move(status).error());
  const std::lock_guard guard(queue_mutex);
  waiting.thread = &self;
  waiting.is_prepared = true;
  if (!waiting.result) return;
  std::erase(queue, &waiting);
  waiting.is_queued = false;
}

void Writer::Impl::finish(std::vector<Ticket>& tickets) {
  WaitingThread self;
  for (Ticket& ticket : tickets) prepare_one(*ticket.waiting_, self);
  const auto all_answered = [&] {
    return std::all_of(tickets.begin(), tickets.end(),
                       [](const Ticket& ticket) { return ticket.waiting_->result.has_value(); });
  };
  std::unique_lock lock(mutex);
  while (!all_answered()) {
    if (can_place()) {
      place_ready(lock);
    } else if (can_write()) {
      write_group(lock);
    } else if (can_release()) {
      release_groups(lock);
    } else {
      self.wake.wait(lock);
    }
  }
  wake_next();
}

/// Hands each duty that is undone to a thread that waits for it.
void Writer::Impl::wake_next() {
  if (can_place()) {
    const std::lock_guard guard(queue_mutex);
    if (!queue.empty() && queue.front()->is_prepared) queue.front()->thread->wake.notify_one();
  }
  if (can_write()) forming->members.front().waiting->thread->wake.notify_one();
  if (can_release()) written.front().members.front().waiting->thread->wake.notify_one();
}

// --- placing, by the one thread that set `is_placing`
// ------------------------------------------------

WaitingSubmission* Writer::Impl::next_prepared() {
  const std::lock_guard guard(queue_mutex);
  if (queue.empty() || !queue.front()->is_prepared) return nullptr;
  WaitingSubmission* const next = queue.front();
  queue.pop_front();
  next->is_queued = false;
  return next;
}

bool Writer::Impl::can_place() {
  if (is_placing || (forming && forming->batch.rows.GetDataSize() >= kGroupBytesMax)) return false;
  const std::lock_guard guard(queue_mutex);
  return !queue.empty() && queue.front()->is_prepared;
}

void Writer::Impl::place_ready(std::unique_lock<std::mutex>& lock) {
  is_placing = true;
  do {
    WaitingSubmission* const next = next_prepared();
    if (next == nullptr) break;
    place(*next, lock);
    if (next->result) next->thread->wake.notify_one();
  } while (!forming || forming->batch.rows.GetDataSize() < kGroupBytesMax);
  is_placing = false;
  if (stopped) refuse_forming();
  wake_next();
}

/// Looked at while nothing has changed yet, so that a full disk costs no more than this answer.
Status Writer::Impl::check_ready() {
  if (options.dry_run) return {};
  ASSAY_CHECK(store.check_going());
  return store.check_space();
}

void Writer::Impl::place(WaitingSubmission& waiting, std::unique_lock<std::mutex>& lock) {
  if (stopped) {
    waiting.result = std::unexpected(stopped_by(*stopped));
    return;
  }
  if (!forming) {
    if (Status ready = check_ready(); !ready) {
      waiting.result = std::unexpected(std::move(ready).error());
      return;
    }
    forming.emplace();
  }
  if (!options.dry_run) sequencer.settle(released.size);
  lock.unlock();
  Result<Placement> placement = sequencer.place(waiting.prepared, forming->batch);
  lock.lock();
  if (!placement) {
    waiting.result = std::unexpected(std::move(placement).error());
  } else if (auto* placed = std::get_if<Placed>(&*placement)) {
    forming->members.push_back({&waiting, std::move(placed->receipt)});
  } else if (auto* before = std::get_if<PlacedBefore>(&*placement)) {
    take_placed_before(waiting, std::move(before->receipt));
  } else {
    Receipt receipt = std::get<RecordedBefore>(std::move(*placement)).receipt;
    receipt.checkpoint_size = released.size;
    receipt.checkpoint = released.note;
    waiting.result = std::move(receipt);
  }
  if (forming->members.empty()) forming.reset();
}

/// The same events were placed not long ago: they share the fate of their group, unless that is
/// known by now.
void Writer::Impl::take_placed_before(WaitingSubmission& waiting, Receipt receipt) {
  const std::uint64_t index = receipt.index;
  if (index < released.size) {
    receipt.checkpoint_size = released.size;
    receipt.checkpoint = released.note;
    waiting.result = std::move(receipt);
    return;
  }
  if (stopped) {
    waiting.result = std::unexpected(in_doubt(*stopped));
    return;
  }
  const auto found = std::ranges::find_if(
      written, [&](const Group& group) { return index < group.batch.head.size; });
  Group& group = found != written.end()                        ? *found
                 : writing && index < writing->batch.head.size ? *writing
                                                               : *forming;
  group.members.push_back({&waiting, std::move(receipt)});
}

// --- writing, by the one thread that set `writing`
// ---------------------------------------------------

void Writer::Impl::write_group(std::unique_lock<std::mutex>& lock) {
  writing = std::exchange(forming, std::nullopt);
  sequencer.close(writing->batch);
  if (!is_released_stored) {
    writing->batch.rows.Put(store.family(Family::checkpoints), view(index_key(released.size)),
                            released.note);
    is_released_stored = true;
  }
  wake_next();
  lock.unlock();
  const Status outcome = write(writing->batch);
  lock.lock();
  Group group = *std::exchange(writing, std::nullopt);
  if (outcome && !stopped) {
    written.push_back(std::move(group));
  } else {
    if (!outcome) stop(outcome.error());
    leave_in_doubt(group);
  }
  wake_next();
}

Status Writer::Impl::write(Batch& batch) {
  if (options.dry_run) return {};
  return store.write(batch.rows, Durability::synced,
                     "append at " + std::to_string(store.current_head().size));
}

// --- releasing, by the one thread that set `is_releasing`
// --------------------------------------------

void Writer::Impl::release_groups(std::unique_lock<std::mutex>& lock) {
  is_releasing = true;
  const std::size_t count = written.size();
  const merkle::TreeHead head = written.back().batch.head;
  lock.unlock();
  Result<StoredCheckpoint> outcome = release(head);
  lock.lock();
  if (outcome) {
    released = *std::move(outcome);
    is_released_stored = options.dry_run;
    if (!options.dry_run) store.set_head(head);
    for (std::size_t i = 0; i < count; ++i) {
      settle(written.front());
      written.pop_front();
    }
    store_released(lock);
  } else {
    // What is durable by now has no checkpoint either, and gets none from this writer.
    stop(outcome.error());
    for (Group& group : written) leave_in_doubt(group);
    written.clear();
  }
  is_releasing = false;
  wake_next();
}

/// Signs, and has the key remember it. Only then may anybody be told.
Result<StoredCheckpoint> Writer::Impl::release(const merkle::TreeHead& head) {
  if (options.dry_run) return StoredCheckpoint{};
  const Checkpoint checkpoint{store.origin, head.size, head.root, {}};
  ASSAY_TRY(std::string note, parts.log_key.sign(checkpoint));
  ASSAY_CHECK(parts.log_key.save_released(head, note));
  return StoredCheckpoint{head.size, std::move(note)};
}

/// Gives the checkpoint its row at once where no group comes along that would take it.
void Writer::Impl::store_released(std::unique_lock<std::mutex>& lock) {
  if (is_released_stored || writing || forming) return;
  is_released_stored = true;
  const StoredCheckpoint checkpoint = released;
  lock.unlock();
  const Status stored = store_checkpoint(checkpoint);
  lock.lock();
  // The entries are durable and promised whatever became of this row; but nothing more is taken.
  if (!stored) stop(stored.error());
}

Status Writer::Impl::store_checkpoint(const StoredCheckpoint& checkpoint) {
  return store.put(Family::checkpoints, view(index_key(checkpoint.size)), checkpoint.note,
                   Durability::logged,
                   "store the checkpoint of size " + std::to_string(checkpoint.size));
}

// --- answers, under the mutex
// ------------------------------------------------------------------------

namespace {

void answer(Group::Member& member, Result<Receipt> result) {
  member.waiting->result = std::move(result);
  member.waiting->thread->wake.notify_one();
}

}  // namespace

void Writer::Impl::settle(Group& group) {
  for (Group::Member& member : group.members) {
    member.receipt.checkpoint_size = released.size;
    member.receipt.checkpoint = released.note;
    answer(member, std::move(member.receipt));
  }
}

void Writer::Impl::leave_in_doubt(Group& group) {
  for (Group::Member& member : group.members) {
    answer(member, std::unexpected(in_doubt(*stopped)));
  }
}

/// Nothing is taken any more. What is being placed at the moment is refused by the thread that
/// places it.
void Writer::Impl::stop(const Error& cause) {
  if (!stopped) stopped = cause;
  if (!is_placing) refuse_forming();
}

/// What was placed behind entries that may not exist never reached the disk.
void Writer::Impl::refuse_forming() {
  if (!forming) return;
  for (Group::Member& member : forming->members) {
    answer(member, std::unexpected(not_written(*stopped)));
  }
  forming.reset();
}

/// What a kill left between two steps of an append.
Status Writer::Impl::release_backlog() {
  const merkle::TreeHead head = sequencer.head();
  const std::optional<merkle::TreeHead> last = parts.log_key.last_released();
  if (last && last->size > 0 && last->size < head.size && !parts.store.checkpoint(last->size)) {
    ASSAY_TRY(released, release(*last));
    ASSAY_CHECK(store_checkpoint(released));
  }
  if (head.size == 0) return {};
  auto stored = parts.store.checkpoint(head.size);
  if (stored && last && last->size == head.size) {
    released = *std::move(stored);
    return {};
  }
  if (!stored && stored.error().code != Errc::not_found) {
    return std::unexpected(std::move(stored).error());
  }
  ASSAY_TRY(released, release(head));
  return store_checkpoint(released);
}

// --- the public face
// ---------------------------------------------------------------------------------

Result<Writer> Writer::open(const WriterParts& parts, const WriterOptions& options) {
  Store::Impl& store = parts.store.impl();
  if (!options.dry_run) ASSAY_CHECK(store.check_writable());
  if (const auto last = parts.log_key.last_released()) {
    ASSAY_CHECK(check_released(store, *last));
  }
  ASSAY_TRY(LogEnd end, read_end(store));
  ASSAY_TRY(verify::AuthorStreams streams, parts.store.author_streams());
  auto impl = std::make_unique<Impl>(parts, options, std::move(end), std::move(streams));
  ASSAY_CHECK(impl->sequencer.load_marks(parts.store));
  if (!options.dry_run) ASSAY_CHECK(impl->release_backlog());
  return Writer(std::move(impl));
}

Ticket Writer::enqueue(SignedSubmission submission) {
  Ticket::Owned waiting(new WaitingSubmission);
  waiting->writer = impl_.get();
  waiting->prepared.given = std::move(submission);
  impl_->enqueue(*waiting);
  return Ticket(std::move(waiting));
}

Status Writer::check_ready(const SubmissionView& submission) {
  const std::lock_guard guard(impl_->mutex);
  if (impl_->stopped) return std::unexpected(stopped_by(*impl_->stopped));
  ASSAY_CHECK(impl_->check_ready());
  return impl_->sequencer.check_clock(submission);
}

std::vector<Result<Receipt>> Writer::finish_all(std::vector<Ticket> tickets) {
  impl_->finish(tickets);
  std::vector<Result<Receipt>> results;
  results.reserve(tickets.size());
  for (Ticket& ticket : tickets) results.push_back(*std::move(ticket.waiting_->result));
  return results;
}

Result<Receipt> Writer::finish(Ticket ticket) {
  std::vector<Ticket> one;
  one.push_back(std::move(ticket));
  return std::move(finish_all(std::move(one)).front());
}

Result<Receipt> Writer::append(SignedSubmission submission) {
  return finish(enqueue(std::move(submission)));
}

void Ticket::GiveUp::operator()(WaitingSubmission* waiting) const noexcept {
  waiting->writer->give_up(*waiting);
  delete waiting;
}

Ticket::Ticket(Owned waiting) noexcept : waiting_(std::move(waiting)) {}
Ticket::Ticket(Ticket&&) noexcept = default;
Ticket& Ticket::operator=(Ticket&&) noexcept = default;
Ticket::~Ticket() = default;

Writer::Writer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

}  // namespace assay::store
