#include "tests/support/open_rules.hpp"

#include <chrono>

namespace assay::testing {

std::vector<verify::Objection> OpenRules::admit(const EntryView& entry, verify::OnObjection mode) {
  ASSAY_ASSERT(entry.index == size_);
  if (work_ns > 0) {
    using Clock = std::chrono::steady_clock;
    const auto work = std::chrono::nanoseconds(work_ns) *
                      static_cast<std::int64_t>(entry.submission.events.size());
    for (const auto start = Clock::now(); Clock::now() - start < work;) {
    }
  }
  std::vector<verify::Objection> objections;
  if (forbids) {
    if (auto error = forbids(entry)) {
      objections.push_back({verify::Claim::invariants, *std::move(error)});
    }
  }
  if (objections.empty() || mode == verify::OnObjection::keep_on) ++size_;
  return objections;
}

const Hash* OpenRules::log_key_in_force() const {
  const auto after = log_keys.upper_bound(size_);
  return after == log_keys.begin() ? nullptr : &std::prev(after)->second;
}

}  // namespace assay::testing
