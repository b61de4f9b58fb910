#pragma once

/// Digests of states that somebody outside this run stated, held against the refolded ones as the
/// walk passes the sizes they are of. Thread word: thread-compatible.

#include <span>
#include <vector>

#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/projection_check.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

class StatedDigests {
 public:
  explicit StatedDigests(std::vector<StatedDigest> stated);

  [[nodiscard]] bool any_at(std::uint64_t size) const noexcept;
  /// `digests` are those of the states at `size`, the verifier's own among them.
  void compare(std::uint64_t size, std::span<const NamedDigest> digests, ClaimBook& book);
  /// No further size is reached. `head_size`: up to where the walk came.
  void finish(std::uint64_t start_size, std::uint64_t head_size, ClaimBook& book) const;

  [[nodiscard]] std::size_t compared_count() const noexcept { return compared_count_; }

 private:
  std::vector<StatedDigest> stated_;  // ascending by size
  std::size_t compared_count_ = 0;
};

}  // namespace assay::verify
