#include "cli/sources/web_tree.hpp"

#include <algorithm>
#include <condition_variable>
#include <httplib.h>
#include <thread>

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"
#include "ledger/base/encoding.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kHttp = "http://";
constexpr std::string_view kHttps = "https://";
constexpr int kConnectS = 10;
constexpr int kPieceS = 30;  ///< between two pieces of an answer
constexpr std::chrono::seconds kAnswerWithin{20};
constexpr std::int64_t kPaceFromUs = 60'000'000;  ///< an answer that takes longer must keep a pace
constexpr std::int64_t kPaceBytesPerS = 1'024;
constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kGone = 410;

/// Ends a request whose answer does not begin in time. Headers without end would not be bounded by
/// anything else.
class AnswerDeadline {
 public:
  explicit AnswerDeadline(httplib::Client& client)
      : thread_([this, &client](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          if (!begun_.wait_for(lock, stop, kAnswerWithin, [this] { return met_; }) &&
              !stop.stop_requested()) {
            client.stop();
          }
        }) {}
  void met() {
    const std::lock_guard lock(mutex_);
    met_ = true;
    begun_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any begun_;
  bool met_ = false;
  std::jthread thread_;  // last: it uses the others
};

/// One answer as it comes.
struct Answer {
  std::optional<Error> refused;  ///< why it was ended from this side
  bool enough = false;           ///< the sink has what it wanted
  std::uint64_t size_bytes = 0;
};

Error run_error(const std::string& name, const std::string& what) {
  return {Errc::io, "cannot read " + name + ": " + what, {}, std::nullopt};
}

Error too_large(const std::string& name, std::uint64_t size_max_bytes) {
  return {Errc::limit,
          fmt::format("{} is larger than {} bytes", name, size_max_bytes),
          {},
          std::nullopt};
}

Error answer_error(const std::string& name, const httplib::Response& response) {
  if (response.status == kNotFound || response.status == kGone) {
    return {Errc::not_found, name + " is not there", {}, std::nullopt};
  }
  Error error = run_error(name, fmt::format("the server answers {}", response.status));
  if (response.has_header("Location")) {
    error.hint = "it sends readers on to " + shown(response.get_header_value("Location")) +
                 ", which is not followed; if that is the log, give its address";
  }
  return error;
}

bool is_plain(char c) {
  return c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '\\';
}

}  // namespace

struct WebTree::Client {
  explicit Client(const std::string& host) : http(host) {}
  httplib::Client http;
};

bool is_web_address(std::string_view text) noexcept {
  return text.starts_with(kHttp) || text.starts_with(kHttps);
}

Result<std::unique_ptr<WebTree>> WebTree::open(std::string_view address,
                                               std::function<Timestamp()> now) {
  const auto refuse = [&](const std::string& why) {
    return fail(Errc::invalid_argument, "\"" + shown(address) + "\" " + why,
                "give an address like https://log.example/moc/");
  };
  if (!is_web_address(address)) return refuse("is no address of the web");
  const std::size_t host_from = address.find("//") + 2;
  const std::size_t path_from = std::min(address.find('/', host_from), address.size());
  const std::string_view host = address.substr(host_from, path_from - host_from);
  if (host.empty() || !std::ranges::all_of(address, is_plain))
    return refuse("is no address of the web");
  if (address.find('@') != std::string_view::npos) {
    return refuse("holds a user's name; secrets do not belong into arguments");
  }
  if (address.find_first_of("?#") != std::string_view::npos)
    return refuse("has a query or a fragment");
  std::string path(address.substr(path_from));
  if (!path.ends_with('/')) path += '/';
  auto client = std::make_unique<Client>(std::string(address.substr(0, path_from)));
  if (!client->http.is_valid()) return refuse("is no address of the web");
  client->http.set_connection_timeout(kConnectS);
  client->http.set_read_timeout(kPieceS);
  client->http.set_write_timeout(kConnectS);
  client->http.set_keep_alive(true);
  client->http.set_follow_location(false);
  client->http.set_decompress(false);
  client->http.set_url_encode(false);
  return std::unique_ptr<WebTree>(new WebTree(std::move(client), std::move(path), std::move(now)));
}

WebTree::WebTree(std::unique_ptr<Client> client, std::string path, std::function<Timestamp()> now)
    : client_(std::move(client)), path_(std::move(path)), now_(std::move(now)) {}
WebTree::~WebTree() = default;

Status WebTree::stream(const std::string& name, std::uint64_t size_max_bytes,
                       const PieceSink& sink) const {
  if (!verify::is_tree_name(name) || !std::ranges::all_of(name, is_plain) ||
      name.find_first_of("?#%") != std::string::npos) {
    return fail(Errc::not_found, "no such file is looked for on the web: " + shown(name));
  }
  const std::lock_guard lock(mutex_);
  Answer answer;
  const Timestamp begun = now_();
  AnswerDeadline deadline(client_->http);
  const auto take_head = [&](const httplib::Response& response) {
    deadline.met();
    if (response.status != kOk) {
      answer.refused = answer_error(name, response);
    } else if (const auto size = parse_decimal(response.get_header_value("Content-Length"));
               size && *size > size_max_bytes) {
      answer.refused = too_large(name, size_max_bytes);
    }
    return !answer.refused;
  };
  const auto take_piece = [&](const char* bytes, std::size_t size_bytes) {
    answer.size_bytes += size_bytes;
    const std::int64_t passed_us = now_().us - begun.us;
    if (answer.size_bytes > size_max_bytes) {
      answer.refused = too_large(name, size_max_bytes);
    } else if (passed_us > kPaceFromUs && static_cast<std::int64_t>(answer.size_bytes) <
                                              passed_us / 1'000'000 * kPaceBytesPerS) {
      answer.refused = run_error(name, "the server sends it too slowly");
    } else {
      answer.enough = !sink({bytes, size_bytes});
    }
    return !answer.refused && !answer.enough;
  };
  const httplib::Headers headers{{"Accept-Encoding", "identity"}};
  const auto result = client_->http.Get((path_ + name).c_str(), headers, take_head, take_piece);
  if (answer.refused) return std::unexpected(*std::move(answer.refused));
  if (answer.enough || result) return {};
  return std::unexpected(run_error(name, "no answer: " + httplib::to_string(result.error())));
}

Result<std::optional<std::vector<std::string>>> WebTree::list(const std::string&) const {
  return std::optional<std::vector<std::string>>();
}

}  // namespace assay::cli
