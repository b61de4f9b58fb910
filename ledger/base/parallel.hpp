#pragma once

/// Work that several threads share. Threads live for one call; nothing outlives it.

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace assay {

/// Starts `count` threads that run `work()`; they are joined when the result goes.
template <class Work>
[[nodiscard]] std::vector<std::jthread> start_threads(std::size_t count, const Work& work) {
  std::vector<std::jthread> threads;
  threads.reserve(count);
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&work] { work(); });
  return threads;
}

/// Calls `work(index)` once for each index below `count`, on up to `threads` threads, this one
/// among them. `work` is called from several threads at a time and must not throw.
template <class Work>
void for_each_index(std::size_t threads, std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto share = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  const auto helpers = start_threads(threads > 1 && count > 1 ? threads - 1 : 0, share);
  share();
}

}  // namespace assay
