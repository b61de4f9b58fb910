#pragma once

/// The threads of a server, and what waits for them. Where too much waits, the next connection is
/// not accepted until there is room: the kernel's own short queue holds the rest back.
/// Thread word: thread-safe.

#include <condition_variable>
#include <deque>
#include <functional>
#include <httplib.h>
#include <mutex>
#include <thread>
#include <vector>

namespace assay::cli {

class BoundedTaskQueue final : public httplib::TaskQueue {
 public:
  BoundedTaskQueue(std::size_t threads, std::size_t waiting_max);

  /// Returns when there is room for it.
  void enqueue(std::function<void()> task) override;
  /// Finishes what waits and ends the threads.
  void shutdown() override;

 private:
  void work();

  std::size_t waiting_max_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace assay::cli
