#include "cli/sources/below.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

#include "ledger/verify/file_tree.hpp"

namespace assay::cli {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
constexpr mode_t kFolderMode = 0755;

Error below_error(int number, const std::string& name) {
  switch (number) {
    case ENOENT: return {Errc::not_found, name + " is not there", {}, std::nullopt};
    case ELOOP:
      return {Errc::rejected,
              name + " is or leads through a link, which is not followed",
              {},
              std::nullopt};
    // A part of the path that is a file holds nothing below it.
    case ENOTDIR:
      return {
          Errc::not_found, name + " leads through something that is no folder", {}, std::nullopt};
    default: {
      Error error = keys::system_error(number, "open", name);
      // Whose permission is missing is the folder's affair, no key's.
      if (error.code == Errc::key_unavailable) error.code = Errc::io;
      return error;
    }
  }
}

Result<keys::FileDescriptor> open_part(int folder, const std::string& part, int flags,
                                       const std::string& name) {
  int fd = -1;
  do {
    fd = ::openat(folder, part.c_str(), flags | O_NOFOLLOW | O_CLOEXEC);
  } while (fd < 0 && errno == EINTR);
  if (fd >= 0) return keys::FileDescriptor(fd);
  const int number = errno;
  // O_DIRECTORY says ENOTDIR of a link as well.
  struct stat status{};
  if (number == ENOTDIR && ::fstatat(folder, part.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
      S_ISLNK(status.st_mode)) {
    return std::unexpected(below_error(ELOOP, name));
  }
  return std::unexpected(below_error(number, name));
}

Result<keys::FileDescriptor> duplicate(const keys::FileDescriptor& folder) {
  const int fd = ::openat(folder.get(), ".", kFolderFlags);
  if (fd < 0) return std::unexpected(keys::system_error(errno, "open", "the folder"));
  return keys::FileDescriptor(fd);
}

/// Walks to the folder that the last part of `name` lies in, and leaves that part in `leaf`.
template <class Step>
Result<keys::FileDescriptor> walk_to_parent(const keys::FileDescriptor& folder,
                                            const std::string& name, std::string& leaf,
                                            const Step& step) {
  if (!verify::is_tree_name(name)) {
    return fail(Errc::invalid_argument, "\"" + name + "\" is no name below a folder");
  }
  ASSAY_TRY(keys::FileDescriptor at, duplicate(folder));
  std::size_t from = 0;
  for (std::size_t slash = name.find('/'); slash != std::string::npos;
       slash = name.find('/', from)) {
    ASSAY_TRY(at, step(at, name.substr(from, slash - from)));
    from = slash + 1;
  }
  leaf = name.substr(from);
  return at;
}

}  // namespace

Result<keys::FileDescriptor> open_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), kFolderFlags);
  if (fd >= 0) return keys::FileDescriptor(fd);
  if (errno == ENOTDIR) return fail(Errc::invalid_argument, path + " is not a folder");
  Error error = keys::system_error(errno, "open", path);
  if (error.code == Errc::key_unavailable) error.code = Errc::io;
  return std::unexpected(std::move(error));
}

Result<keys::FileDescriptor> open_below(const keys::FileDescriptor& folder, const std::string& name,
                                        int flags) {
  if (name.empty()) return duplicate(folder);
  std::string leaf;
  const auto step = [&](const keys::FileDescriptor& at, const std::string& part) {
    return open_part(at.get(), part, kFolderFlags, name);
  };
  ASSAY_TRY(const keys::FileDescriptor parent, walk_to_parent(folder, name, leaf, step));
  return open_part(parent.get(), leaf, flags | O_NONBLOCK, name);
}

Result<keys::FileDescriptor> make_parent_below(const keys::FileDescriptor& folder,
                                               const std::string& name, std::string& leaf) {
  const auto step = [&](const keys::FileDescriptor& at,
                        const std::string& part) -> Result<keys::FileDescriptor> {
    if (::mkdirat(at.get(), part.c_str(), kFolderMode) != 0 && errno != EEXIST) {
      return std::unexpected(below_error(errno, name));
    }
    return open_part(at.get(), part, kFolderFlags, name);
  };
  return walk_to_parent(folder, name, leaf, step);
}

}  // namespace assay::cli
