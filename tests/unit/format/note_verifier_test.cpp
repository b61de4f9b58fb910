#include "ledger/format/note_verifier.hpp"

#include <catch2/catch.hpp>

#include "tests/support/ed25519.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

std::unique_ptr<NoteVerifier> verifier_of(const Signer& signer, const std::string& name) {
  const VKey key{name, NoteKeyType::ed25519,
                 Ed25519PublicKey::from_spki(signer.verifier().spki()).value()};
  return make_note_verifier(key, test_verifiers()).value();
}

/// Two keys, "a" and "b", and a note that both signed.
struct TwoKeys {
  std::unique_ptr<Signer> a = test_signer('a');
  std::unique_ptr<Signer> b = test_signer('b');
  std::unique_ptr<NoteVerifier> know_a = verifier_of(*a, "a");
  std::unique_ptr<NoteVerifier> know_b = verifier_of(*b, "b");
  NoteSignature by_a = sign_text("text\n", "a", *a).value();
  NoteSignature by_b = sign_text("text\n", "b", *b).value();

  [[nodiscard]] Result<OpenedNote> open(std::vector<NoteSignature> signatures,
                                        const std::vector<const NoteVerifier*>& known) const {
    return open_note(format_note({"text\n", std::move(signatures)}).value(), known);
  }
};

}  // namespace

TEST_CASE("a note opens with any key that signed it", "[c2sp]") {
  const TwoKeys keys;
  const auto both = keys.open({keys.by_a, keys.by_b}, {keys.know_b.get(), keys.know_a.get()});
  REQUIRE(both);
  CHECK(both->text == "text\n");
  CHECK(both->verified == std::vector{keys.by_a, keys.by_b});
  CHECK(both->ignored.empty());

  const auto one = keys.open({keys.by_a, keys.by_b}, {keys.know_b.get()});
  REQUIRE(one);
  CHECK(one->verified == std::vector{keys.by_b});
  CHECK(one->ignored == std::vector{keys.by_a});
}

TEST_CASE("a note that no known key signed does not open", "[c2sp]") {
  const TwoKeys keys;
  CHECK(keys.open({keys.by_a}, {keys.know_b.get()}).error().code == Errc::tampered_signature);
  CHECK(keys.open({keys.by_a}, {}).error().code == Errc::tampered_signature);
}

TEST_CASE("name and key id must both match, and then the signature must verify", "[c2sp]") {
  const TwoKeys keys;
  NoteSignature other_name = keys.by_a;
  other_name.name = "c";
  NoteSignature other_id = keys.by_a;
  other_id.key_id ^= 1U;
  NoteSignature broken = keys.by_a;
  broken.signature[5] ^= 1;
  NoteSignature shorter = keys.by_a;
  shorter.signature.pop_back();

  const std::vector<const NoteVerifier*> known{keys.know_a.get(), keys.know_b.get()};
  CHECK(keys.open({other_name, other_id}, known).error().code == Errc::tampered_signature);
  CHECK(keys.open({other_name, other_id, keys.by_b}, known).value().ignored.size() == 2);
  CHECK(keys.open({keys.by_b, broken}, known).error().code == Errc::tampered_signature);
  CHECK(keys.open({keys.by_b, shorter}, known).error().code == Errc::tampered_signature);
}

TEST_CASE("of two lines by one key the first counts", "[c2sp]") {
  const TwoKeys keys;
  NoteSignature broken = keys.by_a;
  broken.signature[5] ^= 1;
  const std::vector<const NoteVerifier*> known{keys.know_a.get()};
  const auto opened = keys.open({keys.by_a, broken, keys.by_a}, known);
  REQUIRE(opened);
  CHECK(opened->verified == std::vector{keys.by_a});
  CHECK(opened->ignored.empty());
  CHECK(keys.open({broken, keys.by_a}, known).error().code == Errc::tampered_signature);
}

TEST_CASE("repeated unknown lines are reported once", "[c2sp]") {
  const TwoKeys keys;
  NoteSignature other = keys.by_b;
  other.signature[0] ^= 1;
  const auto opened = keys.open({keys.by_b, keys.by_a, keys.by_b, other}, {keys.know_a.get()});
  REQUIRE(opened);
  CHECK(opened->ignored == std::vector{keys.by_b, other});
}

TEST_CASE("two known keys that cannot be told apart are an error of the caller", "[c2sp]") {
  const TwoKeys keys;
  CHECK(keys.open({keys.by_a}, {keys.know_a.get(), keys.know_a.get()}).error().code ==
        Errc::invalid_argument);
}

TEST_CASE("a key that its factory refuses makes no verifier", "[c2sp]") {
  const VerifierFactory refusing = [](std::string_view) -> Result<std::unique_ptr<Verifier>> {
    return fail(Errc::rejected, "small order");
  };
  CHECK(make_note_verifier({"a", NoteKeyType::ed25519, {}}, refusing).error().code ==
        Errc::rejected);
}

TEST_CASE("a text is not signed under a name that no key can have", "[c2sp]") {
  const auto signer = test_signer('a');
  CHECK(sign_text("text\n", "a b", *signer).error().code == Errc::invalid_argument);
}
