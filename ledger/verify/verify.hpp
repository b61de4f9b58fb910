#pragma once

/// The verifier: any source of bytes in, a report out, claim by claim.
///
/// It is pure: it reads no disk, clock or environment, and links no store. It may use threads of
/// its own (`Options::threads`), which end with the call. Memory does not grow with the log beyond
/// 32 MiB of roots, and about 500 bytes for each evidence file and each author's key.
///
/// One pass over the entries answers everything; it goes on after the first problem, so that all
/// that is wrong is counted and the first of it named. docs/format.md section 11 has the steps that
/// a second implementation takes.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/base/signer.hpp"
#include "ledger/format/tlog_policy.hpp"
#include "ledger/format/vkey.hpp"
#include "ledger/verify/pin.hpp"
#include "ledger/verify/report.hpp"
#include "ledger/verify/rules.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

struct Options {
  std::size_t threads = 1;
  std::size_t objections_kept = 100;
  bool evidence = true;                ///< read evidence files
  bool evidence_before_start = false;  ///< those too that are named before `start` ends
  bool indexes = true;                 ///< compare indexes, where the source has any
  bool seal = true;                    ///< work out what a pin needs (Report::sealed)

  /// What the log is, from outside: entry 0's leaf hash (32 bytes), or as much of its beginning as
  /// was kept, 12 bytes at least (`parse_words`). Less than all of it contradicts another log but
  /// leaves the identity assumed: it does not bind whoever made the log.
  std::optional<std::string> log_id{};
  /// Borrowed; may be null.
  const Pin* pin = nullptr;
  /// Instead of a pin: the twelve bytes that the words of a head stand for (paper_pin.hpp). The
  /// head is looked for at every size; whoever made the log may have made two heads that have them.
  std::optional<std::string> pin_words{};
  /// Whose cosignatures count (keys of type cosignature_v1), and how many of them are enough. One
  /// public key under two names is refused.
  std::vector<VKey> witnesses{};
  std::size_t witness_quorum = 0;
  /// The same by a policy, which then takes the place of the two; borrowed, may be null. It asks
  /// for somebody (check_asks_for_witnesses).
  const TlogPolicy* witness_policy = nullptr;
  /// The reader's clock: a cosignature of more than five minutes later does not count. Unset, all
  /// times do.
  std::optional<Timestamp> now{};
  /// Go on from here instead of from entry 0; borrowed, may be null. Believed as it is: take it
  /// from `state_of`, which compares it with a pin. `Rules` and projections must have folded as
  /// much.
  const VerifierState* start = nullptr;
  /// Called on the calling thread now and then: entries read so far, and how many there are.
  std::function<void(std::uint64_t read, std::uint64_t size)> progress{};
};

/// `factory` makes verifiers of the public keys in the log. `rules` may be null: without refold,
/// authority and invariants are not checked. Everything is borrowed for the call.
[[nodiscard]] Report verify_log(const Source& source, const VerifierFactory& factory,
                                const Options& options = {}, Rules* rules = nullptr,
                                std::span<ProjectionCheck* const> projections = {});

}  // namespace assay::verify
