#include "ledger/format/vkey.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "tests/support/ed25519.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

VKey example_key(NoteKeyType type = NoteKeyType::ed25519) {
  const auto signer = test_signer('k');
  return {"example.com/log", type, Ed25519PublicKey::from_spki(signer->verifier().spki()).value()};
}

}  // namespace

TEST_CASE("a raw public key is the end of its SubjectPublicKeyInfo", "[c2sp]") {
  const auto signer = test_signer('k');
  const std::string& spki = signer->verifier().spki();
  const Ed25519PublicKey key = Ed25519PublicKey::from_spki(spki).value();
  CHECK(key.view() == std::string_view(spki).substr(12));
  CHECK(key.spki() == spki);
  CHECK(Ed25519PublicKey::from_bytes(key.view()).value() == key);

  CHECK_FALSE(Ed25519PublicKey::from_bytes("short"));
  CHECK_FALSE(Ed25519PublicKey::from_spki(spki.substr(1)));
  CHECK_FALSE(Ed25519PublicKey::from_spki(spki + "x"));
  std::string x25519 = spki;
  x25519[8] = '\x6e';
  CHECK(Ed25519PublicKey::from_spki(x25519).error().code == Errc::unsupported);
}

TEST_CASE("a key id depends on name, type and key", "[c2sp]") {
  const VKey key = example_key();
  const std::string preimage = "example.com/log\n\x01" + std::string(key.public_key.view());
  CHECK(sha256(preimage).hex().substr(0, 8) == format_vkey(key).value().substr(16, 8));
  CHECK(key.key_id() != example_key(NoteKeyType::cosignature_v1).key_id());
  CHECK(key.key_id() != note_key_id("example.com/log2", key.type, key.public_key));
}

TEST_CASE("a verifier key is read back from its text", "[c2sp]") {
  for (const NoteKeyType type : {NoteKeyType::ed25519, NoteKeyType::cosignature_v1}) {
    const VKey key = example_key(type);
    CHECK(parse_vkey(format_vkey(key).value()).value() == key);
  }
  const std::string published =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const VKey key = parse_vkey(published).value();
  CHECK(key.name == "PeterNeumann");
  CHECK(key.type == NoteKeyType::ed25519);
  CHECK(key.key_id() == 0xc74f20a3);
  CHECK(format_vkey(key).value() == published);
}

TEST_CASE("every changed, missing or added character of a verifier key is noticed", "[c2sp]") {
  const std::string text = format_vkey(example_key()).value();
  for (std::size_t i = 0; i < text.size(); ++i) {
    CAPTURE(i);
    REQUIRE_FALSE(parse_vkey(text.substr(0, i)));
    REQUIRE_FALSE(parse_vkey(text.substr(i + 1)));
    for (int value = 0; value < 256; ++value) {
      std::string changed = text;
      changed[i] = static_cast<char>(value);
      if (changed != text) REQUIRE_FALSE(parse_vkey(changed));
    }
  }
  REQUIRE_FALSE(parse_vkey(text + "A"));
  REQUIRE_FALSE(parse_vkey(text + "\n"));
}

TEST_CASE("a verifier key of another type is unsupported", "[c2sp]") {
  for (const int type : {0x00, 0x02, 0x05, 0x06, 0xff}) {
    const std::string raw = static_cast<char>(type) + std::string(32, 'k');
    const std::string id = sha256("name\n" + raw).hex().substr(0, 8);
    CAPTURE(type);
    CHECK(parse_vkey("name+" + id + "+" + to_base64(raw)).error().code == Errc::unsupported);
  }
}

TEST_CASE("the name of a key has no spaces, plus signs or control characters", "[c2sp]") {
  for (const std::string name :
       {"a", "example.com/log", "K\xC3\xA4se", "\xF0\x9F\x94\x91", "-", "\xE2\x80\x8B", "\x7F"}) {
    CAPTURE(name);
    CHECK(is_key_name(name));
  }
  for (const std::string name : {"",
                                 " ",
                                 "a b",
                                 "a+b",
                                 "+",
                                 "a\n",
                                 "\t",
                                 "a\vb",
                                 "a\rb",
                                 "\xC2\x85",
                                 "\xC2\xA0",
                                 "\xE1\x9A\x80",
                                 "\xE2\x80\x80",
                                 "x\xE2\x80\x8A",
                                 "\xE2\x80\xA8",
                                 "\xE2\x80\xA9",
                                 "\xE2\x80\xAF",
                                 "\xE2\x81\x9F",
                                 "\xE3\x80\x80",
                                 "\x01",
                                 "\x1F",
                                 "\xC3",
                                 "\xFF"}) {
    CAPTURE(name);
    CHECK_FALSE(is_key_name(name));
  }
  CHECK_FALSE(is_key_name(std::string_view("a\0b", 3)));
  VKey key = example_key();
  key.name = "two words";
  CHECK(format_vkey(key).error().code == Errc::invalid_argument);
}
