#include "ledger/verify/bundle_index.hpp"

#include <algorithm>

#include "ledger/format/json_archive.hpp"

namespace assay::verify {

std::string format_bundle_index(const BundleIndex& index) { return to_canonical(index); }

Result<BundleIndex> parse_bundle_index(std::string_view text) {
  if (text.size() > kBundleIndexSizeBytes) {
    return fail(Errc::limit, "bundle.json has " + std::to_string(text.size()) + " bytes");
  }
  ASSAY_TRY(BundleIndex index, from_canonical<BundleIndex>(text));
  if (index.schema != kBundleSchema) {
    return fail(Errc::malformed, "bundle.json is of schema \"" + index.schema + "\", not " +
                                     std::string(kBundleSchema));
  }
  const auto disorder = std::ranges::adjacent_find(
      index.entries, [](std::uint64_t a, std::uint64_t b) { return a >= b; });
  if (disorder != index.entries.end()) {
    return fail(Errc::malformed, "the entries of bundle.json are not in ascending order, at " +
                                     std::to_string(*disorder));
  }
  ASSAY_CHECK(index.evidence.check());
  return index;
}

}  // namespace assay::verify
