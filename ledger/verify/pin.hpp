#pragma once

/// A pin: a checkpoint that somebody outside the log keeps, with the digests of the states that
/// their own verifier computed at that size. Later runs prove that the log still extends it, and
/// may start from snapshots that have these digests.
///
/// The file is canonical JSON and one final newline; the checkpoint stands in it verbatim, as the
/// C2SP signed note that other tools read:
///
///   {"checkpoint":"<note>","log":"<hex>","schema":"assay.pin/1","states":[{"digest":"<hex>","name":"verifier"}]}
///
/// A pin is trusted because of who kept it, so nothing in it is taken from the log it is held
/// against. Thread word: plain values and pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/checkpoint.hpp"
#include "ledger/verify/projection_check.hpp"
#include "ledger/verify/state.hpp"

namespace assay::verify {

inline constexpr std::string_view kPinSchema = "assay.pin/1";

struct Pin {
  std::string note;                 ///< the checkpoint as signed; empty for one from paper
  Checkpoint checkpoint;            ///< what the note's text says
  Hash log_id;                      ///< leaf hash of entry 0
  std::vector<NamedDigest> states;  ///< at the checkpoint's size; ascending by name, each once

  /// Null when the pin states none of that name.
  [[nodiscard]] const Hash* digest_of(std::string_view name) const noexcept;
};

/// Errors: malformed (the note), limit (its size).
[[nodiscard]] Result<Pin> make_pin(std::string note, const Hash& log_id,
                                   std::vector<NamedDigest> states);

/// With the final newline.
[[nodiscard]] std::string format_pin(const Pin& pin);
/// The inverse, and of nothing else. Errors: malformed, limit, unsupported (another schema).
[[nodiscard]] Result<Pin> parse_pin(std::string_view text);

/// Takes up the verification where the pin's left it. Errors: not_found (the pin states no digest
/// of a verifier's state), malformed, state_mismatch (the snapshot is not the one that was pinned).
[[nodiscard]] Result<VerifierState> state_of(const Pin& pin, std::string_view snapshot);

}  // namespace assay::verify
