#include "cli/bundle/bag_folder.hpp"

#include <algorithm>

namespace assay::cli {
namespace {

class Walker {
 public:
  Walker(const DirectoryTree& tree, const ZipLimits& limits) : tree_(tree), limits_(limits) {}

  /// What is no folder is read as a file; what is neither is refused there.
  Status enter(const std::string& folder, std::size_t depth) {
    constexpr std::size_t kDepthMax = 16;
    if (depth > kDepthMax) return unfit(folder + " lies deeper than any file of a bag");
    const auto names = tree_.list(folder);
    if (!names && names.error().code != Errc::limit) return std::unexpected(names.error());
    if (!names) return unfit(names.error().message);
    for (const std::string& name : names->value_or(std::vector<std::string>{})) {
      const std::string path = folder.empty() ? name : folder + "/" + name;
      ASSAY_CHECK(take(path, depth));
    }
    return {};
  }
  [[nodiscard]] std::vector<verify::BagFile> take_files() {
    std::ranges::sort(files_, {}, &verify::BagFile::name);
    return std::move(files_);
  }

 private:
  static std::unexpected<Error> unfit(std::string why) {
    return fail(Errc::incomplete, "the bag is not read: " + std::move(why));
  }

  Status take(const std::string& path, std::size_t depth) {
    if (files_.size() == limits_.files) {
      return unfit("it has more than " + std::to_string(limits_.files) + " files");
    }
    Digest digest = Digest::sha256();
    std::uint64_t size_bytes = 0;
    const Status read =
        tree_.stream(path, limits_.size_max_bytes - total_bytes_, [&](std::string_view piece) {
          digest.update(piece);
          size_bytes += piece.size();
          return true;
        });
    if (!read && read.error().code == Errc::rejected) return enter_or_refuse(path, depth);
    if (!read && read.error().code == Errc::limit) {
      return unfit("it has more than " + std::to_string(limits_.size_max_bytes) + " bytes");
    }
    ASSAY_CHECK(read);
    ASSAY_TRY(const Hash sha256, Hash::from_hex(digest.finish_hex()));
    total_bytes_ += size_bytes;
    files_.push_back({path, size_bytes, sha256});
    return {};
  }

  /// What is there and no plain file is a folder, or does not belong in a bag. An empty folder is
  /// nothing, as it is in a zip.
  Status enter_or_refuse(const std::string& path, std::size_t depth) {
    if (tree_.is_folder(path)) return enter(path, depth + 1);
    return unfit(path + " is a link or something else that is no file");
  }

  const DirectoryTree& tree_;
  const ZipLimits& limits_;
  std::uint64_t total_bytes_ = 0;
  std::vector<verify::BagFile> files_;
};

}  // namespace

Result<std::vector<verify::BagFile>> files_below(const DirectoryTree& tree,
                                                 const ZipLimits& limits) {
  Walker walker(tree, limits);
  ASSAY_CHECK(walker.enter("", 0));
  return walker.take_files();
}

}  // namespace assay::cli
