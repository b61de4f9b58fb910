#pragma once

/// What the ledger asks of whoever knows which rules apply. The programme register
/// (projections/register) implements it; the store asks before it appends, the verifier asks again
/// for every entry, and both get the same answers from the same code.

#include <span>
#include <vector>

#include "ledger/format/entry.hpp"
#include "ledger/verify/claims.hpp"
#include "ledger/verify/log_keys.hpp"
#include "ledger/verify/resting.hpp"

namespace assay::verify {

enum class OnObjection : std::uint8_t {
  refuse,   ///< the state stays as it was: the entry does not enter the log
  keep_on,  ///< the entry is in the log already: note the objections and fold what can be folded
};

class Rules {
 public:
  virtual ~Rules() = default;
  /// Judges authority, expectations and invariants of the next entry, and folds it.
  /// `entry.index` must be the number of entries folded so far. Empty: no objection.
  /// Thread word: thread-compatible.
  virtual std::vector<Objection> admit(const EntryView& entry, OnObjection mode) = 0;
  /// True when the entry that comes next may be earlier than the one before: a clock reset took
  /// effect with the last entry. It holds for that next entry alone, whether it uses it or not.
  [[nodiscard]] virtual bool clock_was_reset() const = 0;
  /// Which key signed checkpoints when, from entry 0 to the entries folded so far; null where the
  /// implementation does not follow it.
  [[nodiscard]] virtual const LogKeyHistory* log_key_history() const { return nullptr; }
  /// What was concluded by what stands in `entries` (ascending) of those folded so far: directly,
  /// not what was done later by virtue of it. In the order of the log; empty where the
  /// implementation does not follow it.
  [[nodiscard]] virtual std::vector<Resting> resting_on(
      std::span<const std::uint64_t> entries) const {
    static_cast<void>(entries);
    return {};
  }
};

}  // namespace assay::verify
