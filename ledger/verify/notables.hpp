#pragma once

/// The few event types that the verifier itself has to understand: those that introduce, replace,
/// revoke or retire keys, reset the clock or endorse that, say something about evidence files,
/// state digests of states, or correct what was said. Of those that only name such files, the
/// names. All others are bytes to it; what they mean is for `Rules` and projections. Thread word:
/// pure functions, plain values.

#include <vector>

#include "ledger/events/catalogue.hpp"

namespace assay::verify {

struct Notable {
  std::size_t position = 0;  ///< in the submission
  EventData data;
};

/// The evidence files that the events of one submission name.
struct NamedFiles {
  std::vector<Hash> digests;  ///< in the order of the events; one named again at once is left out
  std::optional<Error> undecodable;  ///< an event that names some does not decode
};

[[nodiscard]] bool is_notable(std::string_view type) noexcept;

/// Decodes the notable events of `submission` into `out`, and what they and others name into
/// `files`; both are cleared first.
/// Errors, for the first event concerned: malformed, limit (it does not decode); unsupported (a
/// type or version that this build does not know). All other notable events are in `out`
/// nevertheless.
[[nodiscard]] Status collect_notables(const SubmissionView& submission, std::vector<Notable>& out,
                                      NamedFiles& files);

}  // namespace assay::verify
