#pragma once

/// Asks an authority for a timestamp over HTTP (RFC 3161 section 3.4). What comes back is text from
/// a stranger until it has been verified: the connection vouches for nothing.
///
/// The whole exchange ends within `timeout_s`, however slowly the other side sends, and takes at
/// most kAnswerSizeBytes. Redirections are not followed. Thread word: thread-compatible; starts one
/// thread of its own, which ends with the call.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::cli {

inline constexpr std::size_t kAnswerSizeBytes = 262'144;

/// An address like "http://tsa.example:8080/stamp".
struct WebAddress {
  std::string origin;  ///< scheme, host and port
  std::string path;    ///< from the first "/" on; "/" where there is none
};
/// Errors: invalid_argument (not http or https, no host, characters that stand in no address).
[[nodiscard]] Result<WebAddress> parse_web_address(std::string_view text);

/// Posts `query` as application/timestamp-query and returns the answer's bytes.
/// Errors: io (no connection, another status than 200, too slow), limit (a larger answer).
[[nodiscard]] Result<std::string> post_timestamp_query(const WebAddress& address,
                                                       const std::string& query,
                                                       std::uint32_t timeout_s);

}  // namespace assay::cli
