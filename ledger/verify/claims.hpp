#pragma once

/// What a verifier answers, claim by claim, in four words. It never says "valid".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::verify {

enum class Claim : std::uint8_t {
  canonical_bytes,    ///< every entry is in canonical form and has its index
  chain,              ///< every entry names the leaf hash of the one before
  tree,               ///< the entries have the root that every checkpoint states
  log_signature,      ///< the log's key signed every checkpoint
  author_signatures,  ///< every submission is signed by the keys it must be signed by
  author_streams,     ///< every key's submissions are there, in order, without gap
  authority,          ///< every author might say what they said, when they said it
  invariants,         ///< every event satisfies its hard invariants
  time_order,         ///< recorded_at never goes back
  evidence_files,     ///< every evidence file is there and has its digest
  projections,        ///< refolded states have the digests that were recorded or pinned
  pin,                ///< the log extends the pin that somebody kept
  witness_quorum,     ///< enough witnesses cosigned the head
  indexes,            ///< on a store: every index agrees with the log
  identity,           ///< this is the log that was meant, and not another of the same name
};
inline constexpr std::size_t kClaims = 15;

enum class Verdict : std::uint8_t { proved, assumed, not_checked, failed };

}  // namespace assay::verify
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<verify::Claim>[] = {
    "canonical_bytes", "chain",     "tree",           "log_signature", "author_signatures",
    "author_streams",  "authority", "invariants",     "time_order",    "evidence_files",
    "projections",     "pin",       "witness_quorum", "indexes",       "identity"};
template <>
inline constexpr std::string_view kEnumTexts<verify::Verdict>[] = {"proved", "assumed",
                                                                   "not_checked", "failed"};
}  // namespace assay
namespace assay::verify {

/// One thing found wrong, with the claim it breaks. `error.entry` is the first entry concerned. An
/// error with Errc::unsupported does not fail its claim: it says that this build cannot judge it,
/// which leaves a run incomplete.
struct Objection {
  Claim claim = Claim::canonical_bytes;
  Error error;
  std::string expected{};  ///< where two values disagree: what it should have been
  std::string actual{};    ///< and what it was
};

}  // namespace assay::verify
