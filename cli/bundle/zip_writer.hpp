#pragma once

/// A zip file, written as it comes. The same calls give the same bytes: one time for all files, one
/// mode, no owner, and nothing compressed, so that no version of a compressor decides. libarchive
/// writes times of day by the zone of the process; whoever wants the same bytes everywhere calls
/// `fix_zone` before anything else starts. Thread word: thread-compatible.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "keys/posix_file.hpp"
#include "ledger/base/error.hpp"
#include "ledger/base/time.hpp"

struct archive;

namespace assay::cli {

/// From here on this process has the time zone UTC. Call it before there are other threads.
void fix_zone();

class ZipWriter {
 public:
  /// Writes to a hidden file beside `path`, which `finish` gives that name. `time` is what all
  /// files in it have, to the second. Errors: conflict (`path` is there, and `replace` is false),
  /// not_found (its directory is not), invalid_argument (`path` is a directory), io.
  [[nodiscard]] static Result<ZipWriter> open(const std::string& path, bool replace,
                                              const Timestamp& time);

  /// The next file; `size_bytes` are to follow in pieces. Errors: io, no_space.
  [[nodiscard]] Status begin(const std::string& name, std::uint64_t size_bytes);
  [[nodiscard]] Status write(std::string_view piece);

  /// The file is there, whole and durable. Errors: conflict (somebody else made it meanwhile), io,
  /// no_space.
  [[nodiscard]] Status finish();

  ZipWriter(ZipWriter&&) noexcept = default;
  ZipWriter& operator=(ZipWriter&&) = delete;
  /// Without `finish`, nothing is left.
  ~ZipWriter();

 private:
  struct Close {
    void operator()(archive* zip) const noexcept;
  };
  ZipWriter() = default;
  [[nodiscard]] Error failed(std::string_view doing) const;

  std::string path_;
  std::string temporary_;  // empty where nothing has to be removed
  bool replace_ = false;
  std::int64_t time_s_ = 0;
  keys::FileDescriptor file_;
  std::unique_ptr<archive, Close> zip_;
};

}  // namespace assay::cli
