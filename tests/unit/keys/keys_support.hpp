#pragma once

/// What the tests of keys/ share: folders that vanish, values from short text, files as bytes.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "keys/secret.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/base/hash.hpp"

namespace assay::keys::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "assay-keys-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string bytes_of_hex(std::string_view text) { return from_hex(text).value(); }
inline Secret secret(std::string_view text) { return Secret::copy_of(text).value(); }
inline Hash hash_of(std::string_view text) { return sha256(text); }

inline std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  REQUIRE(stream.good());
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write_file(const std::string& path, std::string_view bytes, mode_t mode = 0600) {
  std::ofstream(path, std::ios::binary) << bytes;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
}

inline mode_t mode_of(const std::string& path) {
  struct stat found{};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  return found.st_mode & 07777;
}

/// The code of an error; fails the test where there is none.
template <class T>
Errc code_of(const std::expected<T, Error>& result) {
  REQUIRE_FALSE(result.has_value());
  return result.error().code;
}

}  // namespace assay::keys::test
