#include "projections/fold/divergence.hpp"

namespace assay::projections {

Result<std::uint64_t> first_divergence(std::uint64_t low, std::uint64_t high, const DigestAt& one,
                                       const DigestAt& other) {
  ASSAY_ASSERT(low < high);
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    ASSAY_TRY(const Hash a, one(middle));
    ASSAY_TRY(const Hash b, other(middle));
    (a == b ? low : high) = middle;
  }
  return high;
}

}  // namespace assay::projections
