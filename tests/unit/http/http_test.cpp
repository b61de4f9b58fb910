// The server and the client of cli/http, against each other and against those who behave badly.

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "cli/http/client.hpp"
#include "cli/http/server.hpp"
#include "tests/unit/http/talker.hpp"

using namespace assay;
using namespace assay::cli;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

class Running {
 public:
  explicit Running(std::uint32_t time_ms = 5'000, std::size_t threads = 4) {
    const HttpServerOptions options = options_of(time_ms, threads);
    auto opened = HttpServer::open(options, [this](const HttpRequest& request) {
      ++asked;
      if (request.path == "/throw") throw std::runtime_error("no");
      return HttpAnswer{200, "text/plain",
                        request.method + " " + request.path + " " + request.body};
    });
    server_ = std::make_unique<HttpServer>(std::move(opened).value());
    thread_ = std::thread([this] { served = server_->serve().has_value(); });
  }
  ~Running() { stop(); }

  static HttpServerOptions options_of(std::uint32_t time_ms, std::size_t threads) {
    HttpServerOptions options;
    options.limits = {time_ms, 1'000};
    options.threads = threads;
    options.waiting_max = 2;
    return options;
  }
  [[nodiscard]] int port() const { return server_->port(); }
  [[nodiscard]] std::string at(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port()) + path;
  }
  void stop() {
    if (!thread_.joinable()) return;
    std::atomic<bool> ended{false};
    std::thread stopping([&] {
      while (!ended) {
        server_->stop();
        std::this_thread::sleep_for(milliseconds(20));
      }
    });
    thread_.join();
    ended = true;
    stopping.join();
  }

  std::atomic<int> asked{0};
  std::atomic<bool> served{false};

 private:
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

/// A connection that sends what it is told and nothing else.
class Raw {
 public:
  explicit Raw(int port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const timeval patience{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Raw() { ::close(fd_); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  bool send(const std::string& bytes) const {
    return ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }
  /// Until the other side ends.
  [[nodiscard]] std::string receive() const {
    std::string all;
    char piece[4'096];
    for (ssize_t size = 0; (size = ::recv(fd_, piece, sizeof piece, 0)) > 0;) {
      all.append(piece, static_cast<std::size_t>(size));
    }
    return all;
  }

 private:
  int fd_;
};

constexpr HttpLimits kLimits{5'000, 10'000};

}  // namespace

TEST_CASE("a server answers what it is asked", "[http]") {
  Running server;
  CHECK(http_get(server.at("/a"), kLimits).value().body == "GET /a ");
  const HttpAnswer posted = http_post(server.at("/b"), "body", kLimits).value();
  CHECK(posted.status == 200);
  CHECK(posted.content_type == "text/plain");
  CHECK(posted.body == "POST /b body");
  CHECK(http_get(server.at("/throw"), kLimits).value().status == 500);
  server.stop();
  CHECK(server.served);
}

TEST_CASE("bodies have a limit, packed or in pieces as well", "[http]") {
  Running server;
  CHECK(http_post(server.at("/"), std::string(1'000, 'x'), kLimits).value().status == 200);
  CHECK(http_post(server.at("/"), std::string(1'001, 'x'), kLimits).value().status == 413);
  CHECK(server.asked == 1);
  const Raw pieces(server.port());
  REQUIRE(pieces.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
  for (int i = 0; i < 60; ++i) {
    if (!pieces.send("400\r\n" + std::string(0x400, 'x') + "\r\n")) break;
  }
  CHECK_THAT(pieces.receive(), !Catch::Contains("200 OK"));
  const Raw packed(server.port());
  REQUIRE(
      packed.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
                  "Content-Length: 4\r\n\r\nxxxx"));
  CHECK_THAT(packed.receive(), Catch::Contains("415"));
  const Raw heads(server.port());
  for (int i = 0; i < 100; ++i) {
    if (!heads.send("GET / HTTP/1.1\r\n" + std::string(1'000, 'x'))) break;
  }
  CHECK_THAT(heads.receive(), !Catch::Contains("200 OK"));
  CHECK(server.asked == 1);
}

TEST_CASE("clients that send a byte now and then are cut off, and others are served", "[http]") {
  Running server(400, 2);
  std::atomic<bool> ended{false};
  std::vector<std::thread> slow;
  std::atomic<int> cut{0};
  for (int i = 0; i < 4; ++i) {
    slow.emplace_back([&] {
      const Raw raw(server.port());
      while (!ended) {
        if (!raw.send("G")) {
          ++cut;
          break;
        }
        std::this_thread::sleep_for(milliseconds(50));
      }
    });
  }
  std::this_thread::sleep_for(milliseconds(100));
  // More of them than threads: whoever asks properly waits for two rounds of them at most.
  const auto answer = http_get(server.at("/a"), {20'000, 1'000});
  CHECK(answer.has_value());
  for (int glance = 0; glance < 200 && cut < 4; ++glance) {
    std::this_thread::sleep_for(milliseconds(50));
  }
  CHECK(cut == 4);
  ended = true;
  for (std::thread& thread : slow) thread.join();
}

TEST_CASE("a server ends although somebody holds on", "[http]") {
  Running server(60'000);
  const Raw raw(server.port());
  REQUIRE(raw.send("POST / HTTP/1.1\r\n"));
  std::this_thread::sleep_for(milliseconds(100));
  const auto began = steady_clock::now();
  server.stop();
  CHECK(steady_clock::now() - began < milliseconds(10'000));
}

TEST_CASE("two servers do not share a port", "[http]") {
  Running server;
  HttpServerOptions options = Running::options_of(1'000, 1);
  options.port = server.port();
  const auto second = HttpServer::open(options, [](const HttpRequest&) { return HttpAnswer{}; });
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Errc::io);
}

TEST_CASE("a client takes no more than it granted", "[http]") {
  Running server;
  CHECK(http_post(server.at("/"), std::string(900, 'x'), {5'000, 100}).error().code == Errc::limit);
  CHECK(http_get("http://127.0.0.1:1/", kLimits).error().code == Errc::io);
  CHECK(http_get("file:///etc/passwd", kLimits).error().code == Errc::invalid_argument);
  CHECK(http_get("http://", kLimits).error().code == Errc::invalid_argument);
  CHECK(http_get("https" + server.at("/").substr(4), kLimits).error().code == Errc::io);
}

TEST_CASE("what is not asked for is not waited for", "[http]") {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
  SECTION("an answer below its pace ends") {
    const Talker talker({head, "x"}, milliseconds(0), milliseconds(10'000));
    const auto began = steady_clock::now();
    const auto answer = HttpClient().get(talker.at("/a"), {0, 10'000, 1'000, 1});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::io);
    CHECK(steady_clock::now() - began < milliseconds(8'000));
  }
  SECTION("headers without an end end, too") {
    const Talker talker(std::vector<std::string>(400, "HTTP/1.1 200 OK\r\n"), milliseconds(50),
                        milliseconds(0));
    const auto answer = HttpClient().get(talker.at("/a"), {0, 10'000, 1'000, 1});
    REQUIRE_FALSE(answer);
  }
  SECTION("a sink that has enough ends the exchange without an error") {
    const Talker talker({head, std::string(500, 'x')}, milliseconds(0), milliseconds(10'000));
    std::string taken;
    const auto answer =
        HttpClient().get(talker.at("/a"), {0, 10'000, 1'000, 20}, [&](std::string_view piece) {
          taken += piece;
          return false;
        });
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(taken.starts_with("xxx"));
  }
  SECTION("of what a sink gets, no more comes than was granted") {
    const Talker talker({head, std::string(1'000, 'x')}, milliseconds(0), milliseconds(0));
    const auto answer = HttpClient().get(talker.at("/a"), {0, 999, 1'000, 20},
                                         [](std::string_view) { return true; });
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::limit);
  }
  SECTION("the page that says that a file is not there may be larger than the file") {
    const Talker talker(
        {"HTTP/1.1 404 Not Found\r\nContent-Length: 9000\r\n\r\n", std::string(9'000, 'x')},
        milliseconds(0), milliseconds(0));
    bool given = false;
    const auto answer =
        HttpClient().get(talker.at("/a"), {0, 100, 1'000, 20}, [&](std::string_view) {
          given = true;
          return true;
        });
    REQUIRE(answer);
    CHECK(answer->status == 404);
    CHECK_FALSE(given);
  }
}

TEST_CASE("a client goes where it was sent, and nowhere else", "[http]") {
  const Talker talker({"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\n"
                       "Content-Length: 0\r\n\r\n"},
                      milliseconds(0), milliseconds(0));
  const auto answer = http_get(talker.at("/a"), kLimits);
  REQUIRE(answer);
  CHECK(answer->status == 302);
  CHECK(answer->location == "http://elsewhere.example/");
}

TEST_CASE("what is no address of the web is refused before anybody is asked", "[http]") {
  CHECK(check_web_address("https://log.example:8080/moc/"));
  for (const char* address :
       {"ftp://a.example/", "http://", "http://u:p@a.example/", "http://u@a.example/",
        "http://a.example/?b", "http://a.example/#b", "http://a.example/a b", "http://a.example:x/",
        "http://a.example/\x7f", "http://a.example/\"", "//a.example/", "a.example", ""}) {
    INFO(address);
    const auto checked = check_web_address(address);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == Errc::invalid_argument);
  }
  CHECK_FALSE(check_web_address("http://a.example/" + std::string(2'048, 'a')));
}
