#include "cli/import/tap_text.hpp"

#include <algorithm>
#include <charconv>

#include "cli/import/junit_limits.hpp"
#include "cli/import/junit_text.hpp"

namespace assay::import {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view without_leading_blanks(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

/// Takes a decimal number off the front; 0 and false if there is none.
bool take_number(std::string_view& text, std::uint64_t& number) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// What stands behind the first "#" that no backslash escapes.
std::string_view directive_text(std::string_view description) noexcept {
  for (std::size_t i = 0; i < description.size(); ++i) {
    if (description[i] == '\\') {
      ++i;
    } else if (description[i] == '#') {
      return without_leading_blanks(description.substr(i + 1));
    }
  }
  return {};
}

TapDirective directive_of(std::string_view description) noexcept {
  const std::string_view text = directive_text(description);
  if (equals_ignoring_case(text.substr(0, 4), "skip")) return TapDirective::skip;
  const bool word_ends =
      text.size() <= 4 || kBlanks.find(text[4]) != std::string_view::npos || text[4] == ':';
  if (word_ends && equals_ignoring_case(text.substr(0, 4), "todo")) return TapDirective::todo;
  return TapDirective::none;
}

}  // namespace

void TapText::feed(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view piece = text.substr(0, end);
    line_ += piece.substr(0, limits::kTapLineBytes - std::min(limits::kTapLineBytes, line_.size()));
    if (end == std::string_view::npos) return;
    take_line(line_);
    line_.clear();
    text.remove_prefix(end + 1);
  }
}

void TapText::finish() {
  take_line(line_);
  line_.clear();
}

void TapText::take_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("Bail out!")) bailed_out_ = true;
  if (line.starts_with("1..")) {
    std::string_view rest = line.substr(3);
    std::uint64_t planned = 0;
    if (take_number(rest, planned) && !planned_) planned_ = planned;
    return;
  }
  TapPoint point;
  point.ok = line.starts_with("ok");
  if (!point.ok && !line.starts_with("not ok")) return;
  line.remove_prefix(point.ok ? 2 : 6);
  if (!line.empty() && line.front() != ' ' && line.front() != '\t') return;
  line = without_leading_blanks(line);
  if (!take_number(line, point.number)) point.number = points_.size() + 1;
  point.directive = directive_of(line);
  if (points_.size() < limits::kCasesPerFile) points_.push_back(point);
}

std::uint64_t leading_number(std::string_view text) noexcept {
  std::uint64_t number = 0;
  return take_number(text, number) ? number : 0;
}

}  // namespace assay::import
