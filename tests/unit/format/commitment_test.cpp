#include "ledger/format/commitment.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/json_archive.hpp"

namespace commitment_test {

using namespace assay;

namespace {

const std::string kSalt(32, '\x5a');

}  // namespace

TEST_CASE("A commitment is the hash of context, NUL, salt and canonical value") {
  const Commitment made = make_commitment(kSalt, R"({"name":"meter 7"})").value();
  std::string preimage = "assay.commitment.v1";
  preimage.push_back('\0');
  preimage += kSalt;
  preimage += R"({"name":"meter 7"})";
  CHECK(made.commitment == sha256(preimage));
  CHECK(to_canonical(made) == R"({"commitment":")" + sha256(preimage).hex() + "\"}");
  CHECK(from_canonical<Commitment>(to_canonical(made)).value() == made);
}

TEST_CASE("Only the salt and value that were committed to pass the check") {
  const Commitment made = make_commitment(kSalt, "\"secret\"").value();
  CHECK(check_commitment(made, kSalt, "\"secret\""));
  CHECK(check_commitment(made, kSalt, "\"Secret\"").error().code == Errc::tampered_hash);
  for (std::size_t bit = 0; bit < kSalt.size() * 8; ++bit) {
    std::string salt = kSalt;
    salt[bit / 8] = static_cast<char>(salt[bit / 8] ^ (1 << (bit % 8)));
    REQUIRE(check_commitment(made, salt, "\"secret\"").error().code == Errc::tampered_hash);
  }
}

TEST_CASE("A commitment needs 32 bytes of salt and a canonical value") {
  CHECK(make_commitment(std::string(31, 'x'), "1").error().code == Errc::invalid_argument);
  CHECK(make_commitment(std::string(33, 'x'), "1").error().code == Errc::invalid_argument);
  CHECK(make_commitment(kSalt, "{ }").error().code == Errc::malformed);
  CHECK(make_commitment(kSalt, "").error().code == Errc::malformed);
}

}  // namespace commitment_test
