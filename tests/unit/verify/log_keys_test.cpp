#include "ledger/verify/log_keys.hpp"

#include <catch2/catch.hpp>

namespace log_keys_test {

using namespace assay;
using namespace assay::verify;

namespace {

const Hash kFirst = sha256("log-0");
const Hash kSecond = sha256("log-1");
const Hash kThird = sha256("log-2");

LogKeys begun() {
  events::LedgerCreated genesis;
  genesis.log_key.key = kFirst;
  genesis.next_log_key = kSecond;
  LogKeys keys;
  keys.begin(genesis);
  return keys;
}

events::LogKeyRotated rotation(const Hash& key, const Hash& next) {
  events::LogKeyRotated event;
  event.log_key.key = key;
  event.next_log_key = next;
  return event;
}

}  // namespace

TEST_CASE("The key of entry 0 signs checkpoints of every size") {
  const LogKeys keys = begun();
  CHECK(keys.accepts(kFirst, 0));
  CHECK(keys.accepts(kFirst, 1'000));
  CHECK_FALSE(keys.accepts(kSecond, 1'000));
}

TEST_CASE("A key that was committed to signs from the entry that names it") {
  LogKeys keys = begun();
  REQUIRE(keys.rotate(9, rotation(kSecond, kThird)));
  CHECK_FALSE(keys.accepts(kSecond, 9));
  CHECK(keys.accepts(kSecond, 10));
  CHECK(keys.accepts(kFirst, 10));
  REQUIRE(keys.rotate(20, rotation(kThird, sha256("log-3"))));
  CHECK(keys.accepts(kThird, 21));
}

TEST_CASE("A key that nobody committed to is refused") {
  LogKeys keys = begun();
  const Status status = keys.rotate(9, rotation(kThird, kSecond));
  REQUIRE_FALSE(status);
  CHECK(status.error().code == Errc::tampered_signature);
  CHECK_FALSE(keys.accepts(kThird, 10));
}

TEST_CASE("Where it is known which key was in force, another does not count") {
  LogKeyHistory history;
  CHECK(history.empty());
  history.note(1, kFirst);
  history.note(5, kFirst);
  history.note(12, kSecond);
  // Before entry 0 there is no key, so the one that it names signs the empty tree.
  CHECK(history.in_force(kFirst, 0));
  CHECK_FALSE(history.in_force(kSecond, 0));
  CHECK(history.in_force(kFirst, 11));
  CHECK_FALSE(history.in_force(kSecond, 11));
  // Where one hands over to the other, either may sign.
  CHECK(history.in_force(kFirst, 12));
  CHECK(history.in_force(kSecond, 12));
  CHECK_FALSE(history.in_force(kFirst, 13));
  CHECK(history.in_force(kSecond, 13));
}

}  // namespace log_keys_test
