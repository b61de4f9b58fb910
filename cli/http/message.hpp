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
  std::string content_type;   ///< text from outside, where it was received
  std::string body;           ///< empty where the bytes went elsewhere as they came
  std::string location = {};  ///< where the other side would rather send us; text from outside
};

/// What one exchange may take.
struct HttpLimits {
  std::uint32_t time_ms = 10'000;  ///< from connecting to the last byte; 0: no limit of the whole
  std::uint64_t body_size_bytes = 0;
  /// An exchange that brought fewer bytes than this a second, for this long, ends. 0: any pace.
  std::uint32_t pace_bytes_per_s = 0;
  std::uint32_t pace_for_s = 0;
};

/// What is said of a body that is sent, and of the one that is expected.
struct HttpTypes {
  std::string content_type = "text/plain; charset=utf-8";
  std::string accept = "*/*";
};

}  // namespace assay::cli
