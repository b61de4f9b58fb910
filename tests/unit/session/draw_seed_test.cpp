// What completes a sample's seed: dice that are enough, cosignatures that are of this checkpoint.

#include "cli/sample/draw_seed.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "cli/render/sample_text.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/format/note.hpp"
#include "tests/support/log_builder.hpp"
#include "tests/support/programme_log.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::testing;

namespace {

/// A log with a checkpoint of all of it, and what was folded from it.
struct Cosigned {
  LogBuilder builder;
  projections::ProgrammeFold fold;
  std::string note;
  Checkpoint checkpoint;

  Cosigned() {
    record_programme(builder);
    EntryView entry;
    for (const std::string& bytes : builder.log().entries) {
      REQUIRE(parse_entry(bytes, entry).has_value());
      fold.admit(entry, verify::OnObjection::keep_on);
    }
    note = builder.log().notes.back();
    checkpoint = open_checkpoint_of(note, fold).value().checkpoint;
    REQUIRE(checkpoint.size == fold.size());
  }
  VKey key(const std::string& name) {
    return {name, NoteKeyType::cosignature_v1,
            Ed25519PublicKey::from_spki(builder.author(name).public_key().bytes).value()};
  }
  /// `text` as a note with the lines of these witnesses beside the log's own.
  std::string with(const std::string& onto, const std::vector<std::string>& witnesses) {
    Note parsed = parse_note(onto).value();
    for (const std::string& name : witnesses) {
      parsed.signatures.push_back(
          cosign_text(parsed.text, 1'567'000'000, name, *builder.author(name).signer).value());
    }
    return format_note(parsed).value();
  }
  auto lines(const std::string& cosigned, const std::vector<VKey>& witnesses) {
    return cosignature_lines(cosigned, checkpoint, fold, witnesses);
  }
};

}  // namespace

TEST_CASE("cosignature lines stand as in the note, ascending, and only those of named witnesses") {
  Cosigned at;
  const std::string note = at.with(at.note, {"w2", "w1", "stranger"});
  const auto both = at.lines(note, {at.key("w1"), at.key("w2")}).value();
  REQUIRE(both.size() == 2);
  CHECK(std::ranges::is_sorted(both));
  for (const std::string& line : both) CHECK(note.find(line + "\n") != std::string::npos);
  CHECK(at.lines(note, {at.key("w2")}).value().size() == 1);
  CHECK(at.lines(note, {at.key("nobody")}).error().code == Errc::not_found);
  CHECK(at.lines(at.note, {at.key("w1")}).error().code == Errc::not_found);
}

TEST_CASE("a line that does not verify, and a checkpoint of another size or root, are refused") {
  Cosigned at;
  Note parsed = parse_note(at.with(at.note, {"w1"})).value();
  parsed.signatures.back().signature.back() ^= 1;
  CHECK(at.lines(format_note(parsed).value(), {at.key("w1")}).error().code ==
        Errc::tampered_signature);
  const std::string earlier = at.builder.log().notes.front();
  CHECK(at.lines(at.with(earlier, {"w1"}), {at.key("w1")}).error().code == Errc::invalid_argument);
  Checkpoint other = at.checkpoint;
  other.root = sha256("another history");
  CHECK(cosignature_lines(at.with(at.note, {"w1"}), other, at.fold, {at.key("w1")}).error().code ==
        Errc::forked);
}

TEST_CASE("dice are what was heard, and too many to be tried out") {
  CHECK(check_dice("4-1-6-6-2").has_value());
  CHECK(check_dice("it's Würfel 41662").has_value());
  for (const char* const bad :
       {"", "4-1-6", "----------", " 4-1-6-6-2", "41662 ", "41662\n", "41662\xff"}) {
    CAPTURE(bad);
    CHECK(check_dice(bad).error().code == Errc::invalid_argument);
  }
}

TEST_CASE("a share is a number above 0 and up to 100 with two decimals at most") {
  CHECK(share_from_text("5").value() == 500);
  CHECK(share_from_text("0.5").value() == 50);
  CHECK(share_from_text("12.25").value() == 1'225);
  CHECK(share_from_text("100").value() == 10'000);
  for (const char* const bad :
       {"", "0", "0.00", "100.01", "101", "1.", "1.234", "-1", "1e1", ".5", "five"}) {
    CAPTURE(bad);
    CHECK(share_from_text(bad).error().code == Errc::invalid_argument);
  }
}

TEST_CASE("the bound is said in words that round to the safe side") {
  CHECK(bound_text(1'000, 59) ==
        "if each of the 59 is there and says what the log says, then fewer than 49 of the 1000 "
        "(4.90 %) are missing or wrong, with 95 % confidence");
  CHECK(
      bound_text(3, 2) ==
      "if each of the 2 is there and says what the log says, then fewer than 2 of the 3 (66.67 %) "
      "are missing or wrong, with 95 % confidence");
  CHECK(bound_text(7, 7) == "all 7 were drawn, so nothing is left to conclude");
}
