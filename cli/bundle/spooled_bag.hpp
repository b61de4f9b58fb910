#pragma once

/// A bag in a zip that anybody may have made. It is read once, from its central directory, into a
/// temporary file without a name, so that its files can be had in any order; nothing is unpacked by
/// its own name. A zip that is not plainly a bag is refused: names that lead elsewhere or are not
/// ASCII, a name twice, links and devices, encryption, and more of anything than the limits.
/// Thread word: thread-safe once opened.

#include <map>

#include "keys/posix_file.hpp"
#include "ledger/verify/bag.hpp"
#include "ledger/verify/file_tree.hpp"

namespace assay::cli {

struct ZipLimits {
  std::size_t files = verify::kBagFilesMax;
  std::uint64_t size_max_bytes = std::uint64_t{8} << 30U;  ///< of all files, unpacked
  /// Unpacked bytes for each byte of the zip. Logs and reports come to 10 or 20.
  std::uint64_t ratio = 200;
};

class SpooledBag final : public verify::FileTree {
 public:
  /// Errors: not_found, io (the file itself); incomplete (it is no zip, or one that is refused:
  /// whoever cannot read it has checked nothing); no_space.
  [[nodiscard]] static Result<SpooledBag> open(const std::string& path, const ZipLimits& limits);
  /// The same of a zip in memory, for whoever tests readers.
  [[nodiscard]] static Result<SpooledBag> of_bytes(std::string_view zip, const ZipLimits& limits);

  [[nodiscard]] Status stream(const std::string& name, std::uint64_t size_max_bytes,
                              const PieceSink& sink) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string& folder) const override;

  /// Everything in the bag, ascending by name.
  [[nodiscard]] const std::vector<verify::BagFile>& files() const noexcept { return files_; }

 private:
  SpooledBag() = default;
  class Reader;

  keys::FileDescriptor spool_;
  std::vector<verify::BagFile> files_;
  std::map<std::string, std::uint64_t, std::less<>> offsets_;  // in the spool
};

}  // namespace assay::cli
