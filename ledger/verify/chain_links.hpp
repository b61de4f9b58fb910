#pragma once

/// The hash chain: every entry names the leaf hash of the one before.
///
/// A broken link says that one of two entries was altered, not which. The next link tells: if it is
/// broken too, the later entry's bytes changed; if it holds, the earlier one's did, unless a
/// checkpoint vouches for everything before the later one, or the nodes kept of the tree have the
/// earlier one's hash. So a break is reported one entry late, and which entry is blamed is a good
/// guess; that the two disagree is a fact.
/// Thread word: thread-compatible.

#include <optional>

#include "ledger/merkle/tree.hpp"
#include "ledger/verify/claim_book.hpp"

namespace assay::verify {

class ChainLinks {
 public:
  /// Both are borrowed; `nodes` may be null.
  explicit ChainLinks(ClaimBook& book, const merkle::NodeReader* nodes = nullptr)
      : book_(book), nodes_(nodes) {}

  /// What the entry that comes next must name; nothing where that is unknown.
  void expect(std::optional<Hash> previous) { last_ = previous; }
  /// Entry `index` names `previous` and hashes to `leaf`. `sealed_size` is the size of the largest
  /// checkpoint whose root the entries so far have.
  void take(std::uint64_t index, const Hash& previous, const Hash& leaf, std::uint64_t sealed_size);
  /// An entry whose own link could not be read; `leaf` where at least its bytes are there.
  void take_unread(std::optional<Hash> leaf);
  /// No entry follows.
  void finish() { settle(false); }

 private:
  struct Break {
    std::uint64_t later = 0;  ///< the entry that names another hash
    Hash leaf;                ///< of the entry before
    Hash named;
    bool earlier_sealed = false;
  };
  void settle(bool next_broken);
  [[nodiscard]] bool nodes_have(std::uint64_t index, const Hash& leaf) const;

  ClaimBook& book_;
  const merkle::NodeReader* nodes_;
  std::optional<Hash> last_;
  std::optional<Break> pending_;
};

}  // namespace assay::verify
