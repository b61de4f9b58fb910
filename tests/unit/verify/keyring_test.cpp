#include "ledger/verify/keyring.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/dsse.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace keyring_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Fixture {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder, false);
  Keyring keyring{real_verifiers()};
  std::string scratch;

  EntryView entry(std::uint64_t index) {
    EntryView view;
    REQUIRE(parse_entry(builder.log().entries[index], view));
    return view;
  }
  void learn(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) REQUIRE(keyring.learn(entry(i).submission));
  }
};

}  // namespace

TEST_CASE("Entry 0 introduces the root keys and the log's key") {
  Fixture log;
  const EntryView genesis = log.entry(0);
  CHECK(Keyring::introduced(genesis.submission).value().size() == 4);
  REQUIRE(log.keyring.learn(genesis.submission));
  for (const char* const name : {"root-DCC", "root-SECAS", "root-SMSO-MDS", "log-0"}) {
    CHECK(log.keyring.find(log.builder.author(name).key()) != nullptr);
  }
  CHECK(log.keyring.find(log.builder.author("harness").key()) == nullptr);
  CHECK(log.keyring.known().size() == 4);
}

TEST_CASE("Every entry of a real log carries exactly the signatures that it must") {
  Fixture log;
  for (std::uint64_t i = 0; i < log.places.size; ++i) {
    const EntryView entry = log.entry(i);
    REQUIRE(log.keyring.learn(entry.submission));
    CHECK(check_signatures(entry, log.keyring, log.scratch));
  }
}

TEST_CASE("A signature that is missing, strange or wrong is named") {
  Fixture log;
  log.learn(log.places.first_keys + 1);
  const EntryView keys = log.entry(log.places.first_keys);
  const auto refusal = [&](const EntryView& entry) {
    const Status status = check_signatures(entry, log.keyring, log.scratch);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Errc::tampered_signature);
    return status.error().message;
  };
  for (std::size_t i = 0; i < keys.signatures.size(); ++i) {
    EntryView without = keys;
    without.signatures.erase(without.signatures.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(refusal(without) ==
          "the signature of key " + keys.signatures[i].key.hex().substr(0, 16) + "… is missing");
    EntryView wrong = keys;
    wrong.signatures[i].signature = flipped(wrong.signatures[i].signature, 77);
    CHECK(refusal(wrong).ends_with("does not match the submission"));
  }
  EntryView strange = log.entry(log.places.run_finished);
  strange.signatures.push_back({Hash{}, "x"});
  std::ranges::sort(strange.signatures, {}, &EntrySignature::key);
  CHECK(refusal(strange).ends_with("does not belong here"));
}

TEST_CASE("A key that no entry introduced was never registered") {
  Fixture log;
  log.learn(log.places.first_keys);
  const Status status =
      check_signatures(log.entry(log.places.run_finished), log.keyring, log.scratch);
  REQUIRE_FALSE(status);
  CHECK(status.error().code == Errc::tampered_signature);
  CHECK(status.error().message.ends_with("was never registered"));
}

TEST_CASE("A key id that is not the hash of its key is refused") {
  Keyring keyring(real_verifiers());
  LogBuilder builder;
  const Author& author = builder.author("someone");
  CHECK(keyring.add(sha256("another"), author.public_key().bytes).error().code ==
        Errc::tampered_signature);
  CHECK(keyring.add(author.key(), author.public_key().bytes));
  CHECK(keyring.find(author.key()) != nullptr);
}

TEST_CASE("A weak key is refused, though its id is right") {
  // The identity point: under it one signature fits every message.
  const std::string prefix("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
  const std::string weak = prefix + std::string(1, '\x01') + std::string(31, '\0');
  Keyring keyring(real_verifiers());
  CHECK(keyring.add(sha256(weak), weak).error().code == Errc::rejected);
  CHECK(keyring.find(sha256(weak)) == nullptr);
}

TEST_CASE("A signature over anything but the typed submission does not count") {
  Fixture log;
  log.learn(log.places.first_keys + 1);
  Author& harness = log.builder.author("harness");
  EntryView entry = log.entry(log.places.run_finished);
  std::string message(entry.submission.bytes);
  entry.signatures[0].signature = harness.signer->sign(message).value();
  CHECK_FALSE(check_signatures(entry, log.keyring, log.scratch));
  message.clear();
  append_pae(message, "application/json", entry.submission.bytes);
  entry.signatures[0].signature = harness.signer->sign(message).value();
  CHECK_FALSE(check_signatures(entry, log.keyring, log.scratch));
  message.clear();
  append_pae(message, kSubmissionPayloadType, entry.submission.bytes);
  entry.signatures[0].signature = harness.signer->sign(message).value();
  CHECK(check_signatures(entry, log.keyring, log.scratch));
}

}  // namespace keyring_test
