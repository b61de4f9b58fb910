#pragma once

/// A web address as a tree of files to verify: GET below one address of one host, over HTTP or
/// HTTPS. The server may be anybody's. It is asked for nothing but the names that a published log
/// has; redirects are not followed, to another host least of all; answers are not decompressed; and
/// each has a limit of size, a time to begin in (20 s) and a pace to keep (1 KiB/s).
///
/// 404 and 410 say that a file is not there. Every other answer but 200, and none at all, is a
/// failure of the run. Files cannot be listed. Thread word: thread-safe; one request at a time.

#include <functional>
#include <memory>
#include <mutex>

#include "ledger/base/time.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::cli {

/// True for what begins as an address of the web.
[[nodiscard]] bool is_web_address(std::string_view text) noexcept;

class WebTree final : public verify::FileTree {
 public:
  /// Asks nobody yet. `now` is the clock that answers are timed by; it goes on while they come.
  /// Errors: invalid_argument (not an address, or one with a name and password, a query or a
  /// fragment).
  [[nodiscard]] static Result<std::unique_ptr<WebTree>> open(std::string_view address,
                                                             std::function<Timestamp()> now);
  ~WebTree() override;
  WebTree(const WebTree&) = delete;
  WebTree& operator=(const WebTree&) = delete;

  [[nodiscard]] Status stream(const std::string& name, std::uint64_t size_max_bytes,
                              const PieceSink& sink) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const override;

 private:
  struct Client;
  WebTree(std::unique_ptr<Client> client, std::string path, std::function<Timestamp()> now);

  std::unique_ptr<Client> client_;
  std::string path_;  ///< of the address, ends in "/"
  std::function<Timestamp()> now_;
  mutable std::mutex mutex_;  // one request at a time
};

}  // namespace assay::cli
