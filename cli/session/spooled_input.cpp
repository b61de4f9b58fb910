#include "cli/session/spooled_input.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <istream>
#include <unistd.h>
#include <utility>

#include "keys/posix_file.hpp"

namespace assay::cli {

Status Reports::spool(std::istream& in) {
  std::error_code error;
  const std::filesystem::path directory = std::filesystem::temp_directory_path(error);
  if (error) return fail(Errc::io, "no directory for temporary files: " + error.message());
  std::string path = (directory / "assay-input-XXXXXX").string();
  const int file = ::mkstemp(path.data());
  if (file < 0) return std::unexpected(keys::system_error(errno, "make", path));
  ::close(file);
  temporary_ = path;
  std::ofstream out(path, std::ios::binary);
  // An empty input is an empty file, which copying a stream would call a failure.
  if (in.peek() != std::istream::traits_type::eof()) out << in.rdbuf();
  out.close();
  if (!out || in.bad()) return fail(Errc::io, "cannot keep standard input in " + path);
  return {};
}

Result<Reports> Reports::open(const Run& run, const std::vector<std::string>& names) {
  Reports reports;
  for (const std::string& name : names) {
    if (name != "-") {
      reports.list_.push_back({name, name});
      continue;
    }
    if (!reports.temporary_.empty()) {
      return fail(Errc::invalid_argument, "standard input can be read only once");
    }
    ASSAY_CHECK(reports.spool(run.context.in));
    reports.list_.push_back({reports.temporary_, "standard-input"});
  }
  return reports;
}

Reports::Reports(Reports&& other) noexcept
    : list_(std::move(other.list_)), temporary_(std::exchange(other.temporary_, {})) {}

Reports::~Reports() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

}  // namespace assay::cli
