#pragma once

/// Rules about consultations, the choice of DMCs, the EPCL, releases and groups.

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

inline constexpr std::array kSelectionRules{
    Rule{
        "D-13.11",
        "A DMC takes another's place by a route of its own only while the policy in force has that "
        "route enabled, for that release, and under its conditions.",
        "SVTAD 13.11", "A substitution by a route that is open, or a policy that opens the route.",
        FindingSeverity::blocking, RuleClass::finding},
    Rule{"D-APPEAL", "A selection against which an appeal was upheld does not stand.", "",
         "A new selection, de-selection or substitution of the DMC.", FindingSeverity::major,
         RuleClass::finding},
    Rule{"D-DURING",
         "Whether a DMC was de-selected during a Test Phase is as the record of the phases shows.",
         "SVTAD 13.11", "A correction of the de-selection.", FindingSeverity::minor,
         RuleClass::finding},
    Rule{"D-FIELDS",
         "The fields in which a substituted DMC differs are stated as they can be computed.",
         "SVTAD 13.11", "A correction of the substitution.", FindingSeverity::major,
         RuleClass::finding},
    Rule{"D-NOCONS",
         "A DMC is selected, or takes another's place, after the consultations and positions that "
         "the route of the policy asks for.",
         "MTAD 4.2", "A selection that names what the route asks for.", FindingSeverity::major,
         RuleClass::finding},
    Rule{"D-NODESEL", "A DMC is de-selected before another takes its place.", "",
         "A de-selection, and a substitution after it.", FindingSeverity::minor,
         RuleClass::finding},
    Rule{
        "D-OPENRES",
        "Results of a DMC that were there when it was de-selected are shown wherever the phase is.",
        "", "Nothing: it is disclosed.", FindingSeverity::minor, RuleClass::finding},
    Rule{"D-RESP",
         "As many responses to a consultation are recorded as were counted when it closed.", "",
         "The missing responses, recorded.", FindingSeverity::minor, RuleClass::finding},
    Rule{"D-SHORT",
         "A consultation on the choice of DMCs is open for as many working days as the policy asks "
         "for.",
         "", "A consultation that is long enough.", FindingSeverity::major, RuleClass::finding},
    Rule{"E-DATE",
         "The date on which an entry was first added to the EPCL is the day of its addition.",
         "SEC F2.10A", "A correction of the entry.", FindingSeverity::minor, RuleClass::finding},
    Rule{"E-EARLY",
         "An entry is added to the EPCL after what it rests on: completed tests of every kind that "
         "is required, equivalence to a tested DMC, or a direction.",
         "SEC F2.10A", "A removal, and a new entry after completion.", FindingSeverity::blocking,
         RuleClass::finding},
    Rule{"E-EQV", "Equivalence is claimed to a DMC that has completed its tests.", "SEC F2.10A",
         "Completion of the tests of that DMC.", FindingSeverity::major, RuleClass::finding},
    Rule{"E-FIELDS",
         "The fields in which an equivalent DMC differs are stated as they can be computed.",
         "SEC F2.10A", "A correction of the claim.", FindingSeverity::major, RuleClass::finding},
    Rule{"E-LEFT", "A planned entry that was withdrawn or de-selected is not added to the EPCL.",
         "", "A removal from the EPCL, or a new selection.", FindingSeverity::major,
         RuleClass::finding},
    Rule{"E-REF",
         "An entry of the EPCL names the decisions and claims about its own planned entry on which "
         "it rests.",
         "", "An entry that names them.", FindingSeverity::minor, RuleClass::finding},
    Rule{"E-UNBACKED", "What an entry of the EPCL rested on when it was added still stands.",
         "SEC F2.10A", "Renewed completion, or a removal from the EPCL.", FindingSeverity::blocking,
         RuleClass::finding},
    Rule{"E-UNEC", "A planned entry is withdrawn as uneconomic to test after a consultation.",
         "SVTAD, DMCT Process", "A consultation, and a withdrawal that names it.",
         FindingSeverity::major, RuleClass::finding},
    Rule{"G-NOREL", "A GroupID applies to a release that covers its SMSO.", "MTAD 5.5",
         "A release that covers the SMSO, and a GroupID declared for it.", FindingSeverity::minor,
         RuleClass::finding},
    Rule{"V-PEND", "A release is completed when no planned entry of it is pending.", "",
         "A completion after every planned entry is on the EPCL, withdrawn, or replaced by one "
         "that is.",
         FindingSeverity::blocking, RuleClass::finding},
};

}  // namespace assay::projections
