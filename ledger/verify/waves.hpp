#pragma once

/// Reads a log in waves of entries: while one thread settles a wave in the order of the log, the
/// others already examine the next. With one thread the two alternate. At most two waves are in
/// memory: up to 30 MB of entry bytes where they are kept.

#include <functional>
#include <optional>

#include "ledger/verify/examine.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

inline constexpr std::size_t kWaveEntries = 256;

struct WaveJob {
  const Source& source;
  const SharedKeyring& keys;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  Keep keep = Keep::values;
  std::size_t threads = 1;
  /// Called on the calling thread, for each entry in ascending order.
  std::function<void(Examined&)> settle;
  /// Called on the calling thread after each wave, with the index of the next entry.
  std::function<void(std::uint64_t next)> progress;
};

/// True for codes that say something about the evidence: of a read, that bytes are missing or
/// wrong, not that they could not be had.
[[nodiscard]] bool is_evidence(Errc code) noexcept;

/// Settles every entry of [from, to). Stops where the source could not look, with that error and
/// the index of the entry in it; everything before has been settled then.
[[nodiscard]] Status read_in_waves(const WaveJob& job);

}  // namespace assay::verify
