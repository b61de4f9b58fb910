#include "cli/terminal/progress.hpp"

#include <algorithm>
#include <csignal>
#include <unistd.h>

#include <fmt/format.h>

namespace assay::cli {
namespace {

constexpr std::int64_t kFirstDrawUs = 400'000;  // short work shows no bar
constexpr std::int64_t kRedrawUs = 100'000;
constexpr std::int64_t kLineUs = 10'000'000;
constexpr std::size_t kBarChars = 30;

}  // namespace

Progress::Progress(const Run& run, std::string what, std::uint64_t total)
    : run_(run), what_(std::move(what)), total_(total), started_(run.context.now()) {}

std::uint64_t Progress::seconds_left(const Timestamp& now, std::uint64_t done) const {
  const auto elapsed_us = static_cast<std::uint64_t>(now.us - started_.us);
  return done == 0 ? 0 : elapsed_us * (total_ - std::min(done, total_)) / done / 1'000'000;
}

void Progress::update(std::uint64_t done) {
  if (total_ == 0) return;
  done_ = done;
  const Timestamp now = run_.context.now();
  if (run_.globals.progress_fd >= 0 && now.us - told_.us >= kRedrawUs) tell_program(now, done);
  if (run_.out.quiet()) return;
  if (run_.context.err_is_terminal) {
    draw_bar(now, done);
  } else {
    print_line(now, done);
  }
}

void Progress::draw_bar(const Timestamp& now, std::uint64_t done) {
  if (now.us - started_.us < kFirstDrawUs || now.us - drawn_.us < kRedrawUs) return;
  drawn_ = now;
  shown_ = true;
  const std::size_t filled = static_cast<std::size_t>(kBarChars * std::min(done, total_) / total_);
  run_.context.err << fmt::format("\r\x1b[K{} [{}{}] {:3}%  {} of {}  {} s left", what_,
                                  std::string(filled, '#'), std::string(kBarChars - filled, '.'),
                                  100 * done / total_, done, total_, seconds_left(now, done))
                   << std::flush;
}

void Progress::print_line(const Timestamp& now, std::uint64_t done) {
  if (now.us - started_.us < kLineUs || now.us - drawn_.us < kLineUs) return;
  drawn_ = now;
  run_.context.err << fmt::format("{}: {} of {} ({}%), {} s left\n", what_, done, total_,
                                  100 * done / total_, seconds_left(now, done))
                   << std::flush;
}

void Progress::tell_program(const Timestamp& now, std::uint64_t done) {
  told_ = now;
  const std::string line = fmt::format(
      "{{\"type\":\"progress\",\"what\":\"{}\",\"done\":{},\"total\":{}}}\n", what_, done, total_);
  // Whoever asked for this and went away again does not stop the work.
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  [[maybe_unused]] const ssize_t written =
      ::write(run_.globals.progress_fd, line.data(), line.size());
  std::signal(SIGPIPE, before);
}

void Progress::finish() {
  if (shown_) run_.context.err << "\r\x1b[K" << std::flush;
  shown_ = false;
  // The last thing that a program hears is where the work ended.
  if (run_.globals.progress_fd >= 0 && done_ > 0) tell_program(run_.context.now(), done_);
  done_ = 0;
}

}  // namespace assay::cli
