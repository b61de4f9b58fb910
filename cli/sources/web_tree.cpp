#include "cli/sources/web_tree.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

constexpr std::uint32_t kPaceBytesPerS = 1'024;
constexpr std::uint32_t kPaceForS = 20;
constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kGone = 410;

Error answer_error(const std::string& name, const HttpAnswer& answer) {
  if (answer.status == kNotFound || answer.status == kGone) {
    return {Errc::not_found, name + " is not there", {}, std::nullopt};
  }
  Error error{Errc::io,
              fmt::format("cannot read {}: the server answers {}", name, answer.status),
              {},
              std::nullopt};
  if (!answer.location.empty()) {
    error.hint = "it sends readers on to " + shown(answer.location) +
                 ", which is not followed; if that is the log, give its address";
  }
  return error;
}

}  // namespace

Result<std::unique_ptr<WebTree>> WebTree::open(std::string_view address, std::uint32_t total_s) {
  ASSAY_CHECK(check_web_address(address));
  std::string below(address);
  if (!below.ends_with('/')) below += '/';
  const auto until = Clock::now() + std::chrono::seconds(total_s);
  return std::unique_ptr<WebTree>(new WebTree(std::move(below), until));
}

Status WebTree::stream(const std::string& name, std::uint64_t size_max_bytes,
                       const PieceSink& sink) const {
  if (!verify::is_tree_name(name) || !check_web_address(address_ + name) ||
      name.find('%') != std::string::npos) {
    return fail(Errc::not_found, "no such file is looked for on the web: " + shown(name));
  }
  const std::lock_guard lock(mutex_);
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(until_ - Clock::now()).count();
  if (left <= 0) {
    return fail(Errc::io, "cannot read " + name + ": the time for all of the log is up",
                "give it more with --timeout, or find out why the server is so slow");
  }
  const HttpLimits limits{.time_ms = static_cast<std::uint32_t>(left),
                          .body_size_bytes = size_max_bytes,
                          .pace_bytes_per_s = kPaceBytesPerS,
                          .pace_for_s = kPaceForS};
  const auto answer = client_.get(address_ + name, limits, sink);
  if (!answer) {
    // An answer that is no HTTP says nothing of the log: it could not be read.
    Error error = answer.error();
    if (error.code == Errc::limit) return std::unexpected(std::move(error));
    return fail(Errc::io, "cannot read " + name + ": " + error.message, error.hint);
  }
  if (answer->status != kOk) return std::unexpected(answer_error(name, *answer));
  return {};
}

Result<std::optional<std::vector<std::string>>> WebTree::list(const std::string&) const {
  return std::optional<std::vector<std::string>>();
}

}  // namespace assay::cli
