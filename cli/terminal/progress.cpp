#include "cli/terminal/progress.hpp"

#include <fmt/format.h>

namespace assay::cli {
namespace {

constexpr std::int64_t kFirstDrawUs = 400'000;  // short work shows no bar
constexpr std::int64_t kRedrawUs = 100'000;
constexpr std::size_t kBarChars = 30;

}  // namespace

Progress::Progress(const Run& run, std::string what, std::uint64_t total)
    : run_(run), what_(std::move(what)), total_(total), started_(run.context.now()) {}

void Progress::update(std::uint64_t done) {
  if (!run_.context.err_is_terminal || run_.out.quiet() || total_ == 0) return;
  const Timestamp now = run_.context.now();
  if (now.us - started_.us < kFirstDrawUs || now.us - drawn_.us < kRedrawUs) return;
  drawn_ = now;
  shown_ = true;
  const std::size_t filled = static_cast<std::size_t>(kBarChars * done / total_);
  const auto elapsed_us = static_cast<std::uint64_t>(now.us - started_.us);
  const std::uint64_t left_s = done == 0 ? 0 : elapsed_us * (total_ - done) / done / 1'000'000;
  run_.context.err << fmt::format("\r\x1b[K{} [{}{}] {:3}%  {} of {}  {} s left", what_,
                                  std::string(filled, '#'), std::string(kBarChars - filled, '.'),
                                  100 * done / total_, done, total_, left_s)
                   << std::flush;
}

void Progress::finish() {
  if (shown_) run_.context.err << "\r\x1b[K" << std::flush;
  shown_ = false;
}

}  // namespace assay::cli
