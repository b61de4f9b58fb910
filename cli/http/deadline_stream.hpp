#pragma once

/// One connection of a server, with an end to it: whatever the other side does, reading and writing
/// stop at the deadline and after so many bytes. A limit on each read alone would let a client that
/// sends a byte now and then hold a thread for ever.
/// Thread word: thread-compatible.

#include <atomic>
#include <chrono>
#include <httplib.h>
#include <string>

namespace assay::cli {

class DeadlineStream final : public httplib::Stream {
 public:
  /// `stopping` is borrowed: once it is set, the connection gets a moment more and no longer.
  DeadlineStream(socket_t socket, std::chrono::milliseconds time, std::size_t size_max_bytes,
                 const std::atomic<bool>& stopping);

  [[nodiscard]] bool is_readable() const override;
  [[nodiscard]] bool is_writable() const override;
  ssize_t read(char* to, std::size_t size_bytes) override;
  ssize_t write(const char* from, std::size_t size_bytes) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return socket_; }

 private:
  /// Waits for `events` of poll(2); false at the deadline.
  [[nodiscard]] bool wait_for(short events) const;

  socket_t socket_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t left_bytes_;
  const std::atomic<bool>& stopping_;
  std::string buffer_;  // what was received and not read yet, from `at_` on
  std::size_t at_ = 0;
};

}  // namespace assay::cli
