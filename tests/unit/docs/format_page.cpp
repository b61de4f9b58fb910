#include "tests/unit/docs/format_page.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

namespace assay::testing {

std::string read_source(const std::string& path) {
  std::ifstream in(std::string(ASSAY_SOURCE_DIR) + "/" + path);
  REQUIRE(in.is_open());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string format_page() { return read_source("docs/format.md"); }

std::vector<std::string> format_section(const std::string& heading) {
  std::istringstream text(format_page());
  std::vector<std::string> lines;
  bool inside = false;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("## ")) inside = line.starts_with("## " + heading);
    if (inside) lines.push_back(line);
  }
  return lines;
}

}  // namespace assay::testing
