#include "keys/key_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "keys/openssl_internal.hpp"
#include "keys/posix_file.hpp"
#include "keys/verifier.hpp"
#include "ledger/base/encoding.hpp"

namespace assay::keys {
namespace {

constexpr std::size_t kNameSizeMax = 64;
constexpr std::size_t kFileSizeBytesMax = 65'536;
constexpr mode_t kPublicMode = 0644;
constexpr std::string_view kPrivateSuffix = ".key";
constexpr std::string_view kPublicSuffix = ".pub";

std::string file_name(std::string_view name, std::string_view suffix) {
  return std::string(name).append(suffix);
}

std::string path_of(const std::string& directory, std::string_view name, std::string_view suffix) {
  return directory + "/" + file_name(name, suffix);
}

bool exists(const std::string& path) {
  struct stat unused{};
  return ::lstat(path.c_str(), &unused) == 0;
}

/// RFC 7468 section 13: base64 in lines of 64 between two labels.
std::string public_pem(const Verifier& verifier) {
  constexpr std::size_t kLineSize = 64;
  const std::string text = to_base64(verifier.spki());
  std::string pem = "-----BEGIN PUBLIC KEY-----\n";
  for (std::size_t at = 0; at < text.size(); at += kLineSize) {
    pem.append(text, at, kLineSize).append("\n");
  }
  return pem + "-----END PUBLIC KEY-----\n";
}

Result<std::unique_ptr<Verifier>> parse_public_pem(const std::string& pem,
                                                   const std::string& path) {
  const BioPtr input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  ASSAY_ASSERT(input != nullptr);
  unsigned char* data = nullptr;
  long size_bytes = 0;
  const int found = PEM_bytes_read_bio(&data, &size_bytes, nullptr, PEM_STRING_PUBLIC, input.get(),
                                       nullptr, nullptr);
  ERR_clear_error();
  if (found != 1) {
    return fail(Errc::key_unavailable, path + " is not a public key in PEM, or cut short",
                "restore it: openssl pkey -in NAME.key -pubout -out NAME.pub");
  }
  const std::string spki(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size_bytes));
  OPENSSL_free(data);
  auto verifier = make_verifier(spki);
  if (!verifier) return std::unexpected(std::move(verifier).error().in(path));
  return verifier;
}

/// Opens a file of the directory; turns "no such file" into "no such key".
Result<FileDescriptor> open_key_file(const std::string& directory, std::string_view name,
                                     std::string_view suffix) {
  ASSAY_CHECK(check_key_name(name));
  const std::string path = path_of(directory, name, suffix);
  auto file = open_existing(path, O_RDONLY);
  if (file || file.error().code != Errc::not_found) return file;
  const bool half = suffix == kPublicSuffix && exists(path_of(directory, name, kPrivateSuffix));
  return fail(
      Errc::key_unavailable,
      half ? path + " is missing beside its private key"
           : "there is no key \"" + std::string(name) + "\": " + path + " does not exist",
      half ? "unlock the key once, which writes the file anew"
           : "`assay key list` lists those that there are; one that was lost comes back from its "
             "backup only");
}

Status check_private_mode(const FileDescriptor& file, const std::string& path) {
  struct stat found{};
  if (::fstat(file.get(), &found) != 0) {
    return std::unexpected(system_error(errno, "look at", path));
  }
  if (!S_ISREG(found.st_mode)) {
    return fail(Errc::key_unavailable, path + " is not a regular file");
  }
  if ((found.st_mode & 07777 & ~kPrivateFileMode) != 0) {
    return fail(Errc::key_unavailable,
                path + " may be read or used by others than its owner, so it is not trusted",
                "chmod 600 " + path);
  }
  return {};
}

/// Compares a private key with the public file beside it, or writes that file where a crash had
/// kept it from being written. A directory that cannot be written does not keep a key from signing.
Status settle_public_file(const std::string& directory, std::string_view name,
                          const Verifier& verifier) {
  const std::string path = path_of(directory, name, kPublicSuffix);
  if (!exists(path)) {
    static_cast<void>(
        create_file(directory, file_name(name, kPublicSuffix), public_pem(verifier), kPublicMode));
    return {};
  }
  ASSAY_TRY(const auto beside, load_public_key(directory, name));
  if (beside->key_id() != verifier.key_id()) {
    return fail(Errc::key_unavailable,
                path + " is not the public half of " + path_of(directory, name, kPrivateSuffix),
                "find out which of the two files was replaced; do not sign until you know");
  }
  return {};
}

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};

/// Name to "has a private file".
Result<std::map<std::string, bool>> key_names(const std::string& directory) {
  const std::unique_ptr<DIR, CloseDirectory> entries(::opendir(directory.c_str()));
  if (entries == nullptr) return std::unexpected(system_error(errno, "list", directory));
  std::map<std::string, bool> names;
  for (errno = 0; const dirent* const entry = ::readdir(entries.get()); errno = 0) {
    const std::string_view file(entry->d_name);
    for (const std::string_view suffix : {kPrivateSuffix, kPublicSuffix}) {
      if (!file.ends_with(suffix)) continue;
      const std::string name(file.substr(0, file.size() - suffix.size()));
      if (check_key_name(name)) names[name] |= suffix == kPrivateSuffix;
    }
  }
  if (errno != 0) return std::unexpected(system_error(errno, "list", directory));
  return names;
}

}  // namespace

Status check_key_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  if (name.empty() || name.size() > kNameSizeMax || name.front() == '.' || name.front() == '-' ||
      !std::all_of(name.begin(), name.end(), allowed)) {
    return fail(Errc::invalid_argument, "this is not a key name",
                "use 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter, digit or _");
  }
  return {};
}

Status store_key(const std::string& directory, std::string_view name, const PrivateKey& key,
                 const Secret& passphrase) {
  ASSAY_CHECK(check_key_name(name));
  ASSAY_CHECK(make_directory(directory));
  for (const std::string_view suffix : {kPrivateSuffix, kPublicSuffix}) {
    if (exists(path_of(directory, name, suffix))) {
      return fail(Errc::conflict, path_of(directory, name, suffix) + " exists already",
                  "choose another name; a key is never overwritten");
    }
  }
  ASSAY_TRY(const std::string pem, key.to_encrypted_pem(passphrase));
  ASSAY_CHECK(create_file(directory, file_name(name, kPrivateSuffix), pem, kPrivateFileMode));
  auto published = create_file(directory, file_name(name, kPublicSuffix),
                               public_pem(key.verifier()), kPublicMode);
  if (published) return {};
  Error error = std::move(published).error();
  error.code = Errc::outcome_unknown;
  error.hint = "the private key was made; unlock it once, which writes the public file";
  return std::unexpected(std::move(error));
}

Result<std::unique_ptr<PrivateKey>> create_key(const std::string& directory, std::string_view name,
                                               KeyAlgorithm algorithm, const Secret& passphrase) {
  ASSAY_TRY(auto key, generate(algorithm));
  ASSAY_CHECK(store_key(directory, name, *key, passphrase));
  return key;
}

Result<std::unique_ptr<PrivateKey>> load_key(const std::string& directory, std::string_view name,
                                             const Secret& passphrase) {
  ASSAY_TRY(const FileDescriptor file, open_key_file(directory, name, kPrivateSuffix));
  const std::string path = path_of(directory, name, kPrivateSuffix);
  ASSAY_CHECK(check_private_mode(file, path));
  auto pem = read_whole(file, path, kFileSizeBytesMax);
  if (!pem && pem.error().code == Errc::malformed) {
    return fail(Errc::key_unavailable, path + " is too large to be a key file");
  }
  if (!pem) return std::unexpected(std::move(pem).error());
  auto key = signer_from_pkcs8(*pem, passphrase);
  if (!key) return std::unexpected(std::move(key).error().in(path));
  ASSAY_CHECK(settle_public_file(directory, name, (*key)->verifier()));
  return key;
}

Result<std::unique_ptr<Verifier>> load_public_key(const std::string& directory,
                                                  std::string_view name) {
  ASSAY_TRY(const FileDescriptor file, open_key_file(directory, name, kPublicSuffix));
  const std::string path = path_of(directory, name, kPublicSuffix);
  ASSAY_TRY(const std::string pem, read_whole(file, path, kFileSizeBytesMax));
  return parse_public_pem(pem, path);
}

Result<std::vector<ListedKey>> list_keys(const std::string& directory) {
  ASSAY_TRY(const auto names, key_names(directory));
  std::vector<ListedKey> keys;
  for (const auto& [name, has_private] : names) {
    ListedKey listed{name, has_private, nullptr, std::nullopt};
    if (auto verifier = load_public_key(directory, name)) {
      listed.verifier = std::move(*verifier);
    } else {
      listed.problem = std::move(verifier).error();
    }
    keys.push_back(std::move(listed));
  }
  return keys;
}

}  // namespace assay::keys
