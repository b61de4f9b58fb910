#pragma once

/// What authors and the log sign: the DSSE pre-authentication encoding (secure-systems-lab/dsse,
/// protocol v1.0.0), which binds a payload to its type.
/// Thread word: pure functions.

#include <string>
#include <string_view>

namespace assay {

inline constexpr std::string_view kSubmissionPayloadType =
    "application/vnd.assay.submission.v1+json";
inline constexpr std::string_view kRefusalPayloadType = "application/vnd.assay.refusal.v1+json";

/// Appends "DSSEv1 <length of type> <type> <length of body> <body>" to `out`; lengths are decimal
/// counts of bytes. A caller that keeps `out` between calls allocates nothing.
void append_pae(std::string& out, std::string_view type, std::string_view body);

}  // namespace assay
