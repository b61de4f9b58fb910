#pragma once

/// How the caller has its projections refolded beside the verification, so that the log is read
/// once. The verifier knows no projection; it compares digests at the sizes where somebody stated
/// one.

#include <string>
#include <vector>

#include "ledger/format/entry.hpp"

namespace assay::verify {

struct NamedDigest {
  std::string name;
  Hash digest;
  std::uint64_t version = 0;  ///< of the projection; 0 where it is not said
  auto operator<=>(const NamedDigest&) const = default;
};

/// Thread word: thread-compatible; the verifier calls it from one thread, in the order of the log.
class ProjectionCheck {
 public:
  virtual ~ProjectionCheck() = default;
  /// Takes in the next entry. Called after `Rules::admit` for the same entry, so that an
  /// implementation whose Rules fold anyway has nothing to do here. Views die with the call.
  virtual void fold(const EntryView& entry) = 0;
  /// Digests of the states after the entries folded so far, one a projection.
  [[nodiscard]] virtual std::vector<NamedDigest> digests() const = 0;
};

}  // namespace assay::verify
