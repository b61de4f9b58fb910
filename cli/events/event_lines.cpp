#include "cli/events/event_lines.hpp"

#include <fmt/format.h>

#include "cli/events/event_input.hpp"
#include "ledger/base/limits.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kBatchSizeBytes = 600'000;

}  // namespace

std::optional<std::string> EventLines::line() {
  std::string text(limits::kSubmissionSizeBytes + 2, '\0');
  in_.getline(text.data(), static_cast<std::streamsize>(text.size()));
  const auto taken = static_cast<std::size_t>(in_.gcount());
  ++number_;
  if (in_.bad()) {
    problem_ = Error{Errc::io, "cannot read " + name_, {}, std::nullopt};
    return std::nullopt;
  }
  if (in_.fail()) {
    // Nothing at all is the end; a full buffer is a line that no submission could hold.
    if (taken == 0) return std::nullopt;
    problem_ = Error{Errc::limit,
                     fmt::format("{}, line {} is longer than {} bytes", name_, number_,
                                 limits::kSubmissionSizeBytes),
                     "an event stands on one line, and lines end with a line feed", std::nullopt};
    return std::nullopt;
  }
  // The line feed counts as taken where there was one.
  text.resize(in_.eof() ? taken : taken - 1);
  return text;
}

std::vector<std::string> EventLines::next(const std::function<Timestamp()>& now) {
  std::vector<std::string> events;
  std::size_t size_bytes = 0;
  while (!problem_ && size_bytes < kBatchSizeBytes) {
    const std::optional<std::string> text = line();
    if (!text) break;
    if (text->find_first_not_of(" \t\r") != std::string::npos) {
      auto event = event_from_json(*text, now());
      if (!event) {
        problem_ = std::move(event).error().in(fmt::format("{}, line {}", name_, number_));
        break;
      }
      size_bytes += event->size();
      events.push_back(*std::move(event));
    }
    // Only what is there already: the next line may be hours away.
    if (!events.empty() && in_.rdbuf()->in_avail() <= 0) break;
  }
  return events;
}

}  // namespace assay::cli
