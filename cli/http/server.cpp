#include "cli/http/server.hpp"

#include <atomic>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/http/deadline_stream.hpp"
#include "cli/http/task_queue.hpp"

namespace assay::cli {
namespace {

/// Request line and header lines, at most.
constexpr std::size_t kRequestHeadSizeBytes = 32'768;
/// Nothing that is served has a longer name. It also keeps regular expressions off long texts.
constexpr std::size_t kPathSizeBytes = 512;
constexpr int kTooLarge = 413;
constexpr int kUnsupportedMedia = 415;
constexpr int kServerError = 500;

/// The body as it was sent; nothing where there is more of it than is taken.
bool read_body(const httplib::ContentReader& reader, std::size_t size_max_bytes,
               std::string& body) {
  return reader([&](const char* bytes, std::size_t size_bytes) {
    if (body.size() + size_bytes > size_max_bytes) return false;
    body.append(bytes, size_bytes);
    return true;
  });
}

void give(const HttpAnswer& answer, httplib::Response& response) {
  response.status = answer.status;
  response.set_content(answer.body, answer.content_type);
}

}  // namespace

// Not in the anonymous namespace: it is part of a type that others declare.
class BoundedServer final : public httplib::Server {
 public:
  BoundedServer(const HttpLimits& limits, const std::atomic<bool>& stopping)
      : limits_(limits), stopping_(stopping) {}

 private:
  /// One request, then the connection ends. The base class sets a limit on every read alone.
  bool process_and_close_socket(socket_t socket) override {
    DeadlineStream stream(socket, std::chrono::milliseconds(limits_.time_ms),
                          kRequestHeadSizeBytes + limits_.body_size_bytes, stopping_);
    bool closed = false;
    const bool answered = process_request(stream, true, closed, nullptr);
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return answered;
  }

  HttpLimits limits_;
  const std::atomic<bool>& stopping_;
};

struct HttpServer::Impl {
  Impl(const HttpServerOptions& given, Handler handle)
      : options(given), handler(std::move(handle)), server(given.limits, stopping) {}

  HttpServerOptions options;
  Handler handler;
  std::atomic<bool> stopping{false};
  BoundedServer server;
  int port = 0;

  void answer(const httplib::Request& request, std::string body,
              httplib::Response& response) const {
    give(handler({request.method, request.path, std::move(body), request.remote_addr}), response);
  }

  void answer_post(const httplib::Request& request, httplib::Response& response,
                   const httplib::ContentReader& reader) const {
    // What is packed could be a thousand times as large once unpacked, and forms are no notes.
    if (request.has_header("Content-Encoding") || request.is_multipart_form_data()) {
      response.status = kUnsupportedMedia;
      return;
    }
    std::string body;
    if (!read_body(reader, options.limits.body_size_bytes, body)) {
      response.status = kTooLarge;
      return;
    }
    answer(request, std::move(body), response);
  }

  void set_up() {
    server.new_task_queue = [this] {
      return new BoundedTaskQueue(options.threads, options.waiting_max);
    };
    // The library's own choice would let a second server share the port in silence.
    server.set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server.set_payload_max_length(options.limits.body_size_bytes);
    server.set_pre_routing_handler(
        [](const httplib::Request& request, httplib::Response& response) {
          if (request.path.size() <= kPathSizeBytes)
            return httplib::Server::HandlerResponse::Unhandled;
          response.status = 414;
          return httplib::Server::HandlerResponse::Handled;
        });
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response,
                                    const std::exception_ptr&) { response.status = kServerError; });
    server.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
      answer(request, {}, response);
    });
    server.Post(".*", [this](const httplib::Request& request, httplib::Response& response,
                             const httplib::ContentReader& reader) {
      answer_post(request, response, reader);
    });
  }
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

Result<HttpServer> HttpServer::open(const HttpServerOptions& options, Handler handler) {
  auto impl = std::make_unique<Impl>(options, std::move(handler));
  impl->set_up();
  impl->port = options.port;
  const bool bound = options.port == 0
                         ? (impl->port = impl->server.bind_to_any_port(options.host)) > 0
                         : impl->server.bind_to_port(options.host, options.port);
  if (bound) return HttpServer(std::move(impl));
  return fail(Errc::io, "cannot listen on " + options.host + ":" + std::to_string(options.port),
              "another program may listen there, or the address is not this machine's");
}

int HttpServer::port() const noexcept { return impl_->port; }

Status HttpServer::serve() {
  if (impl_->stopping) return {};
  const bool ended_well = impl_->server.listen_after_bind();
  if (ended_well || impl_->stopping) return {};
  return fail(Errc::io, "the server can accept no more connections");
}

void HttpServer::stop() {
  impl_->stopping = true;
  impl_->server.stop();
}

}  // namespace assay::cli
