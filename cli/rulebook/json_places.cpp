#include "cli/rulebook/json_places.hpp"

#include <algorithm>

namespace assay::cli {
namespace {

/// Reads what is known to be JSON, so it only has to find ends.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::vector<JsonPlace> take() && {
    value("");
    return std::move(places_);
  }

 private:
  void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string string() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
    const std::string name(text_.substr(begin, at_ - begin));
    ++at_;
    return name;
  }

  // Depth is bounded: the text was read with a limit of 32 levels before.
  void value(const std::string& path) {
    skip_space();
    const std::size_t place = places_.size();
    places_.push_back({path, at_, at_});
    if (here() == '{' || here() == '[') {
      container(path, here() == '{');
    } else if (here() == '"') {
      string();
    } else {
      at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    }
    places_[place].end = at_;
  }

  void container(const std::string& path, bool object) {
    const char close = object ? '}' : ']';
    ++at_;
    for (std::size_t index = 0;; ++index) {
      skip_space();
      if (here() == ',') {
        ++at_;
        skip_space();
      }
      if (here() == close || here() == '\0') break;
      std::string child = path;
      if (object) {
        child.append(path.empty() ? "" : ".").append(string());
        skip_space();
        ++at_;  // the colon
      } else {
        child.append("[").append(std::to_string(index)).append("]");
      }
      value(child);
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<JsonPlace> places_;
};

bool is_below(const std::string& path, const std::string& root) {
  return path.starts_with(root) && (root.empty() || path.size() == root.size() ||
                                    path[root.size()] == '.' || path[root.size()] == '[');
}

}  // namespace

std::vector<JsonPlace> json_places(std::string_view text) { return Walk(text).take(); }

JsonPlace place_at(const std::vector<JsonPlace>& places, std::size_t offset_bytes) {
  JsonPlace found;
  for (const JsonPlace& place : places) {
    if (place.begin <= offset_bytes && offset_bytes <= place.end) found = place;
  }
  return found;
}

std::string path_around(const std::string& path) {
  const std::size_t end = path.find_last_of(".[");
  return end == std::string::npos ? "" : path.substr(0, end);
}

std::string path_of_member(const std::vector<JsonPlace>& places, const std::string& root,
                           std::string_view member) {
  const std::string suffix = std::string(".").append(member);
  std::string common;
  bool found = false;
  for (const JsonPlace& place : places) {
    if (!is_below(place.path, root) || !place.path.ends_with(suffix)) continue;
    if (!found) common = place.path;
    found = true;
    while (!is_below(place.path, common)) common = path_around(common);
  }
  return found && is_below(common, root) ? common : root;
}

std::string line_and_column(std::string_view text, std::string path) {
  const std::vector<JsonPlace> places = json_places(text);
  auto found = std::ranges::find(places, path, &JsonPlace::path);
  while (found == places.end()) {
    path = path_around(path);
    found = std::ranges::find(places, path, &JsonPlace::path);
  }
  const std::string_view before = text.substr(0, found->begin);
  const auto lines = std::ranges::count(before, '\n');
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(lines + 1) + ", column " +
         std::to_string(before.size() - line_begin + 1);
}

}  // namespace assay::cli
