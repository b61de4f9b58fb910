#pragma once

/// The roots that the tree had on the way, so that what authors say they had seen can be checked.
///
/// The last 2^20 roots are kept (32 MiB). An older one, or one from before the start of a run, is
/// taken from the nodes that the source keeps, if it keeps any, and believed only with a proof that
/// the present tree extends it. Thread word: thread-compatible.

#include <deque>

#include "ledger/merkle/tree.hpp"

namespace assay::verify {

class RootHistory {
 public:
  static constexpr std::size_t kRootsKept = std::size_t{1} << 20U;

  /// `nodes` may be null, and is borrowed.
  RootHistory(const merkle::TreeHead& start, const merkle::NodeReader* nodes)
      : first_(start.size), roots_{start.root}, nodes_(nodes) {}

  /// The tree has one leaf more, and this root.
  void push(const Hash& root);
  [[nodiscard]] merkle::TreeHead head() const noexcept {
    return {first_ + roots_.size() - 1, roots_.back()};
  }
  /// The root at `size`, which must not be above the head's.
  /// Errors: not_found (not kept, and no nodes to prove it from), those of the nodes; tampered_hash
  /// (the nodes do not prove it).
  [[nodiscard]] Result<Hash> at(std::uint64_t size) const;

 private:
  std::uint64_t first_;     // size of the tree that roots_.front() is the root of
  std::deque<Hash> roots_;  // at least one
  const merkle::NodeReader* nodes_;
};

}  // namespace assay::verify
