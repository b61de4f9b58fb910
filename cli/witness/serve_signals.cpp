#include "cli/witness/serve_signals.hpp"

#include <ctime>

namespace assay::cli {

StopSignals::StopSignals() {
  sigemptyset(&watched_);
  sigaddset(&watched_, SIGTERM);
  sigaddset(&watched_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &watched_, &before_);
}

StopSignals::~StopSignals() {
  end();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void StopSignals::watch(std::function<void()> stop) {
  thread_ = std::thread([this, stop = std::move(stop)] {
    constexpr timespec kGlance{0, 100'000'000};
    bool stopping = false;
    while (!ending_) {
      if (sigtimedwait(&watched_, nullptr, &kGlance) > 0) stopping = true;
      if (stopping) stop();
    }
  });
}

void StopSignals::end() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
}

}  // namespace assay::cli
