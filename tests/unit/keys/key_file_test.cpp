#include "keys/key_file.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

#include "keys/posix_file.hpp"
#include "tests/unit/keys/keys_support.hpp"

namespace key_file_test {

using namespace assay;
using namespace assay::keys;
using namespace assay::keys::test;

namespace {

/// A folder with the key "tag-member" of a fixed seed under the passphrase "pw".
struct OneKey {
  TemporaryFolder folder;
  std::unique_ptr<PrivateKey> key = signer_from_seed(std::string(32, 's')).value();
  OneKey() { REQUIRE(store_key(folder.path(), "tag-member", *key, secret("pw"))); }
  auto load(const char* passphrase = "pw") const {
    return load_key(folder.path(), "tag-member", secret(passphrase));
  }
};

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& item : std::filesystem::directory_iterator(folder)) {
    names.push_back(item.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("a created key is loaded again, privately and publicly", "[key_file]") {
  const TemporaryFolder folder;
  const std::string directory = folder / "keys";
  const mode_t before = ::umask(0);  // the modes must not depend on it
  const auto key = create_key(directory, "log", KeyAlgorithm::ed25519, secret("pw"));
  ::umask(before);
  REQUIRE(key);
  CHECK(files_in(directory) == std::vector<std::string>{"log.key", "log.pub"});
  CHECK(mode_of(directory) == 0700);
  CHECK(mode_of(directory + "/log.key") == 0600);
  CHECK(mode_of(directory + "/log.pub") == 0644);
  CHECK(load_public_key(directory, "log").value()->key_id() == (*key)->verifier().key_id());
  const auto again = load_key(directory, "log", secret("pw")).value();
  CHECK((*key)->verifier().verify("m", again->sign("m").value()));
}

TEST_CASE("a strict umask does not keep the public file from being public", "[key_file]") {
  const TemporaryFolder folder;
  const mode_t before = ::umask(0377);
  const auto key = create_key(folder.path(), "log", KeyAlgorithm::ed25519, secret("pw"));
  ::umask(before);
  REQUIRE(key);
  CHECK(mode_of(folder / "log.key") == 0600);
  CHECK(mode_of(folder / "log.pub") == 0644);
}

TEST_CASE("openssl reads both files of a key", "[key_file][openssl]") {
  const TemporaryFolder folder;
  write_file(folder / "pw", "correct horse\n");
  for (const auto algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::ecdsa_p256_sha256}) {
    const std::string name = algorithm == KeyAlgorithm::ed25519 ? "ed" : "ec";
    const auto key = create_key(folder.path(), name, algorithm, secret("correct horse")).value();
    const std::string in = "cd " + folder.path() + " && openssl pkey -outform DER ";
    REQUIRE(std::system((in + "-in " + name + ".key -passin file:pw -pubout -out a.der").c_str()) ==
            0);
    REQUIRE(std::system((in + "-pubin -in " + name + ".pub -pubout -out b.der").c_str()) == 0);
    CHECK(read_file(folder / "a.der") == key->verifier().spki());
    CHECK(read_file(folder / "b.der") == key->verifier().spki());
  }
}

TEST_CASE("an existing key is never overwritten", "[key_file]") {
  const OneKey one;
  const std::string before = read_file(one.folder / "tag-member.key");
  const auto other = generate(KeyAlgorithm::ed25519).value();
  const auto status = store_key(one.folder.path(), "tag-member", *other, secret("pw"));
  REQUIRE(code_of(status) == Errc::conflict);
  CHECK(status.error().hint.find("another name") != std::string::npos);
  CHECK(read_file(one.folder / "tag-member.key") == before);
  // Not even where only the public half is there, which may be somebody else's key.
  std::filesystem::remove(one.folder / "tag-member.key");
  CHECK(code_of(store_key(one.folder.path(), "tag-member", *other, secret("pw"))) ==
        Errc::conflict);
  // create_file itself is the last guard, should two processes come this far.
  CHECK(code_of(create_file(one.folder.path(), "tag-member.pub", "x", 0644)) == Errc::conflict);
  CHECK(files_in(one.folder.path()) == std::vector<std::string>{"tag-member.pub"});
}

TEST_CASE("a wrong passphrase, and a key that is not there, say what to do", "[key_file]") {
  const OneKey one;
  const auto wrong = one.load("pW");
  REQUIRE(code_of(wrong) == Errc::key_unavailable);
  CHECK(wrong.error().message.find("wrong passphrase") != std::string::npos);
  CHECK(wrong.error().message.find("tag-member.key") != std::string::npos);
  const auto absent = load_key(one.folder.path(), "nobody", secret("pw"));
  REQUIRE(code_of(absent) == Errc::key_unavailable);
  CHECK(absent.error().message.find("no key \"nobody\"") != std::string::npos);
  CHECK(code_of(load_public_key(one.folder.path(), "nobody")) == Errc::key_unavailable);
  CHECK(code_of(load_key(one.folder / "nowhere", "nobody", secret("pw"))) == Errc::key_unavailable);
}

TEST_CASE("a private file that others may touch is refused until its mode is put right",
          "[key_file]") {
  const OneKey one;
  const std::string path = one.folder / "tag-member.key";
  for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0601U, 0610U, 0700U, 04600U, 0666U}) {
    CAPTURE(mode);
    REQUIRE(::chmod(path.c_str(), mode) == 0);
    const auto result = one.load();
    REQUIRE(code_of(result) == Errc::key_unavailable);
    CHECK(result.error().hint == "chmod 600 " + path);
  }
  for (const mode_t mode : {0600U, 0400U}) {
    REQUIRE(::chmod(path.c_str(), mode) == 0);
    CHECK(one.load());
  }
}

TEST_CASE("what is not a key file is told apart", "[key_file]") {
  const OneKey one;
  const std::string path = one.folder / "tag-member.key";
  const std::string pem = read_file(path);
  const auto message = [&](std::string_view bytes) {
    write_file(path, bytes);
    const auto result = one.load();
    REQUIRE(code_of(result) == Errc::key_unavailable);
    return result.error().message;
  };
  CHECK(message(pem.substr(0, pem.size() / 2)).find("cut short") != std::string::npos);
  CHECK(message("").find("not an encrypted PKCS#8") != std::string::npos);
  CHECK(message("hello\n").find("not an encrypted PKCS#8") != std::string::npos);
  CHECK(message(std::string(70'000, 'x')).find("too large") != std::string::npos);
  CHECK(message(read_file(one.folder / "tag-member.pub")).find("not a private key") !=
        std::string::npos);
  std::filesystem::remove(path);
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const auto fifo = one.load();  // must not wait for a writer
  REQUIRE(code_of(fifo) == Errc::key_unavailable);
  CHECK(fifo.error().message.find("not a regular file") != std::string::npos);
}

TEST_CASE("a public file of another key stops the private one", "[key_file]") {
  const OneKey one;
  const auto other = generate(KeyAlgorithm::ed25519).value();
  REQUIRE(store_key(one.folder.path(), "other", *other, secret("pw")));
  std::filesystem::rename(one.folder / "other.pub", one.folder / "tag-member.pub");
  const auto result = one.load();
  REQUIRE(code_of(result) == Errc::key_unavailable);
  CHECK(result.error().message.find("not the public half") != std::string::npos);
}

TEST_CASE("a missing public file is written by the next load", "[key_file]") {
  const OneKey one;
  const std::string before = read_file(one.folder / "tag-member.pub");
  std::filesystem::remove(one.folder / "tag-member.pub");
  const auto half = load_public_key(one.folder.path(), "tag-member");
  REQUIRE(code_of(half) == Errc::key_unavailable);
  CHECK(half.error().hint.find("unlock the key once") != std::string::npos);
  REQUIRE(one.load());
  CHECK(read_file(one.folder / "tag-member.pub") == before);
  CHECK(mode_of(one.folder / "tag-member.pub") == 0644);
}

TEST_CASE("listing needs no passphrase, and one broken key does not hide the others",
          "[key_file]") {
  const OneKey one;
  const auto ec =
      create_key(one.folder.path(), "a.b_C-1", KeyAlgorithm::ecdsa_p256_sha256, secret("pw"));
  write_file(one.folder / "broken.pub",
             "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----");
  write_file(one.folder / "colleague.pub", read_file(one.folder / "tag-member.pub"));
  write_file(one.folder / ".hidden.key", "x");
  write_file(one.folder / "notes.txt", "x");
  const auto keys = list_keys(one.folder.path()).value();
  REQUIRE(keys.size() == 4);
  CHECK(keys[0].name == "a.b_C-1");
  CHECK(keys[0].has_private);
  CHECK(keys[0].verifier->key_id() == (*ec)->verifier().key_id());
  CHECK(keys[1].name == "broken");
  CHECK(keys[1].problem->code == Errc::malformed);
  CHECK(keys[1].verifier == nullptr);
  CHECK(keys[2].name == "colleague");
  CHECK_FALSE(keys[2].has_private);
  CHECK(keys[3].verifier->key_id() == one.key->verifier().key_id());
  CHECK(code_of(list_keys(one.folder / "nowhere")) == Errc::not_found);
}

TEST_CASE("a key name cannot leave its folder, hide, or look like an option", "[key_file]") {
  const TemporaryFolder folder;
  for (const char* name :
       {"", ".", "..", ".x", "-x", "a/b", "../x", "a b", "a\n", "\xc3\xa9", "a:b"}) {
    CAPTURE(name);
    CHECK(code_of(check_key_name(name)) == Errc::invalid_argument);
    CHECK(code_of(load_key(folder.path(), name, secret("pw"))) == Errc::invalid_argument);
    CHECK(code_of(load_public_key(folder.path(), name)) == Errc::invalid_argument);
  }
  CHECK(code_of(check_key_name(std::string(65, 'a'))) == Errc::invalid_argument);
  CHECK(check_key_name(std::string(64, 'a')));
  CHECK(check_key_name("_a.b-C9"));
  CHECK(code_of(create_key(folder.path(), "../x", KeyAlgorithm::ed25519, secret("pw"))) ==
        Errc::invalid_argument);
}

TEST_CASE("a key needs its parent folder and a passphrase", "[key_file]") {
  const TemporaryFolder folder;
  CHECK(code_of(create_key(folder / "a/b", "k", KeyAlgorithm::ed25519, secret("pw"))) ==
        Errc::not_found);
  CHECK(code_of(create_key(folder.path(), "k", KeyAlgorithm::ed25519, Secret())) ==
        Errc::invalid_argument);
  CHECK(files_in(folder.path()).empty());
}

TEST_CASE("a full disk is no_space and an over-large file is malformed", "[posix_file]") {
  const TemporaryFolder folder;
  const auto full = open_existing("/dev/full", O_WRONLY).value();
  CHECK(code_of(write_at(full, "/dev/full", "x", 0)) == Errc::no_space);
  write_file(folder / "f", "12345");
  const auto file = open_existing(folder / "f", O_RDONLY).value();
  CHECK(read_whole(file, "f", 5).value() == "12345");
  CHECK(code_of(read_whole(file, "f", 4)) == Errc::malformed);
  CHECK(code_of(open_existing(folder / "g", O_RDONLY)) == Errc::not_found);
}

}  // namespace key_file_test
