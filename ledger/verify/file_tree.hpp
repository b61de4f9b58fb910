#pragma once

/// Files by name, as somebody published them: a directory, a web address, a bundle. Names are
/// relative, with "/" between their parts ("tile/0/000"); whoever implements this never leaves the
/// place that it was given, follows no link, and reads nothing that is larger than it was asked
/// for.
///
/// Two kinds of failure are kept apart, as in source.hpp: a file that is not there is an answer
/// about the evidence, a file that could not be read is one about the run.
/// Thread word: thread-safe, all calls are const.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"

namespace assay::verify {

class FileTree {
 public:
  /// The piece is valid during the call only. False: no more is wanted, which is no error.
  using PieceSink = std::function<bool(std::string_view piece)>;

  virtual ~FileTree() = default;

  /// Hands over a file in pieces of at most 1 MiB. Errors: not_found (nothing of that name), limit
  /// (larger than `size_max_bytes`; some of it may have been handed over), rejected (not a plain
  /// file: a link, a folder, a device), and of the run.
  [[nodiscard]] virtual Status stream(const std::string& name, std::uint64_t size_max_bytes,
                                      const PieceSink& sink) const = 0;

  /// The names directly in `folder`, in ascending order; none where there is no such folder.
  /// Nothing at all where names cannot be listed, as on the web. Errors: limit (more than
  /// kNamesMax), rejected (not a folder), and of the run.
  [[nodiscard]] virtual Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const = 0;

  /// A whole file. Errors: those of stream.
  [[nodiscard]] Result<std::string> read(const std::string& name,
                                         std::uint64_t size_max_bytes) const {
    std::string bytes;
    ASSAY_CHECK(stream(name, size_max_bytes, [&](std::string_view piece) {
      bytes.append(piece);
      return true;
    }));
    return bytes;
  }

  static constexpr std::size_t kNamesMax = std::size_t{1} << 20U;
  static constexpr std::size_t kPieceSizeBytes = std::size_t{1} << 18U;
};

/// True for a relative name that stays below where it begins: parts of 1 to 255 bytes without NUL,
/// none of them "." or "..", at most 1,024 bytes in all.
[[nodiscard]] bool is_tree_name(std::string_view name) noexcept;

}  // namespace assay::verify
