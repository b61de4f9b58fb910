// The proofs of transparency-dev/merkle: 98 of inclusion, 98 of consistency, 322 of subtrees.

#include <functional>

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "ledger/merkle/proof.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::merkle;
using namespace assay::testing;
using nlohmann::json;

namespace {

/// A hash that is not 32 bytes cannot be handed to a checker at all: that is the refusal.
Result<Hash> read_hash(const json& text) {
  ASSAY_TRY(const std::string raw, from_base64(text.get<std::string>()));
  return Hash::from_bytes(raw);
}

/// Some vectors of consistency have words for roots ("don't care 1"), and accept them where they
/// are equal. Their digests stand in for them, so that the checker decides and not the reading.
Result<Hash> read_label(const json& text) {
  ASSAY_TRY(const std::string raw, from_base64(text.get<std::string>()));
  return raw.size() == Hash::kSizeBytes ? Hash::from_bytes(raw) : sha256(raw);
}

Result<Proof> read_proof(const json& list) {
  Proof proof;
  if (list.is_null()) return proof;
  for (const json& text : list) {
    ASSAY_TRY(proof.emplace_back(), read_hash(text));
  }
  return proof;
}

std::uint64_t number(const json& vector, const char* name) {
  return vector.at(name).get<std::uint64_t>();
}

Status inclusion(const json& vector) {
  ASSAY_TRY(const Hash leaf, read_hash(vector.at("leafHash")));
  ASSAY_TRY(const Hash root, read_hash(vector.at("root")));
  ASSAY_TRY(const Proof proof, read_proof(vector.at("proof")));
  return check_inclusion(leaf, number(vector, "leafIdx"), {number(vector, "treeSize"), root},
                         proof);
}

Status consistency(const json& vector) {
  ASSAY_TRY(const Hash old_root, read_label(vector.at("root1")));
  ASSAY_TRY(const Hash new_root, read_label(vector.at("root2")));
  ASSAY_TRY(const Proof proof, read_proof(vector.at("proof")));
  return check_consistency({number(vector, "size1"), old_root}, {number(vector, "size2"), new_root},
                           proof);
}

Status subtree_inclusion(const json& vector) {
  ASSAY_TRY(const Hash leaf, read_hash(vector.at("leafHash")));
  ASSAY_TRY(const Hash root, read_hash(vector.at("root")));
  ASSAY_TRY(const Proof proof, read_proof(vector.at("proof")));
  const Subtree subtree{number(vector, "start"), number(vector, "end"), root};
  return check_subtree_inclusion(leaf, number(vector, "leafIdx"), subtree, proof);
}

Status subtree_consistency(const json& vector) {
  ASSAY_TRY(const Hash part_root, read_label(vector.at("root1")));
  const Subtree subtree{number(vector, "start"), number(vector, "end"), part_root};
  ASSAY_TRY(const Hash root, read_label(vector.at("root2")));
  ASSAY_TRY(const Proof proof, read_proof(vector.at("proof")));
  return check_subtree_consistency(subtree, {number(vector, "size"), root}, proof);
}

struct Tally {
  int accepted = 0;
  int refused = 0;
};

Tally run(const std::string& kind, const std::function<Status(const json&)>& check) {
  const auto folder = vectors_folder() / "transparency-dev" / "merkle" / "testdata" / kind;
  Tally tally;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const json vector = read_json_vector(file.path());
    const Status status = check(vector);
    INFO(file.path().string() << (status ? "" : ": " + status.error().message));
    CHECK(status.has_value() != vector.at("wantErr").get<bool>());
    ++(status ? tally.accepted : tally.refused);
  }
  return tally;
}

}  // namespace

TEST_CASE("the published inclusion proofs are judged as published", "[merkle]") {
  const Tally tally = run("inclusion", inclusion);
  CHECK(tally.accepted == 6);
  CHECK(tally.refused == 92);
}

TEST_CASE("the published consistency proofs are judged as published", "[merkle]") {
  const Tally tally = run("consistency", consistency);
  CHECK(tally.accepted == 6);
  CHECK(tally.refused == 92);
}

TEST_CASE("the published proofs of inclusion in a subtree are judged as published", "[merkle]") {
  const Tally tally = run("subtreeinclusion", subtree_inclusion);
  CHECK(tally.accepted == 12);
  CHECK(tally.refused == 192);
}

TEST_CASE("the published proofs of a subtree's consistency are judged as published", "[merkle]") {
  const Tally tally = run("subtreeconsistency", subtree_consistency);
  CHECK(tally.accepted == 12);
  CHECK(tally.refused == 106);
}
