#pragma once

/// The disk as it fails: every call by which keys/ changes a file passes through here (the linker's
/// --wrap), is counted, and can be made to fail or to be the last thing the process did. Production
/// code knows nothing of it.

#include <string>

namespace assay::keys::test {

enum class Fault {
  none,
  interrupted,    ///< EINTR, not done; the next call is good
  lost,           ///< fails, not done
  stored,         ///< fails, and was done all the same
  cut_short,      ///< a write does half, and the next one fails; otherwise as lost
  killed_before,  ///< the process ends instead
  killed_midway,  ///< a write does half, then the process ends; otherwise as killed_before
  killed_after,   ///< the process ends once it is done
};

struct FaultPlan {
  Fault fault = Fault::none;
  int at = 0;  ///< counted from 1
  int error_number = 0;
  bool for_ever = false;  ///< every later call fails as well
};

/// Starts counting anew. The plan holds until the next call of this function.
void arm(const FaultPlan& plan);
/// True once the call that the plan names was made.
bool fired();
/// The names of the calls since arm(), in order, one space between.
const std::string& trace();

}  // namespace assay::keys::test
