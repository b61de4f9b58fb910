#pragma once

/// Rules about Depth and Breadth: what documents cover and promise, and what scopes hold of it.

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

inline constexpr std::array<Rule, 8> kCoverageRules{{
    {"B-COV",
     "Every planned entry has, for every kind of test that it requires, a Depth and Breadth "
     "document that covers it.",
     "MTAD 8.3, SVTAD 12",
     "Register a version that covers the planned entry, and present it to TAG.",
     FindingSeverity::major, RuleClass::finding},
    {"B-MIDPH",
     "A Depth and Breadth document is not replaced while a phase that follows it is being "
     "executed.",
     "", "Present the new version to TAG and compare the scope with it.", FindingSeverity::minor,
     RuleClass::finding},
    {"B-NOPUB", "A Depth and Breadth document that a phase has started under is published.",
     "MTAD 8.3, SVTAD 12", "Publish the version, and record where.", FindingSeverity::major,
     RuleClass::finding},
    {"B-NOREG", "Every cohort has a Depth and Breadth document of regression.", "MTAD 7, SVTAD 7",
     "Register a regression document that covers the SMSO.", FindingSeverity::minor,
     RuleClass::finding},
    {"B-SCOPE",
     "The scope of a phase holds every test that its Depth and Breadth document promises for the "
     "planned entry.",
     "MTAD 8.3, SVTAD 12", "Add the missing tests to the scope, or present a changed document.",
     FindingSeverity::major, RuleClass::finding},
    {"L-ORPHAN",
     "Every scope item and result leads to a registered test case, and so to what it is for.", "",
     "Register the test case.", FindingSeverity::minor, RuleClass::finding},
    {"L-UNTESTED", "Every requirement that a test case names has a result.", "",
     "Run one of its test cases, or waive it.", FindingSeverity::minor, RuleClass::finding},
    {"X-DNB",
     "A phase is planned under a Depth and Breadth document that covers its planned entries.",
     "MTAD 8.3, SVTAD 12", "Register a version that covers them.", FindingSeverity::major,
     RuleClass::finding},
}};

}  // namespace assay::projections
