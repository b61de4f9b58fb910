#include "ledger/format/fork_evidence.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "tests/support/log_keys.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// One key, two histories that part at leaf 1.
struct Forked {
  LogKeys log;
  KeptTree tree{12};
  SparseTree other{{3}};
  VKey key{LogKeys::kOrigin, NoteKeyType::ed25519,
           Ed25519PublicKey::from_spki(log.log->verifier().spki()).value()};

  [[nodiscard]] merkle::TreeHead other_head(std::uint64_t size) const {
    return {size, merkle::root_at(size, other.reader()).value()};
  }
  [[nodiscard]] std::string mine(std::uint64_t size) const { return log.sign(tree.head(size)); }
  [[nodiscard]] std::string theirs(std::uint64_t size) const { return log.sign(other_head(size)); }
  /// `nodes` is a reader of either tree, or nothing.
  [[nodiscard]] Result<ForkEvidence> make(const std::string& a, const std::string& b,
                                          std::optional<merkle::NodeReader> nodes = {}) const {
    return make_fork_evidence(a, b, key, test_verifiers(), nodes ? &*nodes : nullptr);
  }
};

}  // namespace

TEST_CASE("two roots of one size are evidence by themselves", "[c2sp]") {
  const Forked forked;
  const ForkEvidence evidence = forked.make(forked.mine(7), forked.theirs(7)).value();
  const std::string text = format_fork_evidence(evidence).value();
  CHECK(text == "assay.fork-evidence/1\nlog " + format_vkey(forked.key).value() + "\n\n" +
                    forked.mine(7) + "\n" + forked.theirs(7));
  CHECK(parse_fork_evidence(text).value() == evidence);
  const auto proved = check_fork_evidence(evidence, test_verifiers()).value();
  CHECK(proved.first.root == forked.tree.head(7).root);
  CHECK(proved.second.root == forked.other_head(7).root);
  CHECK_FALSE(proved.other_root);
}

TEST_CASE("of every two sizes, the larger head shows what it began as", "[c2sp]") {
  const Forked forked;
  for (std::uint64_t small = 2; small < 12; ++small) {
    for (std::uint64_t large = small + 1; large <= 12; ++large) {
      CAPTURE(small, large);
      // In either order of the arguments, with the nodes of the larger one.
      const auto made = forked.make(forked.mine(large), forked.theirs(small), forked.tree.reader());
      REQUIRE(made);
      const std::string text = format_fork_evidence(*made).value();
      REQUIRE(parse_fork_evidence(text).value() == *made);
      REQUIRE(check_fork_evidence(*made, test_verifiers()).value().other_root ==
              forked.tree.head(small).root);
    }
  }
}

TEST_CASE("of one history there is no evidence", "[c2sp]") {
  const Forked forked;
  const auto rejected = [&](std::uint64_t a, std::uint64_t b) {
    const auto made = forked.make(forked.mine(a), forked.mine(b), forked.tree.reader());
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::rejected);
    CHECK_THAT(made.error().message, Catch::Contains("proves no fork"));
  };
  rejected(7, 7);
  rejected(5, 9);
  rejected(9, 8);
  const std::string empty = forked.log.sign({});
  CHECK(forked.make(empty, forked.mine(3), forked.tree.reader()).error().code == Errc::rejected);
}

TEST_CASE("nothing that is invented passes as evidence", "[c2sp]") {
  const Forked forked;
  const ForkEvidence sound =
      forked.make(forked.theirs(5), forked.mine(9), forked.tree.reader()).value();
  const auto code_of = [](const ForkEvidence& evidence) {
    return check_fork_evidence(evidence, test_verifiers()).error().code;
  };
  ForkEvidence changed = sound;
  changed.other_root = flip_bit(*sound.other_root, 9);
  CHECK(code_of(changed) == Errc::rejected);
  changed = sound;
  changed.proof.front() = flip_bit(sound.proof.front(), 9);
  CHECK(code_of(changed) == Errc::rejected);
  changed = sound;
  changed.proof.clear();
  CHECK(code_of(changed) == Errc::rejected);
  changed = sound;
  changed.other_root.reset();
  changed.proof.clear();
  CHECK(code_of(changed) == Errc::rejected);
  // An honest pair, with the proof of the forked one.
  changed = sound;
  changed.first = forked.mine(5);
  CHECK(code_of(changed) == Errc::rejected);
  changed = sound;
  std::swap(changed.first, changed.second);
  CHECK(code_of(changed) == Errc::rejected);
  // A head that another key signed, and one of another log.
  changed = sound;
  changed.first = sign_checkpoint({LogKeys::kOrigin, 5, Hash{}, {}}, *forked.log.witness).value();
  CHECK(code_of(changed) == Errc::tampered_signature);
  changed.first = sign_checkpoint({"example.com/other", 5, Hash{}, {}}, *forked.log.log).value();
  CHECK(code_of(changed) == Errc::tampered_signature);
}

TEST_CASE("the nodes of the wrong log make no evidence", "[c2sp]") {
  const Forked forked;
  CHECK(forked.make(forked.theirs(5), forked.mine(9)).error().code == Errc::not_found);
  // Of the smaller one: its root is there, but the larger head does not follow from it.
  CHECK(forked.make(forked.theirs(5), forked.mine(9), forked.other.reader()).error().code ==
        Errc::rejected);
}

TEST_CASE("cosignatures may stand on the heads", "[c2sp]") {
  const Forked forked;
  const std::string mine = forked.log.cosign(forked.mine(7), 1'700'000'000);
  const ForkEvidence evidence = forked.make(mine, forked.theirs(7)).value();
  CHECK(parse_fork_evidence(format_fork_evidence(evidence).value()).value() == evidence);
}

TEST_CASE("what is no fork evidence is refused", "[c2sp]") {
  const Forked forked;
  const std::string text =
      format_fork_evidence(forked.make(forked.mine(7), forked.theirs(7)).value()).value();
  const auto refused = [](const std::string& bytes) {
    const auto parsed = parse_fork_evidence(bytes);
    REQUIRE_FALSE(parsed);
    return parsed.error().code;
  };
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    REQUIRE(refused(text.substr(0, size)) != Errc::internal);
  }
  CHECK(refused(text + "\n") == Errc::malformed);
  CHECK(refused("assay.fork-evidence/2" + text.substr(21)) == Errc::malformed);
  std::string with_proof = text;
  with_proof.insert(with_proof.find("\n\n") + 1, to_base64(Hash{}.view()) + "\n");
  CHECK(refused(with_proof) == Errc::malformed);
  CHECK(refused(std::string(kForkEvidenceSizeBytes + 1, 'x')) == Errc::limit);
}
