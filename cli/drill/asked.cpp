#include "cli/drill/asked.hpp"

#include <sstream>

#include "cli/session/child_process.hpp"
#include "cli/session/open_to_verify.hpp"
#include "cli/session/verification.hpp"

namespace assay::cli {
namespace {

constexpr std::size_t kScriptOutputSizeBytes = 1U << 20U;

bool is_evidence_code(int code) {
  return code >= static_cast<int>(ExitCode::hash) && code < static_cast<int>(ExitCode::incomplete);
}

Found found_by(const Result<Verified>& ran, verify::Claim expected) {
  Found found;
  if (!ran) {
    // The store would not even open: damage at the end of the log is found there.
    found.exit_code = static_cast<int>(exit_code_of(ran.error().code));
    found.message = ran.error().message;
    found.caught = is_evidence_code(found.exit_code);
    return found;
  }
  const verify::Report& report = ran->report;
  found.exit_code = verify::exit_code(report);
  for (const verify::ClaimReport& claim : report.claims) {
    if (claim.verdict != verify::Verdict::failed) continue;
    found.claims.emplace_back(enum_text(claim.claim));
    if (claim.claim == expected) {
      found.message = claim.sentence;
      found.caught = is_evidence_code(found.exit_code);
    }
  }
  return found;
}

}  // namespace

Found verify_copy(const Run& outer, const std::string& place, const std::string& pin,
                  verify::Claim expected) {
  Globals globals = outer.globals;
  globals.ledger = place;
  globals.quiet = true;
  const Run run{outer.context, globals, outer.out, outer.passphrases};
  VerificationOptions options;
  options.pin_file = pin;
  const auto look = [&]() -> Result<Verified> {
    ASSAY_TRY(const OpenedLog opened, open_to_verify(run));
    return run_verification(run, options, *opened.log);
  };
  return found_by(look(), expected);
}

Result<Found> ask_script(const std::string& script, const std::string& log_id,
                         const std::string& place) {
  ASSAY_TRY(const ChildAnswer answer,
            run_child({"sh", script, "--log-id", log_id, place}, kScriptOutputSizeBytes));
  Found found;
  found.exit_code = answer.exit_code;
  found.caught = is_evidence_code(found.exit_code);
  std::istringstream lines(answer.output);
  constexpr std::string_view kFailed = "failed: ";
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(kFailed)) continue;
    const std::size_t colon = line.find(": ", kFailed.size());
    found.claims.push_back(line.substr(kFailed.size(), colon - kFailed.size()));
    if (found.message.empty() && colon != std::string::npos) found.message = line.substr(colon + 2);
  }
  return found;
}

}  // namespace assay::cli
