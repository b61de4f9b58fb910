#include "cli/publish/publish_folder.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/sources/below.hpp"
#include "cli/sources/directory_tree.hpp"

namespace assay::cli {
namespace {

constexpr const char* kUnfinished = ".new";
constexpr const char* kInTheMaking = "file";
constexpr mode_t kFolderMode = 0755;
constexpr mode_t kFileMode = 0644;

Status failed(int number, std::string_view doing, const std::string& path) {
  Error error = keys::system_error(number, doing, path);
  if (error.code == Errc::key_unavailable) error.code = Errc::io;
  return std::unexpected(std::move(error));
}

std::string folder_of(const std::string& name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string::npos ? std::string() : name.substr(0, slash);
}

}  // namespace

Result<PublishFolder> PublishFolder::open(const std::string& path, bool dry_run) {
  PublishFolder made(path, dry_run);
  if (!dry_run && ::mkdir(path.c_str(), kFolderMode) != 0 && errno != EEXIST) {
    return std::unexpected(failed(errno, "make", path).error());
  }
  auto folder = open_folder(path);
  if (!folder && dry_run && folder.error().code == Errc::not_found) {
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    ASSAY_CHECK(open_folder(parent.empty() ? std::string(".") : parent.string()));
    return made;
  }
  if (!folder) return std::unexpected(std::move(folder).error());
  made.folder_ = *std::move(folder);
  if (dry_run) return made;
  ASSAY_CHECK(keys::lock_exclusive(made.folder_, path, 0, "another run is publishing there"));
  ASSAY_CHECK(made.clear_unfinished());
  return made;
}

PublishFolder::~PublishFolder() {
  // Empty after every write that came to its end; otherwise it stays for the next run to clear.
  if (folder_.get() >= 0 && !dry_run_) ::unlinkat(folder_.get(), kUnfinished, AT_REMOVEDIR);
}

/// What an interrupted run left is nobody's; the folder is ours alone while it is locked.
Status PublishFolder::clear_unfinished() {
  std::string leaf;
  const std::string file = std::string(kUnfinished) + "/" + kInTheMaking;
  ASSAY_TRY(unfinished_, make_parent_below(folder_, file, leaf));
  if (::unlinkat(unfinished_.get(), kInTheMaking, 0) == 0 || errno == ENOENT) return {};
  return failed(errno, "remove", path_ + "/" + file);
}

Result<std::optional<std::uint64_t>> PublishFolder::size_of(const std::string& name) const {
  if (absent()) return std::nullopt;
  const auto file = open_below(folder_, name, O_RDONLY);
  if (!file && file.error().code == Errc::not_found) return std::nullopt;
  if (!file) return std::unexpected(file.error());
  struct stat status{};
  if (::fstat(file->get(), &status) != 0) {
    return std::unexpected(failed(errno, "read", name).error());
  }
  if (!S_ISREG(status.st_mode)) return fail(Errc::rejected, name + " is not a plain file");
  return static_cast<std::uint64_t>(status.st_size);
}

Error PublishFolder::other_bytes(const std::string& name) const {
  return {Errc::conflict, path_ + "/" + name + " is there already with other bytes",
          "it was altered, or the directory is somebody else's; `assay verify " + path_ +
              "` looks at all of it. Nothing there is ever overwritten",
          std::nullopt};
}

Status PublishFolder::place(const std::string& name, std::string_view bytes) {
  auto size = size_of(name);
  if (!size && size.error().code != Errc::rejected) return std::unexpected(size.error());
  if (!size) return std::unexpected(other_bytes(name));
  if (!*size) {
    return write(name, [&](const auto& sink) -> Status { return sink(bytes); });
  }
  if (**size != bytes.size()) return std::unexpected(other_bytes(name));
  ASSAY_TRY(const std::string there, read(name, bytes.size()));
  if (there != bytes) return std::unexpected(other_bytes(name));
  ++counts_.unchanged;
  return {};
}

Status PublishFolder::place_large(const std::string& name, std::uint64_t size_bytes,
                                  const Pieces& pieces) {
  auto size = size_of(name);
  if (!size && size.error().code != Errc::rejected) return std::unexpected(size.error());
  if (!size || (*size && **size != size_bytes)) return std::unexpected(other_bytes(name));
  if (!*size) return write(name, pieces);
  ++counts_.unchanged;
  return {};
}

Status PublishFolder::replace(const std::string& name, std::string_view bytes) {
  auto size = size_of(name);
  if (!size) {
    return std::unexpected(size.error().code == Errc::rejected ? other_bytes(name) : size.error());
  }
  if (*size && **size == bytes.size()) {
    ASSAY_TRY(const std::string there, read(name, bytes.size()));
    if (there == bytes) {
      ++counts_.unchanged;
      return {};
    }
  }
  return write(name, [&](const auto& sink) -> Status { return sink(bytes); });
}

Status PublishFolder::write(const std::string& name, const Pieces& pieces) {
  std::uint64_t size_bytes = 0;
  if (dry_run_) {
    ASSAY_CHECK(pieces([&](std::string_view piece) -> Status {
      size_bytes += piece.size();
      return {};
    }));
  } else {
    const std::string shown = path_ + "/" + name;
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
    const keys::FileDescriptor file(::openat(unfinished_.get(), kInTheMaking, kFlags, kFileMode));
    if (file.get() < 0) return failed(errno, "write", shown);
    const auto append = [&](std::string_view piece) -> Status {
      ASSAY_CHECK(keys::write_at(file, shown, piece, size_bytes));
      size_bytes += piece.size();
      return {};
    };
    ASSAY_CHECK(pieces(append));
    if (::fdatasync(file.get()) != 0) return failed(errno, "sync", shown);
    std::string leaf;
    ASSAY_TRY(const keys::FileDescriptor parent, make_parent_below(folder_, name, leaf));
    if (::renameat(unfinished_.get(), kInTheMaking, parent.get(), leaf.c_str()) != 0) {
      return failed(errno, "write", shown);
    }
    // A folder may be as new as the file in it.
    for (std::string folder = folder_of(name);; folder = folder_of(folder)) {
      touched_.insert(folder);
      if (folder.empty()) break;
    }
  }
  ++counts_.written;
  counts_.written_size_bytes += size_bytes;
  return {};
}

Status PublishFolder::settle() {
  for (const std::string& folder : touched_) {
    ASSAY_TRY(const keys::FileDescriptor opened, open_below(folder_, folder, O_RDONLY));
    if (::fsync(opened.get()) != 0) return failed(errno, "sync", path_ + "/" + folder);
  }
  touched_.clear();
  return {};
}

Result<std::string> PublishFolder::read(const std::string& name, std::size_t size_max_bytes) const {
  if (absent()) return fail(Errc::not_found, name + " is not there");
  ASSAY_TRY(const DirectoryTree tree, DirectoryTree::open(path_));
  return tree.read(name, size_max_bytes);
}

bool PublishFolder::has(const std::string& name) const {
  const auto size = size_of(name);
  return !size || *size;
}

}  // namespace assay::cli
