#pragma once

/// SIGTERM and SIGINT end a server instead of the process. Make one before any thread is started:
/// threads take over what is blocked. Thread word: thread-compatible; one at a time in a process.

#include <atomic>
#include <functional>
#include <signal.h>
#include <thread>

namespace assay::cli {

class StopSignals {
 public:
  StopSignals();
  /// Lets the signals do again what they did before.
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// From the first signal on calls `stop`, again and again until `end`, on a thread of its own.
  void watch(std::function<void()> stop);
  void end();

 private:
  sigset_t watched_{};
  sigset_t before_{};
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace assay::cli
