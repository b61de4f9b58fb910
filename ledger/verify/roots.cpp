#include "ledger/verify/roots.hpp"

#include "ledger/merkle/proof.hpp"

namespace assay::verify {

void RootHistory::push(const Hash& root) {
  roots_.push_back(root);
  if (roots_.size() > kRootsKept) {
    roots_.pop_front();
    ++first_;
  }
}

Result<Hash> RootHistory::at(std::uint64_t size) const {
  ASSAY_ASSERT(size <= head().size);
  if (size == 0) return merkle::kEmptyRoot;
  if (size >= first_) return roots_[static_cast<std::size_t>(size - first_)];
  if (nodes_ == nullptr) {
    return fail(Errc::not_found, "the root at size " + std::to_string(size) + " is not kept");
  }
  ASSAY_TRY(const Hash root, merkle::root_at(size, *nodes_));
  ASSAY_TRY(const merkle::Proof proof, merkle::prove_consistency(size, head().size, *nodes_));
  ASSAY_CHECK(merkle::check_consistency({size, root}, head(), proof));
  return root;
}

}  // namespace assay::verify
