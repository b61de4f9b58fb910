#include "cli/http/deadline_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

namespace assay::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kPieceSizeBytes = 16'384;
/// How often a waiting connection looks whether the server stops.
constexpr milliseconds kGlance{100};

void name_of(const sockaddr_storage& address, socklen_t size, std::string& ip, int& port) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> service{};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(),
                    static_cast<socklen_t>(host.size()), service.data(),
                    static_cast<socklen_t>(service.size()), NI_NUMERICHOST | NI_NUMERICSERV) == 0) {
    ip = host.data();
    port = std::atoi(service.data());
  }
}

}  // namespace

DeadlineStream::DeadlineStream(socket_t socket, milliseconds time, std::size_t size_max_bytes,
                               const std::atomic<bool>& stopping)
    : socket_(socket),
      deadline_(steady_clock::now() + time),
      left_bytes_(size_max_bytes),
      stopping_(stopping) {}

bool DeadlineStream::wait_for(short events) const {
  while (true) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline_ - steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{socket_, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min(left, kGlance).count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (stopping_) return false;
  }
}

bool DeadlineStream::is_readable() const { return at_ < buffer_.size() || wait_for(POLLIN); }

bool DeadlineStream::is_writable() const { return wait_for(POLLOUT); }

ssize_t DeadlineStream::read(char* to, std::size_t size_bytes) {
  if (at_ == buffer_.size()) {
    if (left_bytes_ == 0 || !wait_for(POLLIN)) return -1;
    buffer_.resize(std::min(kPieceSizeBytes, left_bytes_));
    const ssize_t received = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
    buffer_.resize(received > 0 ? static_cast<std::size_t>(received) : 0);
    at_ = 0;
    if (received <= 0) return received;
    left_bytes_ -= buffer_.size();
  }
  const std::size_t given = std::min(size_bytes, buffer_.size() - at_);
  std::memcpy(to, buffer_.data() + at_, given);
  at_ += given;
  return static_cast<ssize_t>(given);
}

ssize_t DeadlineStream::write(const char* from, std::size_t size_bytes) {
  if (!wait_for(POLLOUT)) return -1;
  return ::send(socket_, from, size_bytes, MSG_NOSIGNAL);
}

void DeadlineStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
    name_of(address, size, ip, port);
  }
}

void DeadlineStream::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
    name_of(address, size, ip, port);
  }
}

}  // namespace assay::cli
