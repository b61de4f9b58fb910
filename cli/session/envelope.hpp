#pragma once

/// Submissions on their way between machines: DSSE envelopes in JSON (secure-systems-lab/dsse,
/// envelope v1.0), drafts without signatures among them. Other tools can read and sign them.
/// Thread word: pure functions.

#include "ledger/format/entry.hpp"

namespace assay::cli {

inline constexpr std::size_t kEnvelopeSizeBytes = 1'048'576;

struct Envelope {
  std::string payload_type;
  std::string payload;                     ///< the bytes that are signed
  std::vector<EntrySignature> signatures;  ///< none in a draft
};

/// JSON with a final newline.
[[nodiscard]] std::string format_envelope(const Envelope& envelope);

/// Takes standard and URL-safe base64; a keyid must be a key id of ours.
/// Errors: malformed, limit (over kEnvelopeSizeBytes).
[[nodiscard]] Result<Envelope> parse_envelope(std::string_view text);

}  // namespace assay::cli
