#pragma once

/// A verification as commands run it: a log from wherever it lies, the programme folded anew beside
/// it, and what a reviewer kept from last time. Thread word: thread-compatible.

#include <map>

#include "cli/session/log_to_verify.hpp"
#include "cli/time/kept_timestamps.hpp"
#include "cli/witness/policy_file.hpp"
#include "ledger/verify/pin.hpp"
#include "ledger/verify/verify.hpp"

namespace assay::cli {

struct VerificationOptions {
  std::string pin_file;
  std::string pin_text;       ///< a pin from paper, instead of a file
  std::string pin_words;      ///< twelve words of a head, instead of either
  std::string at;             ///< only the log as it was at this point (at_point.hpp)
  std::string log_id;         ///< hex, or words
  PolicyOptions witnesses;    ///< whose cosignatures count, and how many are enough
  std::uint64_t threads = 0;  ///< 0: as many as the machine has
  std::string tsa_file;       ///< certificates of authorities whose timestamps to believe
  bool refold = true;         ///< authority, invariants, projections
  bool evidence = true;
  bool evidence_before_pin = false;  ///< read the files, too, that a pin's run has read
  bool from_start = false;           ///< even with a pin, from entry 0
};

/// What a log has that it had not when it was pinned.
struct SincePin {
  std::uint64_t size = 0;  ///< of the pin
  std::uint64_t entries = 0;
  std::uint64_t events = 0;
  std::map<std::string, std::uint64_t> types;  ///< events by type
};

struct Verified {
  verify::Report report;
  projections::ProgrammeFold fold;  ///< empty without refold
  bool refolded = false;
  std::uint64_t started_at = 0;        ///< entries that an earlier run had verified
  std::optional<SincePin> since_pin;   ///< where the log extends a pin, or a head given in words
  std::vector<JudgedTimestamp> times;  ///< of all checkpoints kept, up to `at`
  Status released;  ///< forked, if a key of the key directory released something else
};

/// What a reviewer brings along from outside the log.
struct FromOutside {
  std::optional<verify::Pin> pin;
  std::optional<TlogPolicy> policy;
  std::optional<std::string> log_id;              ///< as much of it as was kept
  std::optional<std::string> pin_words;           ///< the bytes that the words of a head stand for
  std::optional<keys::TrustAnchors> authorities;  ///< whose timestamps to believe
};

/// Errors: invalid_argument (the log id, words), those of reading the pin, the policy and the
/// certificates.
[[nodiscard]] Result<FromOutside> read_outside(const VerificationOptions& options);
/// As the verifier takes it; borrows `outside`.
[[nodiscard]] verify::Options verifier_options(const VerificationOptions& options,
                                               const FromOutside& outside);

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
