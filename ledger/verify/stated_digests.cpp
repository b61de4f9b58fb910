#include "ledger/verify/stated_digests.hpp"

#include <algorithm>

namespace assay::verify {

StatedDigests::StatedDigests(std::vector<StatedDigest> stated) : stated_(std::move(stated)) {
  std::ranges::stable_sort(stated_, {}, &StatedDigest::size);
}

bool StatedDigests::any_at(std::uint64_t size) const noexcept {
  return std::ranges::binary_search(stated_, size, {}, &StatedDigest::size);
}

void StatedDigests::compare(std::uint64_t size, std::span<const NamedDigest> digests,
                            ClaimBook& book) {
  for (const StatedDigest& stated :
       std::ranges::equal_range(stated_, size, {}, &StatedDigest::size)) {
    const std::string state = "the state \"" + stated.name + "\" at size " + std::to_string(size);
    const auto own = std::ranges::find(digests, stated.name, &NamedDigest::name);
    if (own == digests.end()) {
      book.leave_open(Claim::projections, state + ", which " + stated.stated_by +
                                              " states, was not refolded in this run");
      continue;
    }
    ++compared_count_;
    if (own->digest == stated.digest) continue;
    book.object(disagreement(Claim::projections, Errc::state_mismatch, size == 0 ? 0 : size - 1,
                             state + " has another digest than " + stated.stated_by + " states",
                             stated.digest.hex(), own->digest.hex()));
  }
}

void StatedDigests::finish(std::uint64_t start_size, std::uint64_t head_size,
                           ClaimBook& book) const {
  for (const StatedDigest& stated : stated_) {
    if (stated.size >= start_size && stated.size <= head_size) continue;
    book.leave_open(Claim::projections,
                    "the state \"" + stated.name + "\" at size " + std::to_string(stated.size) +
                        ", which " + stated.stated_by + " states, lies outside what this run read");
  }
}

}  // namespace assay::verify
