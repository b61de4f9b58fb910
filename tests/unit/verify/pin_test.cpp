#include "ledger/verify/pin.hpp"

#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace pin_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

const LogBuilder& programme() {
  static const auto kBuilder = [] {
    auto builder = std::make_unique<LogBuilder>();
    record_programme(*builder);
    return builder;
  }();
  return *kBuilder;
}

Pin real_pin() {
  const Report report = verified(programme().log());
  REQUIRE(report.sealed);
  return make_pin(report.sealed->note, *report.log_id, report.sealed->digests).value();
}

}  // namespace

TEST_CASE("A pin file is canonical JSON with the checkpoint verbatim, and reads back the same") {
  const Pin pin = real_pin();
  const std::string text = format_pin(pin);
  CHECK(text.ends_with("}\n"));
  CHECK(check_canonical(std::string_view(text).substr(0, text.size() - 1)));
  const Pin read = parse_pin(text).value();
  CHECK(read.note == programme().log().notes.back());
  CHECK(read.checkpoint == pin.checkpoint);
  CHECK(read.log_id == programme().log_id());
  CHECK(read.states == pin.states);
  CHECK(format_pin(read) == text);
}

TEST_CASE("A pin states the digest of the verifier's state") {
  const Report report = verified(programme().log());
  REQUIRE(report.sealed);
  const Pin pin = real_pin();
  REQUIRE(pin.digest_of("verifier") != nullptr);
  CHECK(*pin.digest_of("verifier") == state_digest(report.sealed->state));
  CHECK(pin.digest_of("board") == nullptr);
}

TEST_CASE("Files that are not pins are refused") {
  const std::string text = format_pin(real_pin());
  CHECK(parse_pin("").error().code == Errc::malformed);
  CHECK(parse_pin(text.substr(0, text.size() - 1)).error().code == Errc::malformed);
  CHECK(parse_pin(text + "\n").error().code == Errc::malformed);
  CHECK(parse_pin(replaced(text, "assay.pin/1", "assay.pin/2")).error().code == Errc::unsupported);
  CHECK(parse_pin(replaced(text, "\"log\":", "\"lag\":")).error().code == Errc::malformed);
  CHECK_FALSE(parse_pin(replaced(text, "\\n\\n", "\\n")));
  const std::string row = R"({"digest":")" + sha256("x").hex() + R"(","name":"verifier"})";
  CHECK_FALSE(parse_pin(replaced(text, "\"states\":[", "\"states\":[" + row + ",")));
  const std::string later = R"({"digest":")" + sha256("x").hex() + R"(","name":"zebra"})";
  CHECK_FALSE(parse_pin(replaced(text, "\"states\":[", "\"states\":[" + later + ",")));
  CHECK(make_pin(std::string(20'000, 'x'), sha256("l"), {}).error().code == Errc::limit);
  CHECK(make_pin("no note", sha256("l"), {}).error().code == Errc::malformed);
}

TEST_CASE("Every pin with a bit the other way is refused or is another pin") {
  const std::string text = format_pin(real_pin());
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    const std::string changed = flipped(text, bit);
    const auto read = parse_pin(changed);
    if (read && format_pin(*read) != changed) FAIL("bit " << bit << " is read as something else");
  }
}

TEST_CASE("A snapshot is taken up only if it is the one that was pinned") {
  const Report report = verified(programme().log());
  REQUIRE(report.sealed);
  const std::string snapshot = encode_state(report.sealed->state);
  const Pin pin = real_pin();
  CHECK(state_of(pin, snapshot).value() == report.sealed->state);
  for (std::size_t bit = 0; bit < snapshot.size() * 8; bit += 5) {
    const auto taken = state_of(pin, flipped(snapshot, bit));
    if (taken) FAIL("taken with bit " << bit << " the other way");
    const Errc code = taken.error().code;
    CHECK((code == Errc::malformed || code == Errc::state_mismatch));
  }
  Pin without = pin;
  without.states.clear();
  CHECK(state_of(without, snapshot).error().code == Errc::not_found);
}

TEST_CASE("A pin put together from two runs is refused") {
  const Report report = verified(programme().log());
  REQUIRE(report.sealed);
  MemoryLog shorter = programme().log();
  shorter.entries.pop_back();
  shorter.notes.pop_back();
  const Report before = verified(shorter);
  REQUIRE(before.sealed);
  const Pin mixed = make_pin(before.sealed->note, *before.log_id, report.sealed->digests).value();
  CHECK(state_of(mixed, encode_state(report.sealed->state)).error().code == Errc::state_mismatch);
}

}  // namespace pin_test
