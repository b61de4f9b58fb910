#include "ledger/merkle/proof.hpp"

#include "ledger/merkle/path.hpp"

namespace assay::merkle {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

Result<Proof> read_path(std::span<const Step> steps, const NodeReader& nodes) {
  Proof proof;
  proof.reserve(steps.size());
  for (const Step& step : steps) {
    ASSAY_TRY(proof.emplace_back(), range_root(step.begin, step.end, nodes));
  }
  return proof;
}

Status check_length(std::span<const Step> steps, std::span<const Hash> proof) {
  if (proof.size() == steps.size()) return {};
  return fail(Errc::malformed, "the proof has " + number(proof.size()) + " hashes where " +
                                   number(steps.size()) + " are needed");
}

std::string differs(const Hash& computed, const Hash& claimed) {
  return "the proof leads to " + computed.hex() + ", not to " + claimed.hex();
}

/// The claim that [start, end) of a tree of `size` leaves can be proved at all.
Status check_range(std::uint64_t start, std::uint64_t end, std::uint64_t size, Errc code) {
  if (start < end && end <= size && size <= kTreeSizeMax && is_subtree(start, end)) return {};
  return fail(code, "the leaves [" + number(start) + ", " + number(end) +
                        ") are not a subtree of a tree of " + number(size) + " leaves");
}

Status check_index(std::uint64_t index, std::uint64_t size, Errc code) {
  if (index < size && size <= kTreeSizeMax) return {};
  return fail(code, "a tree of " + number(size) + " leaves has no leaf " + number(index));
}

Status check_sizes(std::uint64_t old_size, std::uint64_t new_size, Errc code) {
  if (old_size == 0) {
    return fail(code, "consistency with an empty tree proves nothing",
                "answer for the empty tree before asking for a proof");
  }
  if (old_size <= new_size && new_size <= kTreeSizeMax) return {};
  return fail(code,
              "a tree of " + number(new_size) + " leaves cannot extend one of " + number(old_size));
}

Status check_part(const Subtree& part, const TreeHead& head, std::span<const Hash> proof) {
  const std::vector<Step> steps = path_to_root(part.start, part.end, head.size);
  ASSAY_CHECK(check_length(steps, proof));
  const Folded folded = fold_path(steps, proof, part.root);
  if (folded.subtree != part.root) {
    return fail(Errc::forked, "leaves [" + number(part.start) + ", " + number(part.end) +
                                  "): " + differs(folded.subtree, part.root));
  }
  if (folded.tree != head.root) {
    return fail(Errc::forked,
                "tree of " + number(head.size) + " leaves: " + differs(folded.tree, head.root));
  }
  return {};
}

}  // namespace

Result<Proof> prove_inclusion(std::uint64_t index, std::uint64_t size, const NodeReader& nodes) {
  ASSAY_CHECK(check_index(index, size, Errc::invalid_argument));
  return read_path(path_to_root(index, index + 1, size), nodes);
}

Result<Proof> prove_consistency(std::uint64_t old_size, std::uint64_t new_size,
                                const NodeReader& nodes) {
  ASSAY_CHECK(check_sizes(old_size, new_size, Errc::invalid_argument));
  return read_path(path_to_root(0, old_size, new_size), nodes);
}

Result<Proof> prove_subtree_consistency(std::uint64_t start, std::uint64_t end, std::uint64_t size,
                                        const NodeReader& nodes) {
  ASSAY_CHECK(check_range(start, end, size, Errc::invalid_argument));
  return read_path(path_to_root(start, end, size), nodes);
}

Status check_inclusion(const Hash& leaf, std::uint64_t index, const TreeHead& head,
                       std::span<const Hash> proof) {
  ASSAY_CHECK(check_index(index, head.size, Errc::malformed));
  const std::vector<Step> steps = path_to_root(index, index + 1, head.size);
  ASSAY_CHECK(check_length(steps, proof));
  const Folded folded = fold_path(steps, proof, leaf);
  if (folded.tree == head.root) return {};
  return fail(Errc::tampered_hash, "leaf " + number(index) + " of " + number(head.size) + ": " +
                                       differs(folded.tree, head.root));
}

Status check_consistency(const TreeHead& older, const TreeHead& newer,
                         std::span<const Hash> proof) {
  ASSAY_CHECK(check_sizes(older.size, newer.size, Errc::malformed));
  return check_part({0, older.size, older.root}, newer, proof);
}

Status check_subtree_inclusion(const Hash& leaf, std::uint64_t index, const Subtree& subtree,
                               std::span<const Hash> proof) {
  ASSAY_CHECK(check_range(subtree.start, subtree.end, subtree.end, Errc::malformed));
  if (index < subtree.start) {
    return fail(Errc::malformed, "leaf " + number(index) + " lies before the subtree");
  }
  const TreeHead head{subtree.end - subtree.start, subtree.root};
  return check_inclusion(leaf, index - subtree.start, head, proof);
}

Status check_subtree_consistency(const Subtree& subtree, const TreeHead& head,
                                 std::span<const Hash> proof) {
  if (subtree.start == subtree.end && subtree.end <= head.size && head.size <= kTreeSizeMax) {
    ASSAY_CHECK(check_length({}, proof));
    if (subtree.root == kEmptyRoot) return {};
    return fail(Errc::forked, "empty subtree: " + differs(kEmptyRoot, subtree.root));
  }
  ASSAY_CHECK(check_range(subtree.start, subtree.end, head.size, Errc::malformed));
  return check_part(subtree, head, proof);
}

}  // namespace assay::merkle
