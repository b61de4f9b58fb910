#pragma once

/// What a bundle says of itself, `bundle.json` (docs/format.md annex G). Nothing vouches for it: a
/// verifier compares it with the entries. Thread word: plain values and pure functions.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/verify/publication.hpp"

namespace assay::verify {

inline constexpr std::string_view kBundleSchema = "assay.bundle/1";
/// Room for two million entries, far more than an answer to one question has.
inline constexpr std::size_t kBundleIndexSizeBytes = std::size_t{1} << 24U;

struct BundleIndex {
  std::string about;                   ///< what was asked: "phase/SIT-01", "41.0"
  std::vector<std::uint64_t> entries;  ///< ascending, each once
  PublishedEvidence evidence;
  Hash log;            ///< leaf hash of entry 0
  std::string origin;  ///< text from outside
  std::string schema{kBundleSchema};
  std::uint64_t size = 0;  ///< of the log, as the checkpoint states it
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(entries), CEREAL_NVP(evidence), CEREAL_NVP(log),
            CEREAL_NVP(origin), CEREAL_NVP(schema), CEREAL_NVP(size));
  }
  bool operator==(const BundleIndex&) const = default;
};

/// The bytes of bundle.json, which ends without a newline.
[[nodiscard]] std::string format_bundle_index(const BundleIndex& index);
/// The inverse, and of nothing else. Errors: malformed (another schema too), limit.
[[nodiscard]] Result<BundleIndex> parse_bundle_index(std::string_view text);

}  // namespace assay::verify
