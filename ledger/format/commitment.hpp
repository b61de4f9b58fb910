#pragma once

/// Commitments: how a confidential member stands in an event without saying what it is.
///
/// `{"commitment":"<hex SHA-256(context || salt || value)>"}`, where the context keeps commitments
/// apart from every other hash, the salt (32 random bytes) makes guessing the value useless, and
/// `value` is canonical JSON. Salt and value travel apart from the log: withheld, disclosed to
/// some, or erased, without touching a proof. Thread word: pure functions.

#include <string_view>

#include "ledger/format/archive_traits.hpp"

namespace assay {

/// Followed by one NUL byte in the hash.
inline constexpr std::string_view kCommitmentContext = "assay.commitment.v1";
inline constexpr std::size_t kCommitmentSaltSizeBytes = 32;

template <class Archive>
void Commitment::serialize(Archive& archive) {
  archive(CEREAL_NVP(commitment));
}

/// Commits to `value`, one canonical JSON value. `salt` must be fresh random bytes: the same salt
/// under two values would show whether they are equal.
/// Errors: invalid_argument (size of the salt), malformed (the value is not canonical).
[[nodiscard]] Result<Commitment> make_commitment(std::string_view salt, std::string_view value);

/// Whether `salt` and `value` are what was committed to. Errors: as above; tampered_hash where they
/// are not.
[[nodiscard]] Status check_commitment(const Commitment& commitment, std::string_view salt,
                                      std::string_view value);

}  // namespace assay
