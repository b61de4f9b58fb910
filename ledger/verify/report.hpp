#pragma once

/// What a verification answers, claim by claim, and the exit code that a machine reads.
/// Thread word: plain values.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/merkle/tree.hpp"
#include "ledger/verify/claims.hpp"
#include "ledger/verify/projection_check.hpp"
#include "ledger/verify/resting.hpp"
#include "ledger/verify/state.hpp"

namespace assay::verify {

struct ClaimReport {
  Claim claim = Claim::canonical_bytes;
  Verdict verdict = Verdict::not_checked;
  /// One sentence for a reader: what was found, what was missing, or what is assumed.
  std::string sentence;
  /// Failed: the objection with the lowest entry, and how many there are for this claim.
  std::optional<Objection> first;
  std::uint64_t objection_count = 0;
  int exit_code = 0;  ///< the lowest among these objections; 0 where there are none
  /// Not checked because the run could not look, although it was meant to: exit code 16.
  bool could_not_look = false;
};

/// What was looked at. Everything counts from the start of this run, not of the log.
struct Counts {
  std::uint64_t entries = 0;
  std::uint64_t events = 0;
  std::uint64_t entry_size_bytes = 0;
  std::uint64_t signatures = 0;  ///< on submissions
  std::uint64_t checkpoints = 0;
  std::uint64_t evidence_files = 0;
  std::uint64_t evidence_size_bytes = 0;
};

/// A key that the log says was compromised, and what it signed from then on.
struct Taint {
  Hash key;
  Timestamp since;
  std::uint64_t revoked_by = 0;        ///< the entry that says so
  std::vector<std::uint64_t> entries;  ///< submitted with it and recorded at `since` or later
  std::vector<Resting> resting;        ///< what rests on them; only where rules were refolded
  std::uint64_t unread = 0;            ///< entries that could not be looked at for this list
};

struct Report {
  std::array<ClaimReport, kClaims> claims;
  Counts checked;
  std::vector<Objection> objections;  ///< by entry; the first of them up to the limit asked for
  std::uint64_t objection_count = 0;
  std::optional<Error> interrupted;  ///< the run could not go on

  std::uint64_t size = 0;      ///< entries that the source says it has
  merkle::TreeHead start;      ///< what an earlier run had verified and this one took over
  merkle::TreeHead head;       ///< entries hashed, and the root that was computed from them
  std::string origin;          ///< as entry 0 gives it; text from outside
  std::optional<Hash> log_id;  ///< leaf hash of entry 0
  std::vector<Taint> tainted;
  /// Of the pin, or of the head whose words were given, where the log extends it.
  std::optional<std::uint64_t> pinned_size;

  /// What a pin is made of: the largest checkpoint that the log's key signed and whose root the
  /// entries have, and at its size the verifier's state and all digests ("verifier" and the
  /// projections'). Absent where a claim failed or the run could not go on.
  struct Sealed {
    std::string note;
    merkle::TreeHead head;
    VerifierState state;
    std::vector<NamedDigest> digests;  ///< ascending by name
  };
  std::optional<Sealed> sealed;

  [[nodiscard]] const ClaimReport& operator[](Claim claim) const noexcept {
    return claims[static_cast<std::size_t>(claim)];
  }
  /// True when no claim failed. It does not mean that every claim was checked.
  [[nodiscard]] bool nothing_failed() const noexcept;
};

/// The evidence code of an objection: its own where it is one, else the one that its claim has.
[[nodiscard]] Errc evidence_code(const Objection& objection) noexcept;
/// 10 to 15, for that code.
[[nodiscard]] int exit_code(const Objection& objection) noexcept;

/// 0; the lowest of 10 to 15 among what failed; 16 where nothing failed but something was not
/// checked that should have been: the run could not look, or the claim is in `required` and is not
/// proved. A claim that nobody asked for and that could not be checked changes nothing.
[[nodiscard]] int exit_code(const Report& report, std::span<const Claim> required = {});

}  // namespace assay::verify
