#pragma once

/// Files of the shared corpus of reports, and what is known of them.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/unit/import/reading.hpp"

namespace assay::import {

inline const std::filesystem::path kShared = ASSAY_SHARED_DIR;

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE(stream);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

inline nlohmann::json json_of(const std::filesystem::path& file) {
  return nlohmann::json::parse(bytes_of(file));
}

/// Every report of a folder, in the order of the names; at least one.
inline std::vector<std::filesystem::path> reports_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::directory_iterator(folder))
    if (item.path().extension() == ".xml") files.push_back(item.path());
  std::ranges::sort(files);
  REQUIRE_FALSE(files.empty());
  return files;
}

inline nlohmann::json to_json(const JunitResults& r) {
  return {{"cases", r.cases},
          {"passed", r.passed},
          {"failed", r.failed},
          {"errors", r.errors},
          {"skipped", r.skipped}};
}

}  // namespace assay::import
