#include "cli/http/client.hpp"

#include <curl/curl.h>
#include <memory>

namespace assay::cli {
namespace {

constexpr std::size_t kHeadSizeBytes = 65'536;

struct FreeHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// What has arrived so far, and what may.
struct Received {
  HttpAnswer answer;
  std::size_t head_size_bytes = 0;
  std::size_t body_size_max_bytes = 0;
  bool too_large = false;
};

std::size_t take_body(char* bytes, std::size_t /*one*/, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  received.too_large = received.answer.body.size() + count > received.body_size_max_bytes;
  if (received.too_large) return 0;
  received.answer.body.append(bytes, count);
  return count;
}

std::size_t take_head(char* /*bytes*/, std::size_t /*one*/, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  received.head_size_bytes += count;
  received.too_large = received.head_size_bytes > kHeadSizeBytes;
  return received.too_large ? 0 : count;
}

/// libcurl asks to be started once, before threads use it.
bool start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  return started == CURLE_OK;
}

Error error_of(CURLcode code, const char* detail, const std::string& address,
               const HttpLimits& limits) {
  const std::string what = *detail != '\0' ? detail : curl_easy_strerror(code);
  const std::string message = "asking " + address + ": " + what;
  switch (code) {
    case CURLE_URL_MALFORMAT: return {Errc::invalid_argument, message, {}, {}};
    case CURLE_UNSUPPORTED_PROTOCOL:  // an answer without a status line; the address was checked
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_GOT_NOTHING: return {Errc::malformed, message, {}, {}};
    case CURLE_OPERATION_TIMEDOUT:
      return {Errc::io,
              "asking " + address + ": no whole answer within " + std::to_string(limits.time_ms) +
                  " ms",
              "try again later, or grant more with --timeout",
              {}};
    default: return {Errc::io, message, {}, {}};
  }
}

void set_common(CURL* handle, const std::string& address, const HttpLimits& limits, char* detail,
                Received& received) {
  curl_easy_setopt(handle, CURLOPT_URL, address.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.time_ms));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.time_ms));
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "assay");
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_head);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &received);
}

Result<HttpAnswer> exchange(const std::string& address, const std::string* body,
                            const HttpLimits& limits) {
  ASSAY_CHECK(check_web_address(address));
  if (!start_curl()) return fail(Errc::internal, "libcurl does not start");
  const std::unique_ptr<CURL, FreeHandle> handle(curl_easy_init());
  if (handle == nullptr) return fail(Errc::internal, "libcurl gives no handle");
  char detail[CURL_ERROR_SIZE] = "";
  Received received;
  received.body_size_max_bytes = limits.body_size_bytes;
  set_common(handle.get(), address, limits, detail, received);
  // Without "Expect:" a server that does not know it would cost a second of waiting.
  curl_slist* lines = curl_slist_append(nullptr, "Expect:");
  lines = curl_slist_append(lines, "Content-Type: text/plain; charset=utf-8");
  const std::unique_ptr<curl_slist, FreeList> headers(lines);
  if (body != nullptr) {
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle.get(), CURLOPT_POST, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body->c_str());
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body->size()));
  }
  const CURLcode code = curl_easy_perform(handle.get());
  if (received.too_large) {
    return fail(Errc::limit, "asking " + address + ": the answer is larger than " +
                                 std::to_string(limits.body_size_bytes) + " bytes");
  }
  if (code != CURLE_OK) return std::unexpected(error_of(code, detail, address, limits));
  long status = 0;
  const char* content_type = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &content_type);
  received.answer.status = static_cast<int>(status);
  if (content_type != nullptr) received.answer.content_type = content_type;
  return std::move(received.answer);
}

}  // namespace

Status check_web_address(const std::string& address) {
  if (address.starts_with("http://") || address.starts_with("https://")) return {};
  return fail(Errc::invalid_argument, "\"" + address + "\" is no web address",
              "one begins with http:// or https://");
}

Result<HttpAnswer> http_get(const std::string& address, const HttpLimits& limits) {
  return exchange(address, nullptr, limits);
}

Result<HttpAnswer> http_post(const std::string& address, const std::string& body,
                             const HttpLimits& limits) {
  return exchange(address, &body, limits);
}

}  // namespace assay::cli
