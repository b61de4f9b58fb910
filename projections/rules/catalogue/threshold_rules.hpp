#pragma once

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

/// Rules on Testing Issues. No clause of them is known: they guard the count that the threshold
/// clauses ask for, and the definition of a Testing Issue.
inline constexpr std::array kThresholdRules{
    Rule{"Q-DEFER",
         "A severity that may not be deferred is not deferred, and a deferral has the "
         "approval that the policy asks for.",
         "", "Take the issue up again, or record the approval and defer it anew.",
         FindingSeverity::major},
    Rule{"Q-DOWN", "A severity is not lowered within the policy's window before a cut-off.", "",
         "Nothing removes it: disclose it, and show the verdict with the downgrade ignored.",
         FindingSeverity::major},
    Rule{"Q-DOWN1", "No party takes an issue out of severity 1 or 2 alone.", "",
         "Restore the severity, and lower it again citing another party's decision.",
         FindingSeverity::major},
    Rule{"Q-DUP",
         "A chain of duplicates ends in an issue that is no duplicate, and at least as "
         "severe.",
         "", "Reopen the duplicate, or name the issue that it is a duplicate of.",
         FindingSeverity::major},
    Rule{"Q-LATE", "An issue is raised within the policy's time after the run that showed it.", "",
         "Nothing removes it: the delay stays visible.", FindingSeverity::minor},
    Rule{"Q-NARROW",
         "No planned entry is taken away from an issue within the policy's window "
         "before a cut-off.",
         "", "Add the planned entry again, or disclose why it is not affected.",
         FindingSeverity::major},
    Rule{"Q-NOISSUE", "Every failure is named by a Testing Issue.", "SEC Section A (Testing Issue)",
         "Raise an issue that names the run or the result.", FindingSeverity::major},
    Rule{"Q-NORETEST",
         "An issue that is closed as fixed was retested on every affected planned "
         "entry, on the build of the fix or a later one.",
         "", "Record a retest that passed for each planned entry, and close it again.",
         FindingSeverity::major},
    Rule{"Q-NORUN", "An issue about an unexpected outcome names a run or a result that shows it.",
         "SEC Section A (Testing Issue)", "Raise it again with the run that showed it.",
         FindingSeverity::minor},
    Rule{"Q-REJ", "An issue is rejected with a rationale, and not by its owner alone.", "",
         "Reopen it, and let another party reject it with a rationale.", FindingSeverity::major},
    Rule{"Q-REOPEN", "No issue comes back after the exit from its phase was decided.", "",
         "Decide anew, on the issue as it stands.", FindingSeverity::major},
    Rule{"Q-SELF", "Nobody raises, triages and owns an issue all by itself.", "",
         "Let another party triage it.", FindingSeverity::minor},
    Rule{"Q-UNTRIAGED", "Every open issue has been triaged at a cut-off.", "",
         "Triage it, and declare a new cut-off.", FindingSeverity::major},
};

}  // namespace assay::projections
