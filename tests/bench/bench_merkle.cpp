// Prints what the tree costs on one core, in processor time, so that a busy machine matters less.

#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "ledger/merkle/compact_range.hpp"
#include "ledger/merkle/proof.hpp"
#include "ledger/merkle/tile.hpp"

using namespace assay;
using namespace assay::merkle;

namespace {

/// Runs `work(i)` for i from 0 to `count` - 1 and prints the rate.
template <class Work>
void measure(const char* what, std::uint64_t count, Work&& work) {
  const std::clock_t start = std::clock();
  for (std::uint64_t i = 0; i < count; ++i) work(i);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%-44s %10.0f /s\n", what, static_cast<double>(count) / seconds);
}

}  // namespace

int main() {
  constexpr std::uint64_t kLeaves = 1'000'000;
  std::vector<std::vector<Hash>> kept(1);
  const NodeReader nodes = [&](unsigned level, std::uint64_t index) -> Result<Hash> {
    return kept[level][index];
  };
  Hash hash = kEmptyRoot;
  const std::string entry(1'000, 'e');

  measure("node hashes (65 bytes)", 10'000'000,
          [&](std::uint64_t) { hash = node_hash(hash, hash); });
  measure("leaf hashes of entries of 1,000 bytes", 1'000'000,
          [&](std::uint64_t) { hash = leaf_hash(entry); });
  CompactRange range;
  measure("appends of leaf hashes, every node kept", kLeaves, [&](std::uint64_t) {
    range.append(hash, [&](NodeId node, const Hash& made) {
      if (kept.size() <= node.level) kept.emplace_back();
      kept[node.level].push_back(made);
    });
  });
  const TreeHead head = range.head();
  const auto leaf = [&](std::uint64_t i) { return i * 7'919 % kLeaves; };
  measure("inclusion proofs built, 1,000,000 leaves", 100'000, [&](std::uint64_t i) {
    ASSAY_ASSERT(prove_inclusion(leaf(i), kLeaves, nodes).has_value());
  });
  const Proof proof = prove_inclusion(leaf(1), kLeaves, nodes).value();
  measure("inclusion proofs checked, 1,000,000 leaves", 100'000, [&](std::uint64_t) {
    ASSAY_ASSERT(check_inclusion(hash, leaf(1), head, proof).has_value());
  });
  const std::string tile = encode_tile({0, 1, kTileWidth}, nodes).value();
  measure("full tiles decoded with their inner nodes", 10'000,
          [&](std::uint64_t) { ASSAY_ASSERT(Tile::decode(tile, kTileWidth).has_value()); });
  std::printf("last hash %s\n", hash.hex().c_str());
  return 0;
}
