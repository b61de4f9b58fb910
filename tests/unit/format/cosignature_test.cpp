#include "ledger/format/cosignature.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/note_verifier.hpp"
#include "tests/support/ed25519.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

std::unique_ptr<NoteVerifier> witness_of(const Signer& signer) {
  const VKey key{"witness.example", NoteKeyType::cosignature_v1,
                 Ed25519PublicKey::from_spki(signer.verifier().spki()).value()};
  return make_note_verifier(key, test_verifiers()).value();
}

}  // namespace

TEST_CASE("a cosignature signs a time and the whole text", "[c2sp]") {
  CHECK(cosignature_message(1679315147, "log\n4\nroot\next\n") ==
        "cosignature/v1\ntime 1679315147\nlog\n4\nroot\next\n");
}

TEST_CASE("a cosignature is 8 bytes of time and 64 of signature", "[c2sp]") {
  const Cosignature cosignature{0x0102030405060708, std::string(64, 's')};
  const std::string bytes = encode_cosignature(cosignature).value();
  CHECK(bytes == "\x01\x02\x03\x04\x05\x06\x07\x08" + std::string(64, 's'));
  CHECK(decode_cosignature(bytes).value() == cosignature);

  CHECK_FALSE(decode_cosignature(bytes.substr(1)));
  CHECK_FALSE(decode_cosignature(bytes + "s"));
  CHECK_FALSE(decode_cosignature(""));
  CHECK_FALSE(decode_cosignature("\x80" + bytes.substr(1)));
  CHECK(encode_cosignature({std::uint64_t{1} << 63, cosignature.signature}).error().code ==
        Errc::invalid_argument);
  CHECK(encode_cosignature({1, "short"}).error().code == Errc::invalid_argument);
}

TEST_CASE("a witness's cosignature verifies for its text and its time only", "[c2sp]") {
  const auto signer = test_signer('w');
  const auto witness = witness_of(*signer);
  const NoteSignature line =
      cosign_text("text\n", 1'700'000'000, "witness.example", *signer).value();
  CHECK(witness->made(line));
  CHECK(decode_cosignature(line.signature).value().time_s == 1'700'000'000);
  CHECK(witness->verify("text\n", line.signature));
  CHECK_FALSE(witness->verify("Text\n", line.signature));
  for (std::size_t bit = 0; bit < 8 * line.signature.size(); ++bit) {
    std::string altered = line.signature;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
    CAPTURE(bit);
    REQUIRE(witness->verify("text\n", altered).error().code == Errc::tampered_signature);
  }
}

TEST_CASE("a plain signature is not a cosignature, and the other way round", "[c2sp]") {
  const auto signer = test_signer('w');
  const auto witness = witness_of(*signer);
  const NoteSignature plain = sign_text("text\n", "witness.example", *signer).value();
  CHECK_FALSE(witness->made(plain));
  CHECK_FALSE(witness->verify("text\n", plain.signature));
}

TEST_CASE("a witness needs a name that a key can have and a time that can be written", "[c2sp]") {
  const auto signer = test_signer('w');
  CHECK(cosign_text("text\n", 1, "a+b", *signer).error().code == Errc::invalid_argument);
  CHECK(cosign_text("text\n", ~std::uint64_t{0}, "w", *signer).error().code ==
        Errc::invalid_argument);
}
