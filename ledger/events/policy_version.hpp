#pragma once

/// A version of a policy, as events name it. Thread word: plain value.

#include "ledger/format/archive_traits.hpp"

namespace assay::events {

struct PolicyVersion {
  Identifier policy;
  std::uint64_t version = 1;
  auto operator<=>(const PolicyVersion&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(policy), CEREAL_NVP(version));
  }
};

}  // namespace assay::events
