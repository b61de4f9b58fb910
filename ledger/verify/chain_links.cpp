#include "ledger/verify/chain_links.hpp"

namespace assay::verify {

void ChainLinks::take(std::uint64_t index, const Hash& previous, const Hash& leaf,
                      std::uint64_t sealed_size) {
  const bool broken = last_ && previous != *last_;
  settle(broken);
  if (broken) pending_ = Break{index, *last_, previous, sealed_size >= index};
  last_ = leaf;
}

void ChainLinks::take_unread(std::optional<Hash> leaf) {
  settle(false);
  last_ = leaf;
}

void ChainLinks::settle(bool next_broken) {
  if (!pending_) return;
  const Break found = *pending_;
  pending_.reset();
  const bool later_altered = found.later == 0 || next_broken || found.earlier_sealed ||
                             nodes_have(found.later - 1, found.leaf);
  const std::uint64_t altered = later_altered ? found.later : found.later - 1;
  const std::string later = std::to_string(found.later);
  book_.object(disagreement(Claim::chain, Errc::tampered_hash, altered,
                            found.later == 0
                                ? "entry 0 does not name the hash of the log's origin"
                                : "entry " + later + " names another hash than that of entry " +
                                      std::to_string(found.later - 1) + " before it",
                            found.leaf.hex(), found.named.hex()));
}

bool ChainLinks::nodes_have(std::uint64_t index, const Hash& leaf) const {
  if (nodes_ == nullptr) return false;
  const Result<Hash> kept = (*nodes_)(0, index);
  return kept && *kept == leaf;
}

}  // namespace assay::verify
