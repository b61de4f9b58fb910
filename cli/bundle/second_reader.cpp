#include "cli/bundle/second_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <zip.h>

#include "ledger/base/hash.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kPieceSizeBytes = 65'536;

struct Discard {
  void operator()(zip_t* zip) const noexcept { ::zip_discard(zip); }
};

std::string words_of(zip_error_t& error) {
  std::string words = ::zip_error_strerror(&error);
  ::zip_error_fini(&error);
  return words;
}

/// Where the maker was a Unix, the mode of the file is in the upper half.
bool is_marked_otherwise(zip_t* zip, zip_uint64_t index, bool is_folder) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (::zip_file_get_external_attributes(zip, index, 0, &system, &attributes) != 0) return true;
  const mode_t type = (attributes >> 16U) & S_IFMT;
  if (system != ZIP_OPSYS_UNIX || type == 0) return false;
  return is_folder ? type != S_IFDIR : type != S_IFREG;
}

/// What the directory at the end says of a file, if everybody can read it.
Result<zip_stat_t> described(zip_t* zip, zip_uint64_t index) {
  zip_stat_t file;
  ::zip_stat_init(&file);
  if (::zip_stat_index(zip, index, 0, &file) != 0 || file.name == nullptr) {
    return refuse_zip("its file " + std::to_string(index + 1) + " has no description");
  }
  const std::string name = file.name;
  if (file.encryption_method != ZIP_EM_NONE) return refuse_zip(name + " is encrypted");
  if (file.comp_method != ZIP_CM_STORE && file.comp_method != ZIP_CM_DEFLATE) {
    return refuse_zip(name + " is compressed in a way that not everybody can read");
  }
  if (is_marked_otherwise(zip, index, name.ends_with('/'))) {
    return refuse_zip(name + " is marked as something else than a file");
  }
  return file;
}

struct CloseFile {
  void operator()(zip_file_t* file) const noexcept { ::zip_fclose(file); }
};

/// Whether what unpacks at `index` is `file`. No byte more than that is asked for: at its end the
/// library would compare the CRC-32.
bool holds(zip_t* zip, zip_uint64_t index, const verify::BagFile& file) {
  const std::unique_ptr<zip_file_t, CloseFile> opened(::zip_fopen_index(zip, index, 0));
  if (opened == nullptr) return false;
  Digest digest = Digest::sha256();
  std::string piece(kPieceSizeBytes, '\0');
  for (std::uint64_t left = file.size_bytes; left > 0;) {
    const zip_int64_t size =
        ::zip_fread(opened.get(), piece.data(), std::min<std::uint64_t>(left, piece.size()));
    if (size <= 0) return false;
    digest.update(std::string_view(piece).substr(0, static_cast<std::size_t>(size)));
    left -= static_cast<std::uint64_t>(size);
  }
  return digest.finish_hex() == file.sha256.hex();
}

Status check_all(zip_t* opened, const FirstReading& first) {
  const std::unique_ptr<zip_t, Discard> zip(opened);
  const auto count = static_cast<zip_uint64_t>(::zip_get_num_entries(zip.get(), 0));
  std::size_t found = 0;
  for (zip_uint64_t i = 0; i < count; ++i) {
    ASSAY_TRY(const zip_stat_t entry, described(zip.get(), i));
    const std::string_view name = entry.name;
    const bool inside = name.starts_with(first.top + "/");
    if (inside && name.ends_with('/')) continue;
    const verify::BagFile* const file =
        inside ? verify::find_file(first.files, name.substr(first.top.size() + 1)) : nullptr;
    if (file == nullptr || entry.size != file->size_bytes || !holds(zip.get(), i, *file)) {
      return refuse_zip(std::string(name) + " is one file to some readers, and another to others");
    }
    ++found;
  }
  if (found == first.files.size()) return {};
  return refuse_zip("some readers find other files in it than others");
}

}  // namespace

std::unexpected<Error> refuse_zip(std::string why) {
  return fail(Errc::incomplete, "the zip is not read: " + std::move(why),
              "a bundle has none of that: ask whoever sent it for another copy");
}

Status check_with_second_reader(const std::string& path, const FirstReading& first) {
  int code = 0;
  zip_t* const zip = ::zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (zip != nullptr) return check_all(zip, first);
  const int reason = errno;
  zip_error_t error;
  ::zip_error_init_with_code(&error, code);
  const std::string words = words_of(error);
  if (code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_SEEK) {
    return fail(Errc::io, "cannot read " + path + ": " + std::generic_category().message(reason));
  }
  return refuse_zip(words);
}

Status check_with_second_reader_of(std::string_view bytes, const FirstReading& first) {
  zip_error_t error;
  ::zip_error_init(&error);
  zip_source_t* const source = ::zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return refuse_zip(words_of(error));
  zip_t* const zip = ::zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip != nullptr) return check_all(zip, first);
  ::zip_source_free(source);
  return refuse_zip(words_of(error));
}

}  // namespace assay::cli
