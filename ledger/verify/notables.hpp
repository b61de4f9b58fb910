#pragma once

/// The few event types that the verifier itself has to understand: those that introduce, replace,
/// revoke or retire keys, reset the clock or endorse that, or name evidence. All others are bytes
/// to it; what they mean is for `Rules` and projections. Thread word: pure functions, plain values.

#include <vector>

#include "ledger/events/catalogue.hpp"

namespace assay::verify {

struct Notable {
  std::size_t position = 0;  ///< in the submission
  EventData data;
};

[[nodiscard]] bool is_notable(std::string_view type) noexcept;

/// Decodes the notable events of `submission` into `out`, which is cleared first.
/// Errors, for the first event concerned: malformed, limit (it does not decode); unsupported (a
/// type or version that this build does not know). All other notable events are in `out`
/// nevertheless.
[[nodiscard]] Status collect_notables(const SubmissionView& submission, std::vector<Notable>& out);

}  // namespace assay::verify
