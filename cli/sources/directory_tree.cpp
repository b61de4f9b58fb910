#include "cli/sources/directory_tree.hpp"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/sources/below.hpp"

namespace assay::cli {
namespace {

Error unreadable(int number, const std::string& name) {
  Error error = keys::system_error(number, "read", name);
  if (error.code == Errc::key_unavailable) error.code = Errc::io;
  return error;
}

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};

}  // namespace

Result<DirectoryTree> DirectoryTree::open(const std::string& path) {
  ASSAY_TRY(keys::FileDescriptor folder, open_folder(path));
  return DirectoryTree(std::move(folder));
}

Status DirectoryTree::stream(const std::string& name, std::uint64_t size_max_bytes,
                             const PieceSink& sink) const {
  ASSAY_TRY(const keys::FileDescriptor file, open_below(folder_, name, O_RDONLY));
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return std::unexpected(unreadable(errno, name));
  if (!S_ISREG(status.st_mode)) return fail(Errc::rejected, name + " is not a plain file");
  const auto too_large = [&] {
    return fail(Errc::limit, name + " is larger than " + std::to_string(size_max_bytes) + " bytes");
  };
  if (static_cast<std::uint64_t>(status.st_size) > size_max_bytes) return too_large();
  std::string piece(kPieceSizeBytes, '\0');
  std::uint64_t total = 0;
  while (true) {
    const ssize_t count = ::read(file.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::unexpected(unreadable(errno, name));
    if (count == 0) return {};
    total += static_cast<std::uint64_t>(count);
    if (total > size_max_bytes) return too_large();  // it grew
    if (!sink(std::string_view(piece).substr(0, static_cast<std::size_t>(count)))) return {};
  }
}

Result<std::optional<std::vector<std::string>>> DirectoryTree::list(
    const std::string& folder) const {
  std::vector<std::string> names;
  auto opened = open_below(folder_, folder, O_RDONLY | O_DIRECTORY);
  if (!opened && opened.error().code == Errc::not_found) return names;
  if (!opened) return std::unexpected(std::move(opened).error());
  // The stream takes a descriptor over.
  const int fd = ::fcntl(opened->get(), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return std::unexpected(unreadable(errno, folder));
  const std::unique_ptr<DIR, CloseDirectory> directory(::fdopendir(fd));
  if (directory == nullptr) {
    ::close(fd);
    return std::unexpected(unreadable(errno, folder));
  }
  for (errno = 0; const dirent* const entry = ::readdir(directory.get()); errno = 0) {
    std::string name(entry->d_name);
    if (name == "." || name == "..") continue;
    if (names.size() == kNamesMax) {
      return fail(Errc::limit, folder + " holds more than " + std::to_string(kNamesMax) + " files");
    }
    names.push_back(std::move(name));
  }
  if (errno != 0) return std::unexpected(unreadable(errno, folder));
  std::ranges::sort(names);
  return names;
}

bool DirectoryTree::is_folder(const std::string& name) const {
  return open_below(folder_, name, O_RDONLY | O_DIRECTORY).has_value();
}

bool looks_published(const std::string& path) {
  const auto tree = DirectoryTree::open(path);
  if (!tree) return false;
  const auto names = tree->list("");
  if (!names || !*names) return false;
  const auto has = [&](const char* name) { return std::ranges::binary_search(**names, name); };
  // A ledger's own directory has neither.
  return has("checkpoint") || (has("tile") && has("publication.json"));
}

}  // namespace assay::cli
