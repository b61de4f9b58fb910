// Reports that are too big to store: made by the corpus's own scripts, read from disk in pieces.

#include <chrono>
#include <cstdlib>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/import/junit_reader.hpp"
#include "tests/vectors/import/corpus.hpp"

using namespace assay;
using namespace assay::import;

namespace {

/// A folder of our own that goes with the test.
struct Scratch {
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "assay-junit-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  std::filesystem::path folder;
};

class FileSource final : public JunitSource {
 public:
  explicit FileSource(const std::filesystem::path& file) : stream_(file, std::ios::binary) {}
  Status rewind() override {
    stream_.clear();
    stream_.seekg(0);
    return {};
  }
  Result<std::string_view> next() override {
    stream_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    return std::string_view(buffer_.data(), static_cast<std::size_t>(stream_.gcount()));
  }

 private:
  std::ifstream stream_;
  std::string buffer_ = std::string(65'536, '\0');
};

class Counter final : public JunitSink {
 public:
  Status on_case(const JunitCase& found) override {
    CHECK_FALSE(found.name.empty());
    ++cases;
    return {};
  }
  std::uint64_t cases = 0;
};

/// Runs a script of the corpus; its output goes to `out`.
void make(const std::string& script_and_arguments, const std::filesystem::path& out) {
  const std::string command = "'" ASSAY_PYTHON3 "' '" + (kShared / "reports").string() + "'/" +
                              script_and_arguments + " > '" + out.string() + "' 2>/dev/null";
  REQUIRE(std::system(command.c_str()) == 0);
}

/// The most memory that this process has had, in KiB.
long peak_kib() {
  rusage usage{};
  REQUIRE(getrusage(RUSAGE_SELF, &usage) == 0);
  return usage.ru_maxrss;
}

constexpr bool under_sanitizer() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

}  // namespace

TEST_CASE("fifty thousand nested cases are counted exactly, in bounded memory", "[big]") {
  const Scratch scratch;
  const auto report = scratch.folder / "big.xml";
  const auto truth_file = scratch.folder / "truth.json";
  make("gen_big.py --cases 50000 --truth '" + truth_file.string() + "'", report);
  REQUIRE(std::filesystem::file_size(report) == 20'627'939);
  const nlohmann::json truth = json_of(truth_file);

  const long before_kib = peak_kib();
  FileSource source(report);
  Counter sink;
  const Result<JunitSummary> summary = read_junit(source, {}, sink);
  REQUIRE(summary);
  const long used_kib = peak_kib() - before_kib;
  CHECK(sink.cases == 50'000);
  CHECK(summary->elements.suites == truth.at("suites").get<std::uint64_t>());
  CHECK(summary->elements.depth == 3);
  CHECK(summary->results.cases == truth.at("cases").get<std::uint64_t>());
  CHECK(summary->results.passed == truth.at("passed").get<std::uint64_t>());
  CHECK(summary->results.failed == truth.at("failed").get<std::uint64_t>());
  CHECK(summary->results.errors == truth.at("errors").get<std::uint64_t>());
  CHECK(summary->results.skipped == truth.at("skipped").get<std::uint64_t>());
  CHECK(summary->duration_ns == truth.at("time_ms").get<std::int64_t>() * 1'000'000);
  CHECK(summary->warnings.empty());
  CHECK(summary->cannot_tell.empty());
  WARN("50,000 cases, 20 MB: " << used_kib << " KiB more than before");
  if (!under_sanitizer()) CHECK(used_kib < 16 * 1024);
}

TEST_CASE("big hostile reports are refused by a stated limit, soon and small", "[big][hostile]") {
  const Scratch scratch;
  const auto report = scratch.folder / "report.xml";
  const std::vector<std::pair<const char*, const char*>> kKinds = {
      {"attr",
       "one tag or comment is longer than 4194304 bytes, from line 4, column 51 (byte 199)"},
      {"depth", "suites are nested more than 256 deep, at line 2"},
      {"props", "more than 10000 properties of one case, at line 10003"},
  };
  for (const auto& [kind, message] : kKinds) {
    CAPTURE(kind);
    make("gen_hostile_big.py " + std::string(kind), report);
    const long before_kib = peak_kib();
    const auto start = std::chrono::steady_clock::now();
    FileSource source(report);
    Counter sink;
    const Result<JunitSummary> summary = read_junit(source, {}, sink);
    const auto took = std::chrono::steady_clock::now() - start;
    REQUIRE_FALSE(summary);
    CHECK(summary.error().code == Errc::limit);
    CHECK(summary.error().message.starts_with(message));
    CHECK(sink.cases == 0);
    CHECK(took < std::chrono::seconds(10));
    if (!under_sanitizer()) CHECK(peak_kib() - before_kib < 50 * 1024);
  }
}
