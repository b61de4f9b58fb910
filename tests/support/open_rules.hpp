#pragma once

/// Rules for tests of the store: everything is allowed that a test does not forbid. It keeps count,
/// so that an entry that was folded twice, left out, or folded although it was refused is noticed.

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "ledger/verify/rules.hpp"

namespace assay::testing {

class OpenRules final : public verify::Rules {
 public:
  /// Says why an entry is refused.
  std::function<std::optional<Error>(const EntryView&)> forbids;
  bool reset = false;  ///< what clock_was_reset() says
  /// Which key is the log's, by the size from which it is; empty: not followed.
  std::map<std::uint64_t, Hash> log_keys;
  std::int64_t work_ns = 0;  ///< what judging one event takes, for benchmarks

  std::vector<verify::Objection> admit(const EntryView& entry, verify::OnObjection mode) override;
  [[nodiscard]] bool clock_was_reset() const override { return reset; }
  [[nodiscard]] const Hash* log_key_in_force() const override;
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  std::uint64_t size_ = 0;
};

}  // namespace assay::testing
