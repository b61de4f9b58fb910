#include "tests/support/rfc6962.hpp"

#include <bit>

namespace assay::testing {
namespace {

using merkle::node_hash;

std::size_t largest_power_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

std::vector<Hash> subproof(std::uint64_t m, Hashes leaves, bool complete) {
  if (m == leaves.size()) {
    if (complete) return {};
    return {defined_root(leaves)};
  }
  const std::size_t k = largest_power_below(leaves.size());
  std::vector<Hash> proof;
  if (m <= k) {
    proof = subproof(m, leaves.first(k), complete);
    proof.push_back(defined_root(leaves.subspan(k)));
  } else {
    proof = subproof(m - k, leaves.subspan(k), false);
    proof.push_back(defined_root(leaves.first(k)));
  }
  return proof;
}

}  // namespace

Hash defined_root(Hashes leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves[0];
  const std::size_t k = largest_power_below(leaves.size());
  return node_hash(defined_root(leaves.first(k)), defined_root(leaves.subspan(k)));
}

std::vector<Hash> defined_inclusion(std::uint64_t index, Hashes leaves) {
  if (leaves.size() == 1) return {};
  const std::size_t k = largest_power_below(leaves.size());
  std::vector<Hash> path;
  if (index < k) {
    path = defined_inclusion(index, leaves.first(k));
    path.push_back(defined_root(leaves.subspan(k)));
  } else {
    path = defined_inclusion(index - k, leaves.subspan(k));
    path.push_back(defined_root(leaves.first(k)));
  }
  return path;
}

std::vector<Hash> defined_consistency(std::uint64_t old_size, Hashes leaves) {
  return subproof(old_size, leaves, true);
}

bool rfc9162_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, Hashes proof,
                       const Hash& root) {
  if (index >= size) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  Hash r = leaf;
  for (const Hash& p : proof) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      r = node_hash(p, r);
      if ((fn & 1U) == 0) {
        while ((fn & 1U) == 0 && fn != 0) {
          fn >>= 1U;
          sn >>= 1U;
        }
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && r == root;
}

bool rfc9162_consistency(std::uint64_t old_size, std::uint64_t new_size, Hashes given,
                         const Hash& old_root, const Hash& new_root) {
  if (new_size < old_size || old_size == 0) return false;
  if (old_size == new_size) return given.empty() && old_root == new_root;
  if (given.empty()) return false;
  std::vector<Hash> proof(given.begin(), given.end());
  if (std::has_single_bit(old_size)) proof.insert(proof.begin(), old_root);
  std::uint64_t fn = old_size - 1;
  std::uint64_t sn = new_size - 1;
  while ((fn & 1U) != 0) {
    fn >>= 1U;
    sn >>= 1U;
  }
  Hash fr = proof[0];
  Hash sr = proof[0];
  for (const Hash& c : std::span(proof).subspan(1)) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      if ((fn & 1U) == 0) {
        while ((fn & 1U) == 0 && fn != 0) {
          fn >>= 1U;
          sn >>= 1U;
        }
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return fr == old_root && sr == new_root && sn == 0;
}

}  // namespace assay::testing
