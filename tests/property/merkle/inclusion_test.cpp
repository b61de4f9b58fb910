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

/// Every bit of the leaf, the root and each hash of the proof counts.
void require_every_bit_counts(const Hash& leaf, std::uint64_t index, const TreeHead& head,
                              Proof proof) {
  for (std::size_t bit = 0; bit < 256; bit += kBitStep) {
    const bool leaf_refused = !check_inclusion(flip_bit(leaf, bit), index, head, proof);
    const TreeHead other{head.size, flip_bit(head.root, bit)};
    const bool root_refused = !check_inclusion(leaf, index, other, proof);
    if (!leaf_refused || !root_refused) FAIL("bit " << bit << " of leaf or root");
    for (Hash& hash : proof) {
      const Hash kept = hash;
      hash = flip_bit(hash, bit);
      const Status status = check_inclusion(leaf, index, head, proof);
      hash = kept;
      if (status || status.error().code != Errc::tampered_hash) FAIL("bit " << bit);
    }
  }
}

/// A longer or shorter proof is malformed, whatever is left out or added.
void require_length_counts(const Hash& leaf, std::uint64_t index, const TreeHead& head,
                           const Proof& proof) {
  const auto code = [&](const Proof& other) {
    return check_inclusion(leaf, index, head, other).error().code;
  };
  for (std::size_t i = 0; i <= proof.size(); ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    Proof longer = proof;
    longer.insert(longer.begin() + at, head.root);
    REQUIRE(code(longer) == Errc::malformed);
    if (i == proof.size()) continue;
    Proof shorter = proof;
    shorter.erase(shorter.begin() + at);
    REQUIRE(code(shorter) == Errc::malformed);
  }
}

}  // namespace

TEST_CASE("every leaf of every small tree has the defined proof, and it checks", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t size = 0; size <= kSmall; ++size) {
    const Hashes leaves(tree.leaves().data(), size);
    const TreeHead head = tree.head(size);
    REQUIRE(head.root == defined_root(leaves));
    for (std::uint64_t index = 0; index < size; ++index) {
      CAPTURE(size, index);
      const Proof proof = prove_inclusion(index, size, tree.reader()).value();
      REQUIRE(proof == defined_inclusion(index, leaves));
      REQUIRE(check_inclusion(leaves[index], index, head, proof));
      REQUIRE(rfc9162_inclusion(leaves[index], index, size, proof, head.root));
      require_length_counts(leaves[index], index, head, proof);
    }
  }
}

TEST_CASE("every bit of every inclusion proof of small trees counts", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t size = 1; size <= kSmall; ++size) {
    const TreeHead head = tree.head(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      CAPTURE(size, index);
      const Proof proof = prove_inclusion(index, size, tree.reader()).value();
      require_every_bit_counts(tree.leaves()[index], index, head, proof);
    }
  }
}

TEST_CASE("a proof holds at no other index of its tree, and for no other leaf", "[merkle]") {
  const KeptTree tree(kSmall);
  for (std::uint64_t size = 1; size <= kSmall; ++size) {
    const TreeHead head = tree.head(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = prove_inclusion(index, size, tree.reader()).value();
      for (std::uint64_t other = 0; other <= size; ++other) {
        if (other == index) continue;
        CAPTURE(size, index, other);
        REQUIRE_FALSE(check_inclusion(tree.leaves()[index], other, head, proof));
        if (other < size) REQUIRE_FALSE(check_inclusion(tree.leaves()[other], index, head, proof));
      }
    }
  }
}

TEST_CASE("another size is accepted exactly where RFC 9162 accepts it", "[merkle]") {
  // The proof does not bind the size: sizes of trees with the same way to the leaf pass.
  const KeptTree tree(kSmall);
  std::size_t accepted = 0;
  for (std::uint64_t size = 1; size <= kSmall; ++size) {
    const TreeHead head = tree.head(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = prove_inclusion(index, size, tree.reader()).value();
      for (std::uint64_t other = 0; other <= kSmall + 40; ++other) {
        CAPTURE(size, index, other);
        const bool ours =
            check_inclusion(tree.leaves()[index], index, {other, head.root}, proof).has_value();
        REQUIRE(ours == rfc9162_inclusion(tree.leaves()[index], index, other, proof, head.root));
        if (ours && other != size) ++accepted;
      }
    }
  }
  CHECK(accepted > 0);
}

TEST_CASE("proofs of any length for any leaf and size are judged as RFC 9162 judges them",
          "[merkle]") {
  Random random;
  CAPTURE(Random::seed());
  const KeptTree tree(64);
  std::size_t accepted = 0;
  for (int round = 0; round < 100'000; ++round) {
    const std::uint64_t size = random.below(20);
    const std::uint64_t index = random.below(20);
    Proof proof(random.below(7));
    for (Hash& hash : proof) hash = tree.nodes()[random.below(3)][random.below(8)];
    // Half the roots are those that the proof leads to, so that acceptance is tried as well.
    Hash root = tree.head(random.below(20)).root;
    if (random.below(2) == 0 && index < size) {
      const Status status = check_inclusion(test_leaf(0), index, {size, root}, proof);
      if (!status && status.error().code == Errc::tampered_hash) {
        const std::string& message = status.error().message;
        root = Hash::from_hex(message.substr(message.find("leads to ") + 9, 64)).value();
      }
    }
    CAPTURE(round, size, index, proof.size());
    const bool ours = check_inclusion(test_leaf(0), index, {size, root}, proof).has_value();
    REQUIRE(ours == rfc9162_inclusion(test_leaf(0), index, size, proof, root));
    if (ours) ++accepted;
  }
  CHECK(accepted > 1'000);
}

TEST_CASE("leaves of random trees of up to 5,000 leaves have the defined proof", "[merkle]") {
  Random random;
  CAPTURE(Random::seed());
  const KeptTree tree(5'000);
  for (int round = 0; round < 40; ++round) {
    const std::uint64_t size = 1 + random.below(tree.size());
    const std::uint64_t index = random.below(size);
    CAPTURE(round, size, index);
    const Proof proof = prove_inclusion(index, size, tree.reader()).value();
    REQUIRE(proof == defined_inclusion(index, Hashes(tree.leaves().data(), size)));
    REQUIRE(check_inclusion(test_leaf(index), index, tree.head(size), proof));
  }
}

TEST_CASE("leaves of trees of up to 2^63 - 1 leaves are proved with at most 63 hashes",
          "[merkle]") {
  Random random;
  CAPTURE(Random::seed());
  for (int round = 0; round < 2'000; ++round) {
    const std::uint64_t size = round == 0 ? kTreeSizeMax : 1 + random.of_any_size(kTreeSizeMax - 1);
    const std::uint64_t index = random.of_any_size(size - 1);
    const SparseTree tree({index, random.of_any_size(size - 1), random.of_any_size(size - 1)});
    const TreeHead head{size, root_at(size, tree.reader()).value()};
    CAPTURE(round, size, index);
    Proof proof = prove_inclusion(index, size, tree.reader()).value();
    REQUIRE(proof.size() <= 63);
    REQUIRE(check_inclusion(test_leaf(index), index, head, proof));
    REQUIRE(rfc9162_inclusion(test_leaf(index), index, size, proof, head.root));
    if (proof.empty()) continue;
    Hash& altered = proof[random.below(proof.size())];
    altered = flip_bit(altered, random.below(256));
    REQUIRE_FALSE(check_inclusion(test_leaf(index), index, head, proof));
  }
}
