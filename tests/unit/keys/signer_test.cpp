#include "keys/signer.hpp"

#include <fmt/core.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "keys/openssl_internal.hpp"
#include "keys/p256_signature.hpp"
#include "tests/unit/keys/keys_support.hpp"

namespace signer_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

/// Runs the openssl command in `folder`; true for exit code 0.
bool openssl(const TemporaryFolder& folder, const std::string& arguments) {
  const std::string command = "cd " + folder.path() + " && openssl " + arguments + " 2>stderr.txt";
  return std::system(command.c_str()) == 0;
}

}  // namespace

TEST_CASE("every P-256 signature that leaves has a low S", "[signer]") {
  const auto signer = generate(KeyAlgorithm::ecdsa_p256_sha256).value();
  for (int i = 0; i < 200; ++i) {  // half of them were high before
    const std::string message = std::to_string(i);
    const std::string signature = signer->sign(message).value();
    REQUIRE(has_low_s(parse_p256_signature(signature).value()));
    REQUIRE(signer->verifier().verify(message, signature));
  }
}

TEST_CASE("generated keys differ; a seed always gives the same key", "[signer]") {
  for (const auto algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::ecdsa_p256_sha256}) {
    CHECK(generate(algorithm).value()->verifier().key_id() !=
          generate(algorithm).value()->verifier().key_id());
    CHECK(generate(algorithm).value()->verifier().algorithm() == algorithm);
  }
  const std::string seed(32, 's');
  CHECK(signer_from_seed(seed).value()->verifier().key_id() ==
        signer_from_seed(seed).value()->verifier().key_id());
  CHECK(code_of(signer_from_seed("short")) == Errc::invalid_argument);
}

TEST_CASE("an encrypted key comes back with its passphrase and with no other", "[signer]") {
  for (const auto algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::ecdsa_p256_sha256}) {
    const auto signer = generate(algorithm).value();
    const std::string pem = signer->to_encrypted_pem(secret("correct horse")).value();
    CHECK(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    const auto again = signer_from_pkcs8(pem, secret("correct horse")).value();
    CHECK(again->verifier().key_id() == signer->verifier().key_id());
    CHECK(signer->verifier().verify("m", again->sign("m").value()));
    const auto wrong = signer_from_pkcs8(pem, secret("correct horsf"));
    REQUIRE(code_of(wrong) == Errc::key_unavailable);
    CHECK(wrong.error().message.find("wrong passphrase") != std::string::npos);
    // Twice the same key and passphrase: other salt, other bytes.
    CHECK(pem != signer->to_encrypted_pem(secret("correct horse")).value());
  }
  CHECK(code_of(generate(KeyAlgorithm::ed25519).value()->to_encrypted_pem(Secret())) ==
        Errc::invalid_argument);
}

TEST_CASE("a key cut short anywhere says so before any passphrase is tried", "[signer]") {
  const auto signer = signer_from_seed(std::string(32, 'k')).value();
  const std::string pem = signer->to_encrypted_pem(secret("pw")).value();
  for (std::size_t size = 0; size + 2 < pem.size(); ++size) {  // the last newline may be missing
    CAPTURE(size);
    const auto result = signer_from_pkcs8(pem.substr(0, size), secret("pw"));
    REQUIRE(code_of(result) == Errc::key_unavailable);
    REQUIRE(result.error().message.find("wrong passphrase") == std::string::npos);
    REQUIRE_FALSE(result.error().hint.empty());
  }
}

TEST_CASE("openssl reads the keys that are written here", "[signer][openssl]") {
  const TemporaryFolder folder;
  write_file(folder / "pw", "correct horse\n");
  for (const auto algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::ecdsa_p256_sha256}) {
    const auto signer = generate(algorithm).value();
    write_file(folder / "k.key", signer->to_encrypted_pem(secret("correct horse")).value());
    REQUIRE(openssl(folder, "pkey -in k.key -passin file:pw -pubout -outform DER -out k.der"));
    CHECK(read_file(folder / "k.der") == signer->verifier().spki());
    write_file(folder / "other", "wrong\n");
    CHECK_FALSE(openssl(folder, "pkey -in k.key -passin file:other -pubout -out no.pem"));
  }
}

TEST_CASE("keys that openssl encrypted are read, by PBKDF2 and by scrypt", "[signer][openssl]") {
  const TemporaryFolder folder;
  write_file(folder / "pw", "correct horse\n");
  for (const char* kind : {"ED25519", "EC -pkeyopt ec_paramgen_curve:P-256"}) {
    REQUIRE(openssl(folder, fmt::format("genpkey -algorithm {} -out plain.pem", kind)));
    REQUIRE(openssl(folder, "pkey -in plain.pem -pubout -outform DER -out pub.der"));
    for (const char* scheme : {"-v2 aes-256-cbc -iter 4096", "-scrypt", "-v2 aes-128-cbc"}) {
      for (const char* form : {"PEM", "DER"}) {
        CAPTURE(kind, scheme, form);
        REQUIRE(openssl(folder, fmt::format("pkcs8 -topk8 {} -in plain.pem -outform {} -out k.key "
                                            "-passout file:pw",
                                            scheme, form)));
        const auto signer = signer_from_pkcs8(read_file(folder / "k.key"), secret("correct horse"));
        REQUIRE(signer);
        CHECK((*signer)->verifier().spki() == read_file(folder / "pub.der"));
      }
    }
  }
}

TEST_CASE("keys of another kind are refused by name", "[signer][openssl]") {
  const TemporaryFolder folder;
  write_file(folder / "pw", "pw\n");
  const auto load = [&] { return signer_from_pkcs8(read_file(folder / "k"), secret("pw")); };
  REQUIRE(openssl(folder, "genpkey -algorithm ED25519 -out k"));
  REQUIRE(code_of(load()) == Errc::key_unavailable);
  CHECK(load().error().message.find("not encrypted") != std::string::npos);
  CHECK(load().error().hint.find("openssl pkcs8 -topk8") != std::string::npos);
  REQUIRE(openssl(folder, "genpkey -algorithm ED25519 -out plain.pem"));
  REQUIRE(openssl(folder, "pkey -in plain.pem -pubout -out k"));
  REQUIRE(code_of(load()) == Errc::key_unavailable);
  CHECK(load().error().message.find("PUBLIC KEY") != std::string::npos);
  REQUIRE(openssl(folder, "genpkey -algorithm ED448 -aes-256-cbc -pass file:pw -out k"));
  CHECK(code_of(load()) == Errc::unsupported);
  REQUIRE(openssl(folder,
                  "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -aes-256-cbc "
                  "-pass file:pw -out k"));
  CHECK(code_of(load()) == Errc::unsupported);
}

TEST_CASE("a key derivation that would take minutes is refused at once", "[signer][openssl]") {
  const TemporaryFolder folder;
  write_file(folder / "pw", "pw\n");
  REQUIRE(openssl(folder, "genpkey -algorithm ED25519 -out plain.pem"));
  REQUIRE(openssl(folder,
                  "pkcs8 -topk8 -iter 1000000 -v2 aes-256-cbc -in plain.pem -outform DER -out k "
                  "-passout file:pw"));
  std::string der = read_file(folder / "k");
  const std::size_t count = der.find(bytes_of_hex("02030f4240"));  // INTEGER 1,000,000
  REQUIRE(count != std::string::npos);
  der.replace(count, 5, bytes_of_hex("02037fffff"));
  CHECK(code_of(signer_from_pkcs8(der, secret("pw"))) == Errc::limit);
  REQUIRE(openssl(folder, "pkcs8 -topk8 -v1 PBE-SHA1-3DES -in plain.pem -out k -passout file:pw"));
  CHECK(code_of(signer_from_pkcs8(read_file(folder / "k"), secret("pw"))) == Errc::key_unavailable);
}

TEST_CASE("a P-256 file whose two halves do not match is refused", "[signer]") {
  using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslFree<PKCS8_PRIV_KEY_INFO_free>>;
  const auto der_of = [] {
    const PkeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    const Pkcs8Ptr plain(EVP_PKEY2PKCS8(key.get()));
    unsigned char* der = nullptr;
    const int size_bytes = i2d_PKCS8_PRIV_KEY_INFO(plain.get(), &der);
    std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size_bytes));
    OPENSSL_free(der);
    return bytes;
  };
  // Both have the same shape; the public point is their last 64 bytes.
  std::string mixed = der_of();
  const std::string other = der_of();
  REQUIRE(mixed.size() == other.size());
  mixed.replace(mixed.size() - 64, 64, other, other.size() - 64, 64);
  const unsigned char* cursor = octets(mixed);
  const Pkcs8Ptr plain(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &cursor, static_cast<long>(mixed.size())));
  REQUIRE(plain != nullptr);
  const BioPtr output(BIO_new(BIO_s_mem()));
  using SigPtr = std::unique_ptr<X509_SIG, OpensslFree<X509_SIG_free>>;
  const SigPtr encrypted(
      PKCS8_encrypt(-1, EVP_aes_256_cbc(), "pw", 2, nullptr, 0, 2048, plain.get()));
  REQUIRE(PEM_write_bio_PKCS8(output.get(), encrypted.get()) == 1);
  const char* text = nullptr;
  const long size_bytes = BIO_get_mem_data(output.get(), &text);
  const auto result = signer_from_pkcs8({text, static_cast<std::size_t>(size_bytes)}, secret("pw"));
  CHECK(code_of(result) == Errc::key_unavailable);
}

TEST_CASE("a secret holds up to 1024 bytes, moves, and is empty after it was moved", "[secret]") {
  CHECK(Secret::copy_of(std::string(1024, 'x')).value().view().size() == 1024);
  CHECK(code_of(Secret::copy_of(std::string(1025, 'x'))) == Errc::limit);
  Secret one = secret("ab");
  one.pop_back();
  CHECK(one.view() == "a");
  CHECK(one.push_back('c'));
  Secret two = std::move(one);
  CHECK(two.view() == "ac");
  CHECK(one.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
  two = secret("z");
  CHECK(two.view() == "z");
}

}  // namespace signer_test
