// Runs a fuzz target over every file of a folder, whole and cut short at every byte, so that what
// the fuzzer once found stays found in builds that have no fuzzer.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes);

namespace {

/// Above this size only the whole file is run: cutting it everywhere would take too long.
constexpr std::size_t kCutSizeBytes = 8192;

void run(const std::string& bytes, std::size_t size_bytes) {
  // A fresh allocation of the exact size, so that reading past the end is seen by a sanitizer.
  const std::vector<std::uint8_t> input(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(size_bytes));
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : "";
  if (!std::filesystem::is_directory(folder)) {
    std::fprintf(stderr, "no corpus at \"%s\"\n", folder.c_str());
    return 1;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::directory_iterator(folder)) files.push_back(item.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(stream), {});
    std::printf("%s (%zu bytes)\n", file.filename().c_str(), bytes.size());
    std::fflush(stdout);
    if (bytes.size() <= kCutSizeBytes) {
      for (std::size_t size_bytes = 0; size_bytes < bytes.size(); ++size_bytes)
        run(bytes, size_bytes);
    }
    run(bytes, bytes.size());
  }
  std::printf("%zu files\n", files.size());
  return files.empty() ? 1 : 0;
}
