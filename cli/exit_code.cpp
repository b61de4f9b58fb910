#include "cli/exit_code.hpp"

#include <array>

namespace assay::cli {

ExitCode exit_code_of(Errc code) noexcept {
  switch (code) {
    case Errc::internal:
    case Errc::io:
    case Errc::no_space:
    case Errc::outcome_unknown:
    case Errc::crypto:
    case Errc::clock: return ExitCode::internal;
    case Errc::invalid_argument: return ExitCode::usage;
    case Errc::not_found: return ExitCode::not_found;
    case Errc::conflict: return ExitCode::conflict;
    case Errc::malformed:
    case Errc::limit:
    case Errc::rejected: return ExitCode::rejected;
    case Errc::locked: return ExitCode::locked;
    case Errc::key_unavailable:
    case Errc::unauthorised: return ExitCode::key;
    case Errc::gate_not_met: return ExitCode::gate_not_met;
    case Errc::tampered_hash: return ExitCode::hash;
    case Errc::tampered_order: return ExitCode::order;
    case Errc::tampered_signature: return ExitCode::signature;
    case Errc::forked: return ExitCode::forked;
    case Errc::state_mismatch: return ExitCode::projection;
    case Errc::evidence_damaged: return ExitCode::evidence;
    case Errc::unsupported:
    case Errc::incomplete: return ExitCode::incomplete;
  }
  return ExitCode::internal;
}

std::span<const ExitCodeRow> exit_code_table() noexcept {
  static constexpr std::array<ExitCodeRow, 16> kTable{{
      {ExitCode::done, "done; for verify: nothing that was checked failed"},
      {ExitCode::internal, "internal or I/O error, a full disk, a clock out of range"},
      {ExitCode::usage, "wrong usage or configuration"},
      {ExitCode::not_found, "not found"},
      {ExitCode::conflict, "conflict: the log moved on, or the same id was used for other bytes"},
      {ExitCode::rejected, "input rejected: malformed, over a limit, breaks a hard invariant"},
      {ExitCode::locked, "locked: another writer holds the ledger or the key"},
      {ExitCode::key, "key or permission unavailable: no key, wrong passphrase, no authority"},
      {ExitCode::gate_not_met, "a gate that was asked for is not met; the run itself worked"},
      {ExitCode::hash, "evidence: bytes and hash disagree"},
      {ExitCode::order, "evidence: order, gap or truncation"},
      {ExitCode::signature, "evidence: a signature or key is wrong"},
      {ExitCode::forked, "evidence: fork or rollback"},
      {ExitCode::projection, "evidence: a projection differs from its refold"},
      {ExitCode::evidence, "evidence: a file is missing or altered"},
      {ExitCode::incomplete, "incomplete: could not check (never success)"},
  }};
  return kTable;
}

}  // namespace assay::cli
