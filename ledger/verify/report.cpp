#include "ledger/verify/report.hpp"

#include <algorithm>

namespace assay::verify {
namespace {

/// For objections whose own code says something about a run: in the log it is evidence.
Errc code_of(Claim claim) noexcept {
  switch (claim) {
    case Claim::canonical_bytes:
    case Claim::chain:
    case Claim::tree:
    case Claim::indexes: return Errc::tampered_hash;
    case Claim::author_streams:
    case Claim::invariants:
    case Claim::time_order: return Errc::tampered_order;
    case Claim::log_signature:
    case Claim::author_signatures:
    case Claim::authority:
    case Claim::witness_quorum: return Errc::tampered_signature;
    case Claim::pin:
    case Claim::identity: return Errc::forked;
    case Claim::projections: return Errc::state_mismatch;
    case Claim::evidence_files: return Errc::evidence_damaged;
  }
  return Errc::incomplete;
}

constexpr int kIncomplete = 16;

/// 10 to 15, in the order of the codes.
int exit_code_of(Errc code) noexcept {
  switch (code) {
    case Errc::tampered_hash: return 10;
    case Errc::tampered_order: return 11;
    case Errc::tampered_signature: return 12;
    case Errc::forked: return 13;
    case Errc::state_mismatch: return 14;
    case Errc::evidence_damaged: return 15;
    default: return kIncomplete;
  }
}

}  // namespace

bool Report::nothing_failed() const noexcept {
  return std::ranges::none_of(
      claims, [](const ClaimReport& claim) { return claim.verdict == Verdict::failed; });
}

Errc evidence_code(const Objection& objection) noexcept {
  const Errc own = objection.error.code;
  return exit_code_of(own) != kIncomplete ? own : code_of(objection.claim);
}

int exit_code(const Objection& objection) noexcept {
  return exit_code_of(evidence_code(objection));
}

int exit_code(const Report& report, std::span<const Claim> required) {
  int lowest = kIncomplete + 1;
  for (const ClaimReport& claim : report.claims) {
    if (claim.verdict != Verdict::failed) continue;
    lowest = std::min(lowest, claim.exit_code);
  }
  if (lowest <= kIncomplete) return lowest;
  const bool could_not_look =
      report.interrupted || std::ranges::any_of(report.claims, &ClaimReport::could_not_look);
  const bool required_open = std::ranges::any_of(
      required, [&](Claim claim) { return report[claim].verdict != Verdict::proved; });
  return could_not_look || required_open ? kIncomplete : 0;
}

}  // namespace assay::verify
