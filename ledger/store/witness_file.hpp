#pragma once

/// DIR/witness.json: which key a witness's directory is of. Written last, so a directory without it
/// was never finished. Thread word: plain values and pure functions.

#include "ledger/store/witness_store.hpp"

namespace assay::store {

inline constexpr std::string_view kWitnessFileName = "witness.json";
inline constexpr std::uint64_t kWitnessFormatVersion = 1;

/// Canonical JSON and a newline.
[[nodiscard]] std::string format_witness_file(const WitnessIdentity& who);
/// Errors: unsupported (a newer format; only that is looked at then), malformed.
[[nodiscard]] Result<WitnessIdentity> parse_witness_file(std::string_view text);

}  // namespace assay::store
