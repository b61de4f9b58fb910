#pragma once

/// Where each value of a JSON text stands, so that a problem found in one form of it can be shown
/// in the file that somebody wrote. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace assay::cli {

struct JsonPlace {
  std::string path;       ///< "policies[3].body.threshold.parts[0].part"; empty for the whole
  std::size_t begin = 0;  ///< bytes
  std::size_t end = 0;    ///< one after the last
};

/// Every value in the order of the text, a container before what it holds. `text` must be JSON.
[[nodiscard]] std::vector<JsonPlace> json_places(std::string_view text);

/// The innermost value that `offset_bytes` falls into or directly follows.
[[nodiscard]] JsonPlace place_at(const std::vector<JsonPlace>& places, std::size_t offset_bytes);

/// The path of the value that holds the one at `path`.
[[nodiscard]] std::string path_around(const std::string& path);

/// The innermost path that is `root` or below it and holds every member called `member`; `root`
/// when there is none.
[[nodiscard]] std::string path_of_member(const std::vector<JsonPlace>& places,
                                         const std::string& root, std::string_view member);

/// "line 12, column 7" of the value at `path`, or of the innermost one around it that is there.
[[nodiscard]] std::string line_and_column(std::string_view text, std::string path);

}  // namespace assay::cli
