#pragma once

/// Two heads of one log that cannot both be true, in one text that anybody can check who knows the
/// log's key (docs/format.md, annex E; files ending in ".fork-evidence").
///
/// Two roots of one size are proof by themselves. Of two sizes, the proof is another root of the
/// smaller size, from which the larger head follows by an ordinary consistency proof: the larger
/// head then contains a beginning that the smaller one contradicts. Of a log that keeps one history
/// there is no such file, whoever wants to make one.
/// Thread word: plain values and pure functions.

#include <optional>
#include <string>
#include <string_view>

#include "ledger/format/checkpoint.hpp"
#include "ledger/merkle/proof.hpp"

namespace assay {

inline constexpr std::string_view kForkEvidenceFirstLine = "assay.fork-evidence/1";
/// The whole file, at most.
inline constexpr std::size_t kForkEvidenceSizeBytes = 262'144;

struct ForkEvidence {
  VKey log;                        // of type ed25519; whose key it is comes from outside
  std::optional<Hash> other_root;  // of the smaller size, under the larger head
  merkle::Proof proof;             // from there to the larger head
  std::string first;               // a signed checkpoint, verbatim; not the larger one
  std::string second;              // another

  auto operator<=>(const ForkEvidence&) const = default;
};

/// Errors: invalid_argument (a proof without the root that it starts from, too many hashes), limit,
/// those of the notes, of which a checkpoint's text has no blank line.
[[nodiscard]] Result<std::string> format_fork_evidence(const ForkEvidence& evidence);
/// The inverse, and of nothing else. Verifies nothing. Errors: malformed, limit, unsupported.
[[nodiscard]] Result<ForkEvidence> parse_fork_evidence(std::string_view bytes);

/// What is proved: that the holder of the key signed both.
struct ProvedFork {
  Checkpoint first;
  Checkpoint second;
  std::optional<Hash> other_root;
};

/// Errors: rejected (both heads can be true, or nothing shows that they cannot), those of
/// open_checkpoint and of `factory`.
[[nodiscard]] Result<ProvedFork> check_fork_evidence(const ForkEvidence& evidence,
                                                     const VerifierFactory& factory);

/// Makes the evidence from two checkpoints that the key `log` signed, in either order, and checks
/// it. Of two sizes it takes the nodes of the log that the larger head is of; null otherwise.
/// Errors: as check_fork_evidence; not_found (nodes are needed), those of `nodes`.
[[nodiscard]] Result<ForkEvidence> make_fork_evidence(std::string a, std::string b, const VKey& log,
                                                      const VerifierFactory& factory,
                                                      const merkle::NodeReader* nodes);

}  // namespace assay
