#pragma once

/// A verification as commands run it: a log from wherever it lies, the programme folded anew beside
/// it, and what a reviewer kept from last time. Thread word: thread-compatible.

#include "cli/session/log_to_verify.hpp"
#include "ledger/verify/pin.hpp"
#include "ledger/verify/verify.hpp"

namespace assay::cli {

struct VerificationOptions {
  std::string pin_file;
  std::string at;             ///< only the log as it was at this point (at_point.hpp)
  std::string log_id;         ///< hex, or words
  std::uint64_t threads = 0;  ///< 0: as many as the machine has
  bool refold = true;         ///< authority, invariants, projections
  bool evidence = true;
  bool evidence_before_pin = false;  ///< read the files, too, that a pin's run has read
  bool from_start = false;           ///< even with a pin, from entry 0
};

struct Verified {
  verify::Report report;
  projections::ProgrammeFold fold;  ///< empty without refold
  bool refolded = false;
  std::uint64_t started_at = 0;  ///< entries that an earlier run had verified
  Status released;               ///< forked, if a key of the key directory released something else
};

/// Of any log. Errors: what keeps the verification from beginning (an unreadable pin). Everything
/// that happens after that is in the report.
[[nodiscard]] Result<Verified> run_verification(const Run& run, const VerificationOptions& options,
                                                LogToVerify& log);
/// Of the run's ledger. Errors: also those of the store.
[[nodiscard]] Result<Verified> run_verification(const Run& run, const VerificationOptions& options);

/// Beside a pin lies what its verifier had computed, so that a later run goes on from there.
[[nodiscard]] inline std::string state_file_of(const std::string& pin_file) {
  return pin_file + ".state";
}
/// The state file's bytes: the verifier's state and the projections' snapshot.
[[nodiscard]] std::string format_state_file(const verify::VerifierState& state,
                                            const projections::ProgrammeFold& fold);

/// Prints the claims, for people and for --json.
void show_report(const Run& run, const Verified& verified);

}  // namespace assay::cli
