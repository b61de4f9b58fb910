#pragma once

/// docs/format.md, for tests that hold it against the code.

#include <string>
#include <vector>

namespace assay::testing {

/// The bytes of a file of the source tree; fails the test where there is none.
[[nodiscard]] std::string read_source(const std::string& path);

[[nodiscard]] std::string format_page();

/// The lines under the heading of the format that begins with `heading`, up to the next one.
[[nodiscard]] std::vector<std::string> format_section(const std::string& heading);

}  // namespace assay::testing
