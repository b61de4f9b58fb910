#pragma once

/// A web address as a tree of files to verify: GET below one address of one host, over HTTP or
/// HTTPS. The server may be anybody's. It is asked for nothing but the names that a published log
/// has; redirects are not followed; each answer has a limit of size and a pace to keep (1 KiB/s
/// over 20 s, from the asking on); and all of them together have a time.
///
/// 404 and 410 say that a file is not there. Every other answer but 200, and none at all, is a
/// failure of the run. Files cannot be listed. Thread word: thread-safe; one request at a time.

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

#include "cli/http/client.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::cli {

/// Long enough for a first reading of a large log, and not for a server that drips for ever.
inline constexpr std::uint32_t kWebTimeS = 3'600;

class WebTree final : public verify::FileTree {
 public:
  /// Asks nobody yet; from now on there are `total_s` for everything. Errors: invalid_argument, as
  /// check_web_address says.
  [[nodiscard]] static Result<std::unique_ptr<WebTree>> open(std::string_view address,
                                                             std::uint32_t total_s);

  [[nodiscard]] Status stream(const std::string& name, std::uint64_t size_max_bytes,
                              const PieceSink& sink) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const override;

 private:
  using Clock = std::chrono::steady_clock;
  WebTree(std::string address, Clock::time_point until)
      : address_(std::move(address)), until_(until) {}

  std::string address_;  ///< ends in "/"
  Clock::time_point until_;
  mutable std::mutex mutex_;
  mutable HttpClient client_;  // guarded by mutex_
};

}  // namespace assay::cli
