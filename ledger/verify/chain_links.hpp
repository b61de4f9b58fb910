#pragma once

/// The hash chain: every entry names the leaf hash of the one before.
///
/// A broken link says that one of two entries was altered, not which. The next link tells: if it is
/// broken too, the later entry's bytes changed; if it holds, the earlier one's did, unless a
/// checkpoint vouches for everything before the later one. So a break is reported one entry late.
/// Thread word: thread-compatible.

#include <optional>

#include "ledger/base/hash.hpp"
#include "ledger/verify/claim_book.hpp"

namespace assay::verify {

class ChainLinks {
 public:
  explicit ChainLinks(ClaimBook& book) : book_(book) {}

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

  ClaimBook& book_;
  std::optional<Hash> last_;
  std::optional<Break> pending_;
};

}  // namespace assay::verify
