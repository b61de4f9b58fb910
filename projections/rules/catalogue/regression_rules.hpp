#pragma once

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

inline constexpr std::array kRegressionRules{
    Rule{"R-DNB", "A regression cycle follows a Depth and Breadth document of regression.",
         "MTAD 7, SVTAD 7", "Register the document, with the SMSO that the cycle is about.",
         FindingSeverity::major},
    Rule{"R-DUE", "A planned entry whose exit was decided is regressed after a later change.",
         "MTAD 7, SVTAD 7",
         "Assess the change, and complete a regression cycle where the assessment asks for one.",
         FindingSeverity::major},
    Rule{"R-FAIL", "A regression cycle is completed only when every item that it lists has passed.",
         "MTAD 7, SVTAD 7", "Let the items pass, or complete another cycle that covers them.",
         FindingSeverity::major},
    Rule{"R-NOIA",
         "A change after the scope was committed to is assessed by the provider and DCC, in time.",
         "MTAD 7, SVTAD 7", "Record an impact assessment and have the other side endorse it.",
         FindingSeverity::major},
    Rule{"R-OPEN", "No obligation to regress is open when an exit is decided.", "MTAD 7, SVTAD 7",
         "Discharge the obligation and decide again on what the log then shows.",
         FindingSeverity::blocking},
    Rule{"R-ORDER",
         "A regression cycle is listed, committed to by both sides, started and completed, in that "
         "order.",
         "MTAD 7, SVTAD 7", "It stays in the record; explain it to whoever relies on the cycle.",
         FindingSeverity::minor},
    Rule{"R-ROOT", "A regression cycle is committed to as it was listed.", "MTAD 7, SVTAD 7",
         "Commit to another cycle whose items are those listed.", FindingSeverity::major},
    Rule{"R-SCOPE", "The assessment of a fix covers every planned entry that its issue affects.",
         "MTAD 7, SVTAD 7", "Assess the fix for the planned entries that were left out.",
         FindingSeverity::major},
};

}  // namespace assay::projections
