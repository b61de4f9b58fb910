#include "cli/bundle/whole_log.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "cli/bundle/bag_folder.hpp"
#include "cli/terminal/progress.hpp"
#include "ledger/format/entry.hpp"

namespace assay::cli {
namespace {

/// A folder of our own, which goes with the object.
class ScratchFolder {
 public:
  static Result<ScratchFolder> make() {
    std::error_code error;
    const std::filesystem::path directory = std::filesystem::temp_directory_path(error);
    if (error) return fail(Errc::io, "no directory for temporary files: " + error.message());
    std::string path = (directory / "assay-bundle-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) {
      return std::unexpected(keys::system_error(errno, "make", path));
    }
    return ScratchFolder(std::move(path));
  }
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string log() const { return path_ + "/log"; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

Result<Timestamp> last_recorded_at(const store::Store& store, std::uint64_t size) {
  ASSAY_TRY(const std::string bytes, store.entry(size - 1));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  return entry.recorded_at;
}

Status copy_into(const Run& run, const DirectoryTree& tree, BagWriter& bag) {
  ZipLimits unlimited;
  unlimited.size_max_bytes = std::uint64_t{1} << 62U;
  ASSAY_TRY(const std::vector<verify::BagFile> files, files_below(tree, unlimited));
  Progress progress(run, "writing", files.size());
  std::uint64_t done = 0;
  for (const verify::BagFile& file : files) {
    // What the publisher keeps for itself has a name with a dot.
    if (file.name.starts_with('.')) continue;
    ASSAY_CHECK(bag.add_large(file.name, file.size_bytes, [&](const auto& sink) {
      Status written;
      const Status read = tree.stream(file.name, file.size_bytes, [&](std::string_view piece) {
        written = sink(piece);
        return written.has_value();
      });
      return written ? read : written;
    }));
    progress.update(++done);
  }
  return {};
}

}  // namespace

Result<Published> plan_whole_log(const Run& run, const LedgerSession& session,
                                 const PublishOptions& options) {
  ASSAY_TRY(const ScratchFolder scratch, ScratchFolder::make());
  PublishOptions trial = options;
  trial.directory = scratch.log();
  trial.dry_run = true;
  return publish_log(run, session, trial);
}

Result<Published> write_whole_log(const Run& run, const LedgerSession& session,
                                  PublishOptions options, const std::string& path, bool replace) {
  ASSAY_TRY(const ScratchFolder scratch, ScratchFolder::make());
  options.directory = scratch.log();
  ASSAY_TRY(const Published published, publish_log(run, session, options));
  const std::uint64_t size = published.head.size;
  ASSAY_TRY(const Timestamp time, last_recorded_at(session.store(), size));
  ASSAY_TRY(ZipWriter zip, ZipWriter::open(path, replace, time));
  BagWriter bag(std::move(zip), "bundle-log-at-" + std::to_string(size));
  ASSAY_TRY(const DirectoryTree tree, DirectoryTree::open(scratch.log()));
  ASSAY_CHECK(copy_into(run, tree, bag));
  ASSAY_CHECK(bag.finish(bag_info("log", session.log_id(), size, time)));
  return published;
}

}  // namespace assay::cli
