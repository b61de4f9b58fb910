#pragma once

/// Asks a web address, by libcurl, which is the only client of the web in here. The limits cover
/// names, connecting, TLS and every byte, so that a server that answers slowly or never costs no
/// more than was granted. Redirects are not followed, to another host least of all; bodies in
/// gzip are unpacked, and limits are of what comes out; only http and https are spoken.
/// Certificates of https are checked against the system's. Proxies are those of the environment, as
/// curl reads them.

#include <functional>
#include <memory>
#include <string_view>

#include "cli/http/message.hpp"
#include "ledger/base/error.hpp"

namespace assay::cli {

/// True for what begins as an address of the web.
[[nodiscard]] bool is_web_address(std::string_view text) noexcept;

/// Errors: invalid_argument (no http or https address, no host, characters that stand in no
/// address; or one with a user's name, a query or a fragment).
[[nodiscard]] Status check_web_address(std::string_view address);

/// Takes a piece of a body; false: that is enough, the rest is not read.
using BodySink = std::function<bool(std::string_view piece)>;

/// Keeps its connection for the next request to the same host. Thread word: thread-compatible.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Any status is an answer. With a sink, the body of status 200 goes there as it comes.
  /// Errors: io (no connection, no certificate, no answer in time), limit (an answer that is larger
  /// than was granted), malformed (no HTTP), invalid_argument (address).
  [[nodiscard]] Result<HttpAnswer> get(const std::string& address, const HttpLimits& limits,
                                       const BodySink& sink = {});
  [[nodiscard]] Result<HttpAnswer> post(const std::string& address, const std::string& body,
                                        const HttpLimits& limits, const HttpTypes& types = {});

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

/// The same, with a connection of its own. Thread word: thread-safe.
[[nodiscard]] Result<HttpAnswer> http_get(const std::string& address, const HttpLimits& limits);
[[nodiscard]] Result<HttpAnswer> http_post(const std::string& address, const std::string& body,
                                           const HttpLimits& limits, const HttpTypes& types = {});

}  // namespace assay::cli
