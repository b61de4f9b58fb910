#include "cli/bundle/spooled_bag.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <unistd.h>

#include "cli/bundle/second_reader.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kZipBlockSizeBytes = 65'536;
/// Below this nobody is harmed, whatever the ratio.
constexpr std::uint64_t kAlwaysAllowedBytes = std::uint64_t{64} << 20U;

/// A file that has no name, and goes with its descriptor.
Result<keys::FileDescriptor> nameless_file() {
  std::error_code error;
  const std::filesystem::path directory = std::filesystem::temp_directory_path(error);
  if (error) return fail(Errc::io, "no directory for temporary files: " + error.message());
  std::string path = (directory / "assay-bundle-XXXXXX").string();
  keys::FileDescriptor file(::mkostemp(path.data(), O_CLOEXEC));
  if (file.get() < 0) return std::unexpected(keys::system_error(errno, "make", path));
  ::unlink(path.c_str());
  return file;
}

bool is_plain_ascii(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
}

}  // namespace

class SpooledBag::Reader {
 public:
  Reader(SpooledBag& bag, const ZipLimits& limits) : bag_(bag), limits_(limits) {}

  Status open(const std::string& path) {
    std::error_code error;
    zip_size_bytes_ = std::filesystem::file_size(path, error);
    if (error) return fail(Errc::io, "cannot read " + path + ": " + error.message());
    begin();
    if (::archive_read_open_filename(zip_.get(), path.c_str(), kZipBlockSizeBytes) != ARCHIVE_OK) {
      return unreadable();
    }
    ASSAY_CHECK(read_all());
    return check_with_second_reader(path, {top_, bag_.files_});
  }

  Status open_memory(std::string_view bytes) {
    zip_size_bytes_ = bytes.size();
    begin();
    if (::archive_read_open_memory(zip_.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
      return unreadable();
    }
    ASSAY_CHECK(read_all());
    return check_with_second_reader_of(bytes, {top_, bag_.files_});
  }

 private:
  struct Close {
    void operator()(archive* zip) const noexcept { ::archive_read_free(zip); }
  };

  void begin() {
    zip_.reset(::archive_read_new());
    ::archive_read_support_format_zip_seekable(zip_.get());
    // What the bytes are is for the manifests and the log to say, which do not miss a bit.
    ::archive_read_set_option(zip_.get(), "zip", "ignorecrc32", "1");
  }

  [[nodiscard]] std::unexpected<Error> unreadable() const {
    const char* const why = ::archive_error_string(zip_.get());
    return refuse_zip(why == nullptr ? "it is no zip file" : std::string(why));
  }

  Status read_all() {
    archive_entry* entry = nullptr;
    while (true) {
      const int code = ::archive_read_next_header(zip_.get(), &entry);
      if (code == ARCHIVE_EOF) break;
      // A warning is about a name that cannot be shown here, which is refused below, or about what
      // two headers say of a size: the bytes themselves tell.
      if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return unreadable();
      ASSAY_CHECK(read_entry(entry));
    }
    if (bag_.files_.empty()) return refuse_zip("it is empty");
    std::ranges::sort(bag_.files_, {}, &verify::BagFile::name);
    return {};
  }

  Status read_entry(archive_entry* entry) {
    if (++entries_ > limits_.files) {
      return refuse_zip("it has more than " + std::to_string(limits_.files) + " files");
    }
    const char* const raw = ::archive_entry_pathname(entry);
    std::string name = raw == nullptr ? std::string() : std::string(raw);
    const auto type = ::archive_entry_filetype(entry);
    if (type == AE_IFDIR && name.ends_with('/')) name.pop_back();
    if (!is_plain_ascii(name) || !verify::is_tree_name(name)) {
      return refuse_zip("the name of its file " + std::to_string(entries_) +
                        " is not a plain relative one");
    }
    const bool is_link =
        ::archive_entry_symlink(entry) != nullptr || ::archive_entry_hardlink(entry) != nullptr;
    if ((type != AE_IFREG && type != AE_IFDIR) || is_link) {
      return refuse_zip(name + " is a link or something else that is no file");
    }
    if (::archive_entry_is_encrypted(entry) != 0) return refuse_zip(name + " is encrypted");
    const std::size_t slash = name.find('/');
    const std::string top = name.substr(0, slash);
    if (top_.empty()) top_ = top;
    if (top != top_) return refuse_zip("it has more than one directory: " + top_ + " and " + top);
    if (type == AE_IFDIR) return {};
    if (slash == std::string::npos) return refuse_zip(name + " lies in no directory");
    return read_file(entry, name.substr(slash + 1));
  }

  Status read_file(archive_entry* entry, const std::string& name) {
    if (!bag_.offsets_.emplace(name, total_).second)
      return refuse_zip(name + " stands in it twice");
    const std::uint64_t begins = total_;
    if (::archive_entry_size_is_set(entry) != 0) {
      const la_int64_t declared = ::archive_entry_size(entry);
      if (declared < 0) return refuse_zip(name + " declares a size below nothing");
      ASSAY_CHECK(check_size(begins + static_cast<std::uint64_t>(declared)));
    }
    Digest digest = Digest::sha256();
    const void* data = nullptr;
    std::size_t size_bytes = 0;
    la_int64_t offset = 0;
    while (true) {
      const int code = ::archive_read_data_block(zip_.get(), &data, &size_bytes, &offset);
      if (code == ARCHIVE_EOF) break;
      if (code != ARCHIVE_OK) return unreadable();
      ASSAY_CHECK(check_size(total_ + size_bytes));
      const std::string_view piece(static_cast<const char*>(data), size_bytes);
      digest.update(piece);
      ASSAY_CHECK(keys::write_at(bag_.spool_, "a temporary file", piece, total_));
      total_ += size_bytes;
    }
    ASSAY_TRY(const Hash sha256, Hash::from_hex(digest.finish_hex()));
    bag_.files_.push_back({name, total_ - begins, sha256});
    return {};
  }

  [[nodiscard]] Status check_size(std::uint64_t total) const {
    if (total > limits_.size_max_bytes) {
      return refuse_zip("it unpacks to more than " + std::to_string(limits_.size_max_bytes) +
                        " bytes (--max-size)");
    }
    if (total > kAlwaysAllowedBytes && total / limits_.ratio > zip_size_bytes_) {
      return refuse_zip("it unpacks to more than " + std::to_string(limits_.ratio) +
                        " times its size");
    }
    return {};
  }

  SpooledBag& bag_;
  const ZipLimits& limits_;
  std::unique_ptr<archive, Close> zip_;
  std::uint64_t zip_size_bytes_ = 0;
  std::uint64_t total_ = 0;
  std::size_t entries_ = 0;
  std::string top_;
};

Result<SpooledBag> SpooledBag::open(const std::string& path, const ZipLimits& limits) {
  SpooledBag bag;
  ASSAY_TRY(bag.spool_, nameless_file());
  ASSAY_CHECK(Reader(bag, limits).open(path));
  return bag;
}

Result<SpooledBag> SpooledBag::of_bytes(std::string_view zip, const ZipLimits& limits) {
  SpooledBag bag;
  ASSAY_TRY(bag.spool_, nameless_file());
  ASSAY_CHECK(Reader(bag, limits).open_memory(zip));
  return bag;
}

Status SpooledBag::stream(const std::string& name, std::uint64_t size_max_bytes,
                          const PieceSink& sink) const {
  const verify::BagFile* const file = verify::find_file(files_, name);
  if (file == nullptr) return fail(Errc::not_found, name + " is not in the bag");
  if (file->size_bytes > size_max_bytes) {
    return fail(Errc::limit, name + " has " + std::to_string(file->size_bytes) +
                                 " bytes, more than " + std::to_string(size_max_bytes));
  }
  const std::uint64_t begins = offsets_.find(name)->second;
  for (std::uint64_t at = 0; at < file->size_bytes;) {
    const std::uint64_t left = std::min<std::uint64_t>(file->size_bytes - at, kPieceSizeBytes);
    ASSAY_TRY(const std::string piece, keys::read_at(spool_, "a temporary file", begins + at,
                                                     static_cast<std::size_t>(left)));
    if (piece.empty()) return fail(Errc::io, "a temporary file was cut");
    if (!sink(piece)) return {};
    at += piece.size();
  }
  return {};
}

Result<std::optional<std::vector<std::string>>> SpooledBag::list(const std::string& folder) const {
  const std::string prefix = folder.empty() ? std::string() : folder + "/";
  std::vector<std::string> names;
  auto file = std::ranges::lower_bound(files_, prefix, {}, &verify::BagFile::name);
  for (; file != files_.end() && file->name.starts_with(prefix); ++file) {
    std::string name = file->name.substr(prefix.size());
    name.resize(std::min(name.find('/'), name.size()));
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

}  // namespace assay::cli
