#pragma once

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

inline constexpr std::array kCompletionRules{
    Rule{"C-COMB",
         "A combined report is allowed by policy and holds every phase of both kinds for each of "
         "its planned entries.",
         "MTAD 10.2, SVTAD 9.7",
         "Issue reports of their own for MT and SIT, or a combined one that is allowed and whole.",
         FindingSeverity::blocking},
    Rule{"C-CUT", "Every planned entry of a completion report has one cut-off in each phase.", "",
         "Declare the cut-off and issue the report again.", FindingSeverity::major},
    Rule{"C-EXPAND",
         "A decision on a combined report is taken for every phase and planned entry that it "
         "covers.",
         "MTAD 10.2, SVTAD 9.7", "Decide on the phases and planned entries that were left out.",
         FindingSeverity::major},
    Rule{"C-LISTED",
         "A completion report lists as outstanding only issues that are open at its cut-off.", "",
         "Issue a report whose list is that of the log.", FindingSeverity::minor},
    Rule{"C-OMIT", "A completion report lists every issue that is open at its cut-off.", "SVTAD 13",
         "Issue a report that lists them.", FindingSeverity::blocking},
    Rule{"C-POST", "What testing should have found does not come to light after the exit.", "",
         "It stays in the record; say why testing did not find it.", FindingSeverity::minor},
    Rule{"T-COND", "A condition of a position is met by its day.", "",
         "Let the body take another position that no longer names it.", FindingSeverity::major},
    Rule{"T-DISSENT", "Members who dissented are named wherever the position is.", "",
         "It stays in the record, beside the position.", FindingSeverity::minor},
    Rule{"T-QUORUM",
         "A position counts when enough parties of the body have spoken to it and for it.", "",
         "Let the members who have not spoken endorse it, each with their own key.",
         FindingSeverity::major},
    Rule{"T-STALE", "A position rests on a state of the log that holds the cut-off it is about.",
         "", "Let the body take its position again, having seen the log up to the cut-off.",
         FindingSeverity::major},
    Rule{"V-WSELF", "A waiver is not granted by the party that benefits from it alone.", "",
         "Let another party endorse the waiver, or name the decision that approves it.",
         FindingSeverity::major},
    Rule{"W-OPEN", "A work-off item is completed when its issue is closed.", "",
         "Close the issue, with its retest.", FindingSeverity::major},
    Rule{"W-OVERDUE", "A work-off item is completed by its target day.", "",
         "Complete the item, or agree another day and say why.", FindingSeverity::major},
    Rule{"W-SLIP", "The target day of a work-off item is not moved to a later one.", "",
         "It stays in the record, with its reason.", FindingSeverity::minor},
};

}  // namespace assay::projections
