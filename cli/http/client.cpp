#include "cli/http/client.hpp"

#include <algorithm>
#include <csignal>
#include <curl/curl.h>

#include <fmt/format.h>

namespace assay::cli {
namespace {

constexpr std::size_t kHeadSizeBytes = 65'536;
constexpr std::size_t kAddressSizeBytes = 2'048;
constexpr std::uint32_t kConnectMs = 20'000;  ///< where there is no limit of the whole
constexpr int kOk = 200;

struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
struct FreeUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct FreeText {
  void operator()(char* text) const noexcept { curl_free(text); }
};

/// What has arrived so far, and what may.
struct Received {
  CURL* handle = nullptr;
  HttpAnswer answer;
  const BodySink* sink = nullptr;
  std::size_t head_size_bytes = 0;
  std::uint64_t body_size_bytes = 0;
  std::uint64_t body_size_max_bytes = 0;
  bool too_large = false;
  bool enough = false;  ///< the sink has what it wanted
};

int status_of(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

std::size_t take_body(char* bytes, std::size_t /*one*/, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  received.body_size_bytes += count;
  if (received.sink != nullptr && status_of(received.handle) != kOk) {  // words that nobody reads
    received.enough = received.body_size_bytes > kHeadSizeBytes;
    return received.enough ? 0 : count;
  }
  received.too_large = received.body_size_bytes > received.body_size_max_bytes;
  if (received.too_large) return 0;
  if (received.sink == nullptr) {
    received.answer.body.append(bytes, count);
  } else {
    received.enough = !(*received.sink)({bytes, count});
  }
  return received.enough ? 0 : count;
}

std::size_t take_head(char* /*bytes*/, std::size_t /*one*/, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  received.head_size_bytes += count;
  received.too_large = received.head_size_bytes > kHeadSizeBytes;
  return received.too_large ? 0 : count;
}

/// libcurl asks to be started once, before threads use it. A peer that hangs up is an error like
/// others, not the end of the process.
bool start_curl() {
  static const CURLcode started = [] {
    std::signal(SIGPIPE, SIG_IGN);
    return curl_global_init(CURL_GLOBAL_DEFAULT);
  }();
  return started == CURLE_OK;
}

Error error_of(CURLcode code, const char* detail, const std::string& address,
               const HttpLimits& limits) {
  const std::string what = *detail != '\0' ? detail : curl_easy_strerror(code);
  const std::string asking = "asking " + address + ": ";
  switch (code) {
    case CURLE_URL_MALFORMAT: return {Errc::invalid_argument, asking + what, {}, {}};
    case CURLE_UNSUPPORTED_PROTOCOL:  // an answer without a status line; the address was checked
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_GOT_NOTHING: return {Errc::malformed, asking + what, {}, {}};
    case CURLE_OPERATION_TIMEDOUT:
      if (limits.time_ms == 0) return {Errc::io, asking + what, "try again later", {}};
      return {Errc::io,
              asking + "no whole answer within " + std::to_string(limits.time_ms) + " ms",
              "try again later, or grant more with --timeout",
              {}};
    default: return {Errc::io, asking + what, {}, {}};
  }
}

void set_common(CURL* handle, const std::string& address, const HttpLimits& limits, char* detail,
                Received& received) {
  curl_easy_setopt(handle, CURLOPT_URL, address.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.time_ms));
  curl_easy_setopt(
      handle, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(limits.time_ms == 0 ? kConnectMs : std::min(kConnectMs, limits.time_ms)));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits.pace_bytes_per_s));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.pace_for_s));
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "assay");
  // A server of tiles may compress them without being asked (C2SP tlog-tiles). Limits are of what
  // comes out.
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_head);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &received);
}

void take_facts(CURL* handle, HttpAnswer& answer) {
  const char* content_type = nullptr;
  const char* location = nullptr;
  curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &content_type);
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &location);
  answer.status = status_of(handle);
  if (content_type != nullptr) answer.content_type = content_type;
  if (location != nullptr) answer.location = location;
}

Result<HttpAnswer> perform(CURL* handle, const std::string& address, const HttpLimits& limits,
                           char* detail, Received& received) {
  const CURLcode code = curl_easy_perform(handle);
  if (received.too_large) {
    return fail(Errc::limit, "asking " + address + ": the answer is larger than " +
                                 std::to_string(limits.body_size_bytes) + " bytes");
  }
  if (code != CURLE_OK && !received.enough) {
    return std::unexpected(error_of(code, detail, address, limits));
  }
  take_facts(handle, received.answer);
  return std::move(received.answer);
}

/// A user's name in an address is a secret in an argument; what asks for files below an address, or
/// posts to one, has no use for the others.
const char* part_too_many(CURLU* url) {
  constexpr std::pair<CURLUPart, const char*> kParts[] = {
      {CURLUPART_USER, "holds a user's name; secrets do not belong into arguments"},
      {CURLUPART_QUERY, "has a query"},
      {CURLUPART_FRAGMENT, "has a fragment"}};
  for (const auto& [part, words] : kParts) {
    char* text = nullptr;
    const CURLUcode code = curl_url_get(url, part, &text, 0);
    const std::unique_ptr<char, FreeText> owned(text);
    if (code == CURLUE_OK) return words;
  }
  return nullptr;
}

bool is_plain(char c) {
  return c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '\\';
}

}  // namespace

bool is_web_address(std::string_view text) noexcept {
  return text.starts_with("http://") || text.starts_with("https://");
}

Status check_web_address(std::string_view address) {
  const auto refuse = [&](const std::string& why) {
    return fail(Errc::invalid_argument, fmt::format("\"{}\" {}", address, why),
                "give one like https://log.example/moc/");
  };
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (url == nullptr) return fail(Errc::internal, "libcurl gives no address");
  const bool plain = is_web_address(address) && address.size() <= kAddressSizeBytes &&
                     std::ranges::all_of(address, is_plain);
  if (!plain ||
      curl_url_set(url.get(), CURLUPART_URL, std::string(address).c_str(), 0) != CURLUE_OK) {
    return refuse("is no web address");
  }
  if (const char* words = part_too_many(url.get())) return refuse(words);
  return {};
}

struct HttpClient::Handle {
  CURL* curl = start_curl() ? curl_easy_init() : nullptr;
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }
};

HttpClient::HttpClient() : handle_(std::make_unique<Handle>()) {}
HttpClient::~HttpClient() = default;

Result<HttpAnswer> HttpClient::get(const std::string& address, const HttpLimits& limits,
                                   const BodySink& sink) {
  ASSAY_CHECK(check_web_address(address));
  if (handle_->curl == nullptr) return fail(Errc::internal, "libcurl does not start");
  char detail[CURL_ERROR_SIZE] = "";
  Received received{.handle = handle_->curl,
                    .answer = {},
                    .sink = sink ? &sink : nullptr,
                    .body_size_max_bytes = limits.body_size_bytes};
  curl_easy_reset(handle_->curl);  // keeps the connection
  set_common(handle_->curl, address, limits, detail, received);
  return perform(handle_->curl, address, limits, detail, received);
}

Result<HttpAnswer> HttpClient::post(const std::string& address, const std::string& body,
                                    const HttpLimits& limits, const HttpTypes& types) {
  ASSAY_CHECK(check_web_address(address));
  if (handle_->curl == nullptr) return fail(Errc::internal, "libcurl does not start");
  char detail[CURL_ERROR_SIZE] = "";
  Received received{
      .handle = handle_->curl, .answer = {}, .body_size_max_bytes = limits.body_size_bytes};
  curl_easy_reset(handle_->curl);
  set_common(handle_->curl, address, limits, detail, received);
  // Without "Expect:" a server that does not know it would cost a second of waiting.
  curl_slist* lines = curl_slist_append(nullptr, "Expect:");
  lines = curl_slist_append(lines, ("Content-Type: " + types.content_type).c_str());
  lines = curl_slist_append(lines, ("Accept: " + types.accept).c_str());
  const std::unique_ptr<curl_slist, FreeList> headers(lines);
  curl_easy_setopt(handle_->curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle_->curl, CURLOPT_POST, 1L);
  curl_easy_setopt(handle_->curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(handle_->curl, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(body.size()));
  return perform(handle_->curl, address, limits, detail, received);
}

Result<HttpAnswer> http_get(const std::string& address, const HttpLimits& limits) {
  return HttpClient().get(address, limits);
}

Result<HttpAnswer> http_post(const std::string& address, const std::string& body,
                             const HttpLimits& limits, const HttpTypes& types) {
  return HttpClient().post(address, body, limits, types);
}

}  // namespace assay::cli
