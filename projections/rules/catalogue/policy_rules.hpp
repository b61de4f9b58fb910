#pragma once

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

inline constexpr std::array<Rule, 9> kPolicyRules{{
    {"P-BASIS",
     "What a policy says of the clause that it rests on agrees with the register of clauses.", "",
     "The status of the clause is recorded, or a version of the policy that states it rightly.",
     FindingSeverity::minor, RuleClass::finding},
    {"P-CLAUSE", "A clause that was in force is never said to be withdrawn before it took effect.",
     "", "The status of the clause is recorded as removed, from the day of its removal.",
     FindingSeverity::minor, RuleClass::finding},
    {"P-CONFLICT",
     "Of two policies of a kind that are equally specific, only one comes into force at a time.",
     "", "One of the two is superseded, or limited to another scope.", FindingSeverity::major,
     RuleClass::finding},
    {"P-KIND", "All versions of a policy are of one kind.", "",
     "The odd version is superseded and published under an id of its own.", FindingSeverity::major,
     RuleClass::finding},
    {"P-MISSING", "What a policy refers to is there.", "",
     "What is missing is recorded or put in force, or a version is that does not refer to it.",
     FindingSeverity::minor, RuleClass::finding},
    {"P-NOTAG", "A policy comes into force with the approval that the approval policy asks for.",
     "", "The body's position on this version, or the missing voice, is recorded.",
     FindingSeverity::major, RuleClass::finding},
    {"P-PROPOSED", "A policy in force rests on clauses that are in force themselves.", "",
     "The clause takes effect as the policy assumes, or the policy is superseded.",
     FindingSeverity::minor, RuleClass::finding},
    {"P-RETRO", "A policy comes into force, and ends, no earlier than that is recorded.", "",
     "Nothing undoes it: what was decided in between has to be looked at again, or waived.",
     FindingSeverity::major, RuleClass::finding},
    {"X-POLICY", "A phase is judged by the policies that it was planned under.", "",
     "The policy is put in force, or the change of policy is accepted: it stays disclosed.",
     FindingSeverity::minor, RuleClass::finding},
}};

}  // namespace assay::projections
