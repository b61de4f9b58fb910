#include "ledger/base/hash.hpp"

#include <catch2/catch.hpp>

using namespace assay;

TEST_CASE("SHA-256 gives the example digests of FIPS 180-4", "[hash]") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256({"a", "", "bc"}) == sha256("abc"));
}

TEST_CASE("streamed digests equal one-shot digests", "[hash]") {
  Digest small = Digest::sha256();
  small.update("a");
  small.update("bc");
  CHECK(small.finish_hex() == sha256("abc").hex());
  Digest large = Digest::sha512();
  large.update("abc");
  CHECK(large.finish_hex() ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("a hash is read from exactly 64 lower-case digits", "[hash]") {
  const std::string text = sha256("abc").hex();
  CHECK(Hash::from_hex(text).value() == sha256("abc"));
  CHECK_FALSE(Hash::from_hex(text.substr(1)));
  CHECK_FALSE(Hash::from_hex(text + "0"));
  CHECK_FALSE(Hash::from_hex("BA" + text.substr(2)));
  CHECK_FALSE(Hash::from_bytes("short"));
}
