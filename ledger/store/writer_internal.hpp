#pragma once

/// How threads share one append path. See writer.cpp for the protocol.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "ledger/store/sequencer_internal.hpp"
#include "ledger/store/writer.hpp"

namespace assay::store {

/// A thread inside finish(), while it waits.
struct WaitingThread {
  std::condition_variable wake;
};

/// One submission on its way. `prepared` belongs to the finishing thread until `is_prepared`, then
/// to whoever places it. `result` is guarded by Impl::mutex, the flags by Impl::queue_mutex.
struct WaitingSubmission {
  Writer::Impl* writer = nullptr;
  Prepared prepared;
  WaitingThread* thread = nullptr;  // set before is_prepared
  bool is_queued = true;
  bool is_prepared = false;
  std::optional<Result<Receipt>> result;
};

/// A batch and who waits for it.
struct Group {
  struct Member {
    WaitingSubmission* waiting;
    Receipt receipt;
  };
  Batch batch;
  std::vector<Member> members;
};

struct Writer::Impl {
  Impl(const WriterParts& given, const WriterOptions& chosen, LogEnd end,
       verify::AuthorStreams streams)
      : parts(given),
        options(chosen),
        store(given.store.impl()),
        keyring(given.keyring, given.verifiers),
        sequencer(given, chosen, keyring, std::move(end), std::move(streams)) {}

  const WriterParts parts;
  const WriterOptions options;
  Store::Impl& store;
  SharedKeyring keyring;

  // Enqueueing must wait for nothing: hence two. Take `mutex` first.
  std::mutex queue_mutex;  // guards the queue and the flags of those in it
  std::deque<WaitingSubmission*> queue;
  std::mutex mutex;              // guards everything below
  Sequencer sequencer;           // belongs to the thread that set is_placing, else to `mutex`
  bool is_placing = false;       // the sequencer and `forming->batch` are in use
  std::optional<Group> forming;  // placed, not written
  std::optional<Group> writing;  // being written by the thread that set it
  std::deque<Group> written;     // durable, not released
  bool is_releasing = false;     // a thread has signed for some of them, or is about to
  std::optional<Error> stopped;  // why nothing is taken any more
  StoredCheckpoint released;
  bool is_released_stored = true;  // whether `released` has its row, or goes with the next group

  void enqueue(WaitingSubmission& waiting);
  void give_up(WaitingSubmission& waiting) noexcept;
  void finish(std::vector<Ticket>& tickets);
  [[nodiscard]] Status release_backlog();
  [[nodiscard]] Status check_ready();

 private:
  void prepare_one(WaitingSubmission& waiting, WaitingThread& self);
  /// Takes the front of the queue, if it is ready to be placed.
  [[nodiscard]] WaitingSubmission* next_prepared();
  [[nodiscard]] bool can_place();
  void place_ready(std::unique_lock<std::mutex>& lock);
  void place(WaitingSubmission& waiting, std::unique_lock<std::mutex>& lock);
  void take_placed_before(WaitingSubmission& waiting, Receipt receipt);

  [[nodiscard]] bool can_write() const { return !writing && forming && !is_placing; }
  [[nodiscard]] bool can_release() const { return !is_releasing && !written.empty(); }
  /// Wakes whoever can go on with a group that waits.
  void wake_next();
  void write_group(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Status write(Batch& batch);
  void release_groups(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Result<StoredCheckpoint> release(const merkle::TreeHead& head);
  void store_released(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Status store_checkpoint(const StoredCheckpoint& checkpoint);
  void settle(Group& group);
  void leave_in_doubt(Group& group);
  void stop(const Error& cause);
  void refuse_forming();
};

}  // namespace assay::store
