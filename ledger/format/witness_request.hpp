#pragma once

/// What passes between a log and a witness over HTTP (C2SP tlog-witness): the body of an
/// add-checkpoint request, and that of the answer 409. The answer 200 is signature lines as a note
/// has them (note.hpp). Parsers accept nothing but what the formatters produce.
/// Thread word: plain values and pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/merkle/proof.hpp"

namespace assay {

/// A request, at most: a checkpoint with some dozens of large signature lines, and the proof.
inline constexpr std::size_t kWitnessRequestSizeBytes = 262'144;
/// An answer, at most; more is not read.
inline constexpr std::size_t kWitnessAnswerSizeBytes = 262'144;
/// The Content-Type of an answer that says a size.
inline constexpr std::string_view kTreeSizeContentType = "text/x.tlog.size";

struct WitnessRequest {
  std::uint64_t old_size = 0;  // of the checkpoint that the witness cosigned last; 0 for none
  merkle::Proof proof;         // from there to the new one, at most limits::kProofHashes
  std::string checkpoint;      // a signed note, verbatim

  auto operator<=>(const WitnessRequest&) const = default;
};

/// Errors: invalid_argument (size, number of hashes), limit, those of parse_note.
[[nodiscard]] Result<std::string> format_witness_request(const WitnessRequest& request);
/// Verifies nothing. Errors: malformed, limit.
[[nodiscard]] Result<WitnessRequest> parse_witness_request(std::string_view body);

/// The size of the latest cosigned checkpoint and a newline.
[[nodiscard]] std::string format_tree_size(std::uint64_t size);
/// Errors: malformed.
[[nodiscard]] Result<std::uint64_t> parse_tree_size(std::string_view body);

}  // namespace assay
