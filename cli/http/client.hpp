#pragma once

/// Asks a web address, by libcurl: its time limit covers names, connecting, TLS and every byte, so
/// that a server that answers slowly or never costs no more than was granted. Redirects are not
/// followed, bodies are not unpacked, and only http and https are spoken. Certificates of https are
/// checked against the system's. Proxies are those of the environment, as curl reads them.
/// Thread word: thread-safe.

#include "cli/http/message.hpp"
#include "ledger/base/error.hpp"

namespace assay::cli {

/// Errors: invalid_argument (not a http or https address).
[[nodiscard]] Status check_web_address(const std::string& address);

/// Any status is an answer. Errors: io (no connection, no certificate, no answer in time), limit
/// (an answer that is larger than was granted), malformed (no HTTP), invalid_argument (address).
[[nodiscard]] Result<HttpAnswer> http_get(const std::string& address, const HttpLimits& limits);
[[nodiscard]] Result<HttpAnswer> http_post(const std::string& address, const std::string& body,
                                           const HttpLimits& limits);

}  // namespace assay::cli
