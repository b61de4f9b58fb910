#pragma once

/// Work that several threads share. Threads live for one call; nothing outlives it.

#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace assay {

/// Starts up to `count` threads that run `work()`; they are joined when the result goes. Fewer
/// where the system has no more to give: whoever calls does the rest of the work itself.
template <class Work>
[[nodiscard]] std::vector<std::jthread> start_threads(std::size_t count, const Work& work) {
  std::vector<std::jthread> threads;
  threads.reserve(count);
  try {
    while (threads.size() < count) threads.emplace_back([&work] { work(); });
  } catch (const std::system_error&) {
    // The one way in which std::jthread says that there is no further thread.
  }
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
