#pragma once

/// Reads published test vectors. What cannot be read fails the test case.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace assay::testing {

[[nodiscard]] inline std::filesystem::path vectors_folder() {
  return std::filesystem::path(ASSAY_SHARED_DIR) / "vectors";
}

[[nodiscard]] inline std::string read_vector(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

[[nodiscard]] inline nlohmann::json read_json_vector(const std::filesystem::path& file) {
  return nlohmann::json::parse(read_vector(file));
}

}  // namespace assay::testing
