#pragma once

/// What goes over HTTP, as far as this program needs to know. Thread word: plain values.

#include <cstdint>
#include <string>

namespace assay::cli {

struct HttpRequest {
  std::string method;  ///< GET or POST
  std::string path;    ///< without a query; text from outside
  std::string body;
  std::string peer;  ///< numeric address of the other side
};

struct HttpAnswer {
  int status = 0;
  std::string content_type;  ///< text from outside, where it was received
  std::string body;
};

/// What one exchange may take, from connecting to the last byte.
struct HttpLimits {
  std::uint32_t time_ms = 10'000;
  std::size_t body_size_bytes = 0;
};

}  // namespace assay::cli
