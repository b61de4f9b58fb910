#pragma once

/// A BagIt bag (RFC 8493) in a zip, in one directory: payload as it comes, then the tag files that
/// its bytes decide. Thread word: thread-compatible.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cli/bundle/zip_writer.hpp"
#include "ledger/verify/bag.hpp"

namespace assay::cli {

/// Labels and values for bag-info.txt.
using BagInfo = std::vector<std::pair<std::string, std::string>>;
/// Of a bundle of the log `log` about `about`, at `size`, whose last entry was recorded at `time`.
[[nodiscard]] BagInfo bag_info(const std::string& about, const Hash& log, std::uint64_t size,
                               const Timestamp& time);

class BagWriter {
 public:
  using Pieces = std::function<Status(const std::function<Status(std::string_view piece)>& sink)>;

  /// `directory` is the one that everything in the zip lies in.
  BagWriter(ZipWriter zip, std::string directory)
      : zip_(std::move(zip)), directory_(std::move(directory)) {}

  /// Payload, under data/. Errors: io, no_space, those of `pieces`.
  [[nodiscard]] Status add(const std::string& name, std::string_view bytes);
  /// The same for a file of any size. Errors: also internal (the pieces are not of `size_bytes`).
  [[nodiscard]] Status add_large(const std::string& name, std::uint64_t size_bytes,
                                 const Pieces& pieces);

  /// Writes the tag files, `info` among them as lines of bag-info.txt, and the manifests.
  /// Errors: as ZipWriter::finish.
  [[nodiscard]] Status finish(const BagInfo& info);

 private:
  [[nodiscard]] Status add_tag(const std::string& name, std::string_view bytes);

  ZipWriter zip_;
  std::string directory_;
  std::vector<verify::ManifestLine> payload_;
  std::vector<verify::ManifestLine> tags_;
  std::uint64_t size_bytes_ = 0;
};

}  // namespace assay::cli
