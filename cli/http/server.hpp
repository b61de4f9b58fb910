#pragma once

/// A small web server, by cpp-httplib: one request a connection, each within a time and a number of
/// bytes, a fixed number of threads. Bodies are taken as they come: nothing is unpacked. It speaks
/// plain http; for the outside world a proxy with TLS stands before it.

#include <functional>
#include <memory>

#include "cli/http/message.hpp"
#include "ledger/base/error.hpp"

namespace assay::cli {

struct HttpServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;  ///< 0: any that is free
  HttpLimits limits;
  std::size_t threads = 16;
  std::size_t waiting_max = 64;
};

/// Thread word: `stop` from any thread, also while `serve` runs; else thread-compatible.
class HttpServer {
 public:
  /// Called on several threads. What is thrown becomes status 500.
  using Handler = std::function<HttpAnswer(const HttpRequest&)>;

  /// Listens from here on. Errors: io (the address is taken or not this machine's).
  [[nodiscard]] static Result<HttpServer> open(const HttpServerOptions& options, Handler handler);
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;
  ~HttpServer();

  [[nodiscard]] int port() const noexcept;
  /// Answers until `stop`; what has begun by then is finished within a moment. Errors: io.
  [[nodiscard]] Status serve();
  /// To be called again until `serve` has returned: what comes before it listens may be lost.
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::cli
