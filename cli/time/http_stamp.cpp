#include "cli/time/http_stamp.hpp"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <httplib.h>
#include <mutex>
#include <thread>

namespace assay::cli {
namespace {

/// Ends the exchange when its time is up. httplib's own limits are for one read or write each, and
/// a server that sends a byte now and then would keep it busy for ever.
class Deadline {
 public:
  Deadline(httplib::Client& client, std::uint32_t timeout_s)
      : thread_([this, &client, timeout_s] {
          std::unique_lock lock(mutex_);
          const auto over = [this] { return over_; };
          if (done_.wait_for(lock, std::chrono::seconds(timeout_s), over)) return;
          passed_ = true;
          // The socket may not be there yet, or be opened again: once is not enough.
          while (!done_.wait_for(lock, std::chrono::milliseconds(100), over)) client.stop();
        }) {}
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  ~Deadline() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    done_.notify_all();
    thread_.join();
  }
  [[nodiscard]] bool passed() {
    const std::lock_guard lock(mutex_);
    return passed_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  bool over_ = false;
  bool passed_ = false;
  std::thread thread_;  // last: it uses the others
};

httplib::Request request_for(const WebAddress& address, const std::string& query,
                             std::string& answer, bool& too_large) {
  httplib::Request request;
  request.method = "POST";
  request.path = address.path;
  request.headers = {{"Content-Type", "application/timestamp-query"},
                     {"Accept", "application/timestamp-reply"},
                     {"Accept-Encoding", "identity"},
                     {"User-Agent", "assay"}};
  request.body = query;
  request.content_receiver = [&answer, &too_large](const char* data, std::size_t size_bytes,
                                                   std::uint64_t, std::uint64_t) {
    too_large = size_bytes > kAnswerSizeBytes - answer.size();
    if (!too_large) answer.append(data, size_bytes);
    return !too_large;
  };
  return request;
}

Result<std::string> post(const WebAddress& address, const std::string& query,
                         std::uint32_t timeout_s) {
  httplib::Client client(address.origin);
  const auto limit = static_cast<time_t>(timeout_s);
  client.set_connection_timeout(limit);
  client.set_read_timeout(limit);
  client.set_write_timeout(limit);
  client.set_follow_location(false);
  client.set_decompress(false);
  client.set_keep_alive(false);
  std::string answer;
  bool too_large = false;
  Deadline deadline(client, timeout_s);
  const httplib::Result result = client.send(request_for(address, query, answer, too_large));
  if (too_large) {
    return fail(Errc::limit, address.origin + " answers with more than " +
                                 std::to_string(kAnswerSizeBytes) + " bytes");
  }
  if (deadline.passed()) {
    return fail(Errc::io,
                address.origin + " did not answer within " + std::to_string(timeout_s) + " seconds",
                "try again later, or make the request a file: `assay timestamp request`");
  }
  if (!result) {
    return fail(
        Errc::io, "cannot ask " + address.origin + ": " + httplib::to_string(result.error()),
        "check the address; `assay timestamp request` makes a file that can be carried there");
  }
  if (result->status != 200) {
    return fail(Errc::io, address.origin + " answers with HTTP status " +
                              std::to_string(result->status) + " instead of a timestamp");
  }
  return answer;
}

}  // namespace

Result<WebAddress> parse_web_address(std::string_view text) {
  const auto invalid = [&] {
    return fail(Errc::invalid_argument, "\"" + std::string(text) + "\" is no web address",
                "give one like http://tsa.example/stamp");
  };
  const std::string_view scheme = text.starts_with("https://") ? "https://" : "http://";
  if (!text.starts_with(scheme) || text.size() > 2'048) return invalid();
  const bool plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
  const std::size_t slash = text.find('/', scheme.size());
  const std::string_view origin = text.substr(0, slash);
  const std::string_view host = origin.substr(scheme.size());
  if (!plain || host.empty() || host.starts_with(':') ||
      host.find_first_of("@?#\\") != std::string_view::npos) {
    return invalid();
  }
  return WebAddress{std::string(origin),
                    slash == std::string_view::npos ? "/" : std::string(text.substr(slash))};
}

Result<std::string> post_timestamp_query(const WebAddress& address, const std::string& query,
                                         std::uint32_t timeout_s) {
  // A peer that hangs up is an error like others, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return post(address, query, timeout_s);
  } catch (const std::exception& error) {
    return fail(Errc::io, "cannot ask " + address.origin + ": " + error.what());
  }
}

}  // namespace assay::cli
