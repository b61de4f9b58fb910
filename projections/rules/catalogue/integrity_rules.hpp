#pragma once

#include <array>

#include "projections/rules/rule_catalogue.hpp"

namespace assay::projections {

inline constexpr std::array kIntegrityRules{
    Rule{"K-CLOCK", "The log's clock agrees with the sources that it is compared with.", "",
         "It stays in the record; times of that period are to be read with the offset.",
         FindingSeverity::minor},
    Rule{"K-CORR", "A correction is confirmed by another party than the one that makes it.", "",
         "Let another party endorse the correction.", FindingSeverity::minor},
    Rule{"K-FAIL", "Whoever verifies the log finds nothing that failed.", "",
         "Verify the log anew and settle what failed; the earlier answer stays in the record.",
         FindingSeverity::blocking},
    Rule{"K-TAINT", "No decision and no voice rests on a key that was compromised by then.", "",
         "Let whoever spoke say it again with a sound key.", FindingSeverity::blocking},
    Rule{"K-UNWIT", "Checkpoints are witnessed by enough witnesses, soon enough.", "",
         "Have the present checkpoint cosigned, and record the cosignatures.",
         FindingSeverity::major},
    Rule{"K-VIEW", "All witnesses of one size of the log saw the same root.", "",
         "Nothing in the log clears it: compare the signed checkpoints themselves.",
         FindingSeverity::blocking},
};

}  // namespace assay::projections
