#pragma once

/// What a rulebook file adds to the log: only what is not there yet, so that publishing twice adds
/// nothing. Pure.

#include "cli/rulebook/rulebook_file.hpp"
#include "projections/rules/finding.hpp"

namespace assay::cli {

struct Publication {
  std::vector<std::string> events;   ///< canonical, in the order in which they are to be recorded
  std::vector<std::string> added;    ///< what they are, one line each
  std::vector<std::string> present;  ///< what the log has already
  std::vector<std::string> differs;  ///< where the log has it under other words: title, note, …
};

/// `effective_from`, where given, stands in for what the files say. Errors: conflict (the log or an
/// earlier file has other content under the same version), rejected (another kind under the same
/// id), invalid_argument (no effective_from).
[[nodiscard]] Result<Publication> plan_publication(const projections::Rulebook& rulebook,
                                                   const std::vector<RulebookFile>& files,
                                                   std::optional<Timestamp> effective_from,
                                                   Timestamp now);

/// What the findings about the rulebook would be in a log that holds the files and nothing else,
/// when the last of their policies has come into force. Releases are not looked for, since no log
/// is at hand.
[[nodiscard]] std::vector<projections::Finding> foreseen_findings(
    const std::vector<RulebookFile>& files);

}  // namespace assay::cli
