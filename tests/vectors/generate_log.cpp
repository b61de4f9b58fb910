// Writes the files of the golden log that are not there yet. Nothing that is there is ever written
// again, for these bytes are what logs hold; the one exception is what lies in `states`, which
// follows the programme's states for as long as these still grow.
//
//   generate_log_vectors tests/vectors/log

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/vectors/golden_log.hpp"

namespace fs = std::filesystem;

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s <folder>\n", argv[0]);
    return 2;
  }
  const fs::path folder(argv[1]);
  for (const auto& [path, bytes] : assay::testing::golden_files(folder)) {
    const fs::path file = folder / path;
    if (fs::exists(file) && !assay::testing::is_state_file(path)) continue;
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    out.close();
    if (!out) {
      std::fprintf(stderr, "cannot write %s\n", file.c_str());
      return 1;
    }
    std::printf("wrote %s\n", path.c_str());
  }
  return 0;
}
