#include "ledger/verify/waves.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "ledger/base/parallel.hpp"

namespace assay::verify {
namespace {

/// Entries that a thread takes at a time, at most: enough that a source reads them in one go.
constexpr std::uint64_t kChunkEntries = 32;

class Wave {
 public:
  explicit Wave(const WaveJob& job)
      : job_(job), entries_(std::min<std::uint64_t>(kWaveEntries, job.to - job.from)) {}

  void prepare(std::uint64_t from) {
    from_ = from;
    to_ = std::min(job_.to, from + kWaveEntries);
    next_ = from;
    problem_.reset();
  }
  [[nodiscard]] bool empty() const { return from_ == to_; }
  [[nodiscard]] std::uint64_t end() const { return to_; }

  /// Examines chunks until none is left. Called by all threads of the wave.
  void work() {
    std::string scratch;
    std::uint64_t begin = 0;
    while (const std::uint64_t count = take_chunk(begin)) {
      read_chunk(begin, begin + count, scratch);
    }
  }

  /// After all threads are done. Errors: of the run.
  Status settle() {
    for (std::uint64_t index = from_; index < to_; ++index) {
      if (problem_ && index == *problem_->entry) return std::unexpected(*problem_);
      job_.settle(entries_[index - from_]);
    }
    return {};
  }

 private:
  /// Chunks become smaller towards the end of a wave, so that threads end it together.
  std::uint64_t take_chunk(std::uint64_t& begin) {
    begin = next_.load();
    while (begin < to_) {
      const std::uint64_t share = (to_ - begin) / (2 * std::max<std::size_t>(job_.threads, 1));
      const std::uint64_t count = std::clamp<std::uint64_t>(share, 1, kChunkEntries);
      if (next_.compare_exchange_weak(begin, begin + count)) return count;
    }
    return 0;
  }

  void read_chunk(std::uint64_t begin, std::uint64_t end, std::string& scratch) {
    while (begin < end) {
      const Status status =
          job_.source.read(begin, end, [&](std::uint64_t index, std::string_view bytes) {
            // A source that hands over anything else than what comes next is not read on.
            if (index != begin || begin == end) return;
            examine(index, bytes, job_.keys, job_.keep, scratch, entries_[index - from_]);
            ++begin;
          });
      if (begin == end) return;
      if (status) {
        return note(begin, Error{Errc::internal, "the source handed over too few entries", {}, {}});
      }
      if (!is_evidence(status.error().code)) return note(begin, status.error());
      examine_absent(begin, status.error(), entries_[begin - from_]);
      ++begin;
    }
  }

  void note(std::uint64_t index, Error error) {
    const std::lock_guard lock(mutex_);
    if (problem_ && *problem_->entry <= index) return;
    problem_ = std::move(error).at_entry(index);
  }

  const WaveJob& job_;
  std::vector<Examined> entries_;
  std::uint64_t from_ = 0;
  std::uint64_t to_ = 0;
  std::atomic<std::uint64_t> next_ = 0;
  std::mutex mutex_;
  std::optional<Error> problem_;  // guarded by mutex_ while threads work; the lowest index wins
};

}  // namespace

bool is_evidence(Errc code) noexcept {
  switch (code) {
    case Errc::not_found:
    case Errc::tampered_hash:
    case Errc::tampered_order:
    case Errc::tampered_signature:
    case Errc::forked:
    case Errc::evidence_damaged: return true;
    default: return false;
  }
}

Status read_in_waves(const WaveJob& job) {
  Wave waves[2] = {Wave(job), Wave(job)};
  Wave* current = &waves[0];
  Wave* following = &waves[1];
  const std::size_t helpers = job.threads > 1 ? job.threads - 1 : 0;
  current->prepare(job.from);
  {
    const auto work = [&] { current->work(); };
    const auto threads = start_threads(helpers, work);
    current->work();
  }
  while (!current->empty()) {
    following->prepare(current->end());
    Status settled;
    {
      const auto work = [&] { following->work(); };
      const auto threads = start_threads(following->empty() ? 0 : helpers, work);
      settled = current->settle();
      if (settled) following->work();
    }
    if (!settled) return settled;
    if (job.progress) job.progress(current->end());
    std::swap(current, following);
  }
  return {};
}

}  // namespace assay::verify
