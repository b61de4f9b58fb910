#pragma once

/// A server that says what it was told to say, whatever it is asked: one connection after another.
/// For what a proper server would not do.

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

class Talker {
 public:
  /// Says the pieces one by one, `pause` after each, and hangs up `hold` after the last.
  Talker(std::vector<std::string> pieces, std::chrono::milliseconds pause,
         std::chrono::milliseconds hold)
      : pieces_(std::move(pieces)),
        pause_(pause),
        hold_(hold),
        fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(fd_, plain, size) == 0);
    REQUIRE(::listen(fd_, 8) == 0);
    REQUIRE(::getsockname(fd_, plain, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Talker() {
    ended_ = true;
    thread_.join();
    ::close(fd_);
  }
  Talker(const Talker&) = delete;
  Talker& operator=(const Talker&) = delete;

  [[nodiscard]] std::string at(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

 private:
  [[nodiscard]] static bool readable(int fd) {
    pollfd asked{fd, POLLIN, 0};
    return ::poll(&asked, 1, 20) == 1;
  }
  void wait(std::chrono::milliseconds time) const {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!ended_ && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  void serve() const {
    while (!ended_) {
      if (!readable(fd_)) continue;
      const int peer = ::accept(fd_, nullptr, nullptr);
      char asked[4'096];
      while (!ended_ && !readable(peer)) {
      }
      if (!ended_ && ::recv(peer, asked, sizeof asked, 0) > 0) {
        for (const std::string& piece : pieces_) {
          if (ended_ || ::send(peer, piece.data(), piece.size(), MSG_NOSIGNAL) < 0) break;
          wait(pause_);
        }
        wait(hold_);
      }
      ::close(peer);
    }
  }

  std::vector<std::string> pieces_;
  std::chrono::milliseconds pause_;
  std::chrono::milliseconds hold_;
  int fd_;
  int port_ = 0;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};
