#include <catch2/catch.hpp>

#include "ledger/merkle/proof.hpp"
#include "tests/support/random.hpp"
#include "tests/support/rfc6962.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;

namespace {

constexpr std::uint64_t kSmall = 99;

/// Every bit of both roots and of each hash of the proof counts.
void require_every_bit_counts(const TreeHead& older, const TreeHead& newer, Proof proof) {
  const auto is_fork = [](const Status& status) {
    return !status && status.error().code == Errc::forked;
  };
  for (std::size_t bit = 0; bit < 256; bit += kBitStep) {
    const TreeHead other_old{older.size, flip_bit(older.root, bit)};
    const TreeHead other_new{newer.size, flip_bit(newer.root, bit)};
    if (!is_fork(check_consistency(other_old, newer, proof)) ||
        !is_fork(check_consistency(older, other_new, proof))) {
      FAIL("bit " << bit << " of a root");
    }
    for (Hash& hash : proof) {
      const Hash kept = hash;
      hash = flip_bit(hash, bit);
      const Status status = check_consistency(older, newer, proof);
      hash = kept;
      if (!is_fork(status)) FAIL("bit " << bit);
    }
  }
}

}  // namespace

TEST_CASE("every pair of small trees has the defined proof, and it checks", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t new_size = 1; new_size <= kSmall; ++new_size) {
    const TreeHead newer = tree.head(new_size);
    for (std::uint64_t old_size = 1; old_size <= new_size; ++old_size) {
      CAPTURE(old_size, new_size);
      const TreeHead older = tree.head(old_size);
      Proof proof = prove_consistency(old_size, new_size, tree.reader()).value();
      REQUIRE(proof == defined_consistency(old_size, Hashes(tree.leaves().data(), new_size)));
      REQUIRE(check_consistency(older, newer, proof));
      REQUIRE(rfc9162_consistency(old_size, new_size, proof, older.root, newer.root));

      proof.push_back(newer.root);
      REQUIRE(check_consistency(older, newer, proof).error().code == Errc::malformed);
      proof.pop_back();
      if (proof.empty()) continue;
      proof.pop_back();
      REQUIRE(check_consistency(older, newer, proof).error().code == Errc::malformed);
    }
  }
}

TEST_CASE("every bit of every consistency proof of small trees counts", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t new_size = 1; new_size <= kSmall; ++new_size) {
    for (std::uint64_t old_size = 1; old_size <= new_size; ++old_size) {
      CAPTURE(old_size, new_size);
      require_every_bit_counts(tree.head(old_size), tree.head(new_size),
                               prove_consistency(old_size, new_size, tree.reader()).value());
    }
  }
}

TEST_CASE("other sizes are accepted exactly where RFC 9162 accepts them", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t new_size = 1; new_size <= 40; ++new_size) {
    for (std::uint64_t old_size = 1; old_size <= new_size; ++old_size) {
      const Hash old_root = tree.head(old_size).root;
      const Hash new_root = tree.head(new_size).root;
      const Proof proof = prove_consistency(old_size, new_size, tree.reader()).value();
      for (std::uint64_t other = 0; other <= 70; ++other) {
        CAPTURE(old_size, new_size, other);
        REQUIRE(check_consistency({other, old_root}, {new_size, new_root}, proof).has_value() ==
                rfc9162_consistency(other, new_size, proof, old_root, new_root));
        REQUIRE(check_consistency({old_size, old_root}, {other, new_root}, proof).has_value() ==
                rfc9162_consistency(old_size, other, proof, old_root, new_root));
      }
    }
  }
}

TEST_CASE("random pairs of trees of up to 5,000 leaves have the defined proof", "[merkle]") {
  Random random;
  CAPTURE(Random::seed());
  const KeptTree tree(5'000);
  for (int round = 0; round < 40; ++round) {
    const std::uint64_t new_size = 1 + random.below(tree.size());
    const std::uint64_t old_size = 1 + random.below(new_size);
    CAPTURE(round, old_size, new_size);
    const Proof proof = prove_consistency(old_size, new_size, tree.reader()).value();
    REQUIRE(proof == defined_consistency(old_size, Hashes(tree.leaves().data(), new_size)));
    REQUIRE(check_consistency(tree.head(old_size), tree.head(new_size), proof));
  }
}

TEST_CASE("trees of up to 2^63 - 1 leaves are proved consistent", "[merkle]") {
  Random random;
  CAPTURE(Random::seed());
  for (int round = 0; round < 2'000; ++round) {
    const std::uint64_t new_size =
        round == 0 ? kTreeSizeMax : 1 + random.of_any_size(kTreeSizeMax - 1);
    const std::uint64_t old_size = 1 + random.of_any_size(new_size - 1);
    // Without a leaf of its own on either side of the old end, both sides would look alike.
    const SparseTree tree({old_size - 1, old_size, random.of_any_size(new_size - 1)});
    const TreeHead older{old_size, root_at(old_size, tree.reader()).value()};
    const TreeHead newer{new_size, root_at(new_size, tree.reader()).value()};
    CAPTURE(round, old_size, new_size);
    Proof proof = prove_consistency(old_size, new_size, tree.reader()).value();
    REQUIRE(proof.size() <= 64);
    REQUIRE(check_consistency(older, newer, proof));
    REQUIRE(rfc9162_consistency(old_size, new_size, proof, older.root, newer.root));
    if (proof.empty()) continue;
    Hash& altered = proof[random.below(proof.size())];
    altered = flip_bit(altered, random.below(256));
    REQUIRE(check_consistency(older, newer, proof).error().code == Errc::forked);
  }
}
