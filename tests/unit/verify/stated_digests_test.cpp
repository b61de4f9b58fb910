// What was stated of states, held against the refolded ones, and how narrowly a difference is
// placed.

#include "ledger/verify/stated_digests.hpp"

#include <catch2/catch.hpp>

namespace stated_digests_test {

using namespace assay;
using namespace assay::verify;

namespace {

Hash own_digest(std::uint64_t size) { return sha256("board at " + std::to_string(size)); }
std::vector<NamedDigest> own(std::uint64_t size) { return {{"board", own_digest(size), 1}}; }

events::StatesAttested attested(std::uint64_t size, bool right, const char* engine = "assay") {
  events::StatesAttested event;
  event.digests = {{right ? own_digest(size) : sha256("wrong"), "board", 1}};
  event.engine.name = engine;
  event.engine.version = "1";
  event.size = size;
  return event;
}

/// Compares at `sizes`, takes an attestation of each one entry later, and says what came of it.
struct Judged {
  ClaimBook book{100};
  StatedDigests stated;

  explicit Judged(std::vector<std::uint64_t> expected) : stated({}, std::move(expected)) {}
  void fold_at(std::uint64_t size) { stated.compare(size, own(size), book); }
  void say(std::uint64_t entry, const events::StatesAttested& event) {
    stated.take({entry, 0}, sha256("author"), event, book);
  }
  const ClaimBook::Page& page() {
    stated.finish(0, 1'000, book);
    return book.page(Claim::projections);
  }
};

}  // namespace

TEST_CASE("Digests that events state are compared once their event comes") {
  Judged judged({5, 9});
  CHECK(judged.stated.any_at(5));
  CHECK_FALSE(judged.stated.any_at(6));
  judged.fold_at(5);
  judged.fold_at(9);
  judged.say(7, attested(5, true));
  judged.say(9, attested(9, true));
  CHECK(judged.page().failed_count == 0);
  CHECK(judged.page().open_count == 0);
  CHECK(judged.stated.compared_count() == 2);
}

TEST_CASE("A difference lies between the sizes at which the same program agreed and did not") {
  Judged judged({5, 9, 20});
  for (const std::uint64_t size : {5U, 9U, 20U}) judged.fold_at(size);
  judged.say(5, attested(5, true));
  judged.say(9, attested(9, true));
  judged.say(20, attested(20, false));
  const ClaimBook::Page& page = judged.page();
  REQUIRE(page.failed_count == 1);
  CHECK(page.exit_code == 14);
  CHECK(page.first->error.entry == 20U);
  CHECK(page.first->error.message ==
        "the state \"board\" at size 20 has another digest than event 20.0 states; at size 9 it "
        "had the one that event 9.0 states, so the two part in one of the entries 9 to 19");
  CHECK(page.first->expected == sha256("wrong").hex());
  CHECK(page.first->actual == own_digest(20).hex());
}

TEST_CASE("Sizes that lie side by side name the one entry") {
  Judged judged({9, 10});
  judged.fold_at(9);
  judged.fold_at(10);
  judged.say(12, attested(10, false));  // in whatever order they are stated
  judged.say(13, attested(9, true));
  CHECK(judged.page().first->error.message.ends_with("so the two part in entry 9"));
}

TEST_CASE("What another program stated says nothing about where this one went wrong") {
  Judged judged({9, 20});
  judged.fold_at(9);
  judged.fold_at(20);
  judged.say(9, attested(9, true, "another"));
  judged.say(20, attested(20, false));
  CHECK(judged.page().first->error.message.ends_with(
      "no smaller size at which they agreed was stated, so the two part in one of the entries 0 to "
      "19"));
}

TEST_CASE("A size that nobody announced, and another version of a projection, stay open") {
  Judged unannounced({});
  unannounced.say(20, attested(9, true));
  CHECK(unannounced.page().failed_count == 0);
  CHECK(unannounced.page().open.find("size 9, which event 20.0 states") != std::string::npos);

  Judged versioned({9});
  versioned.fold_at(9);
  events::StatesAttested event = attested(9, false);
  event.digests[0].version = 2;
  versioned.say(9, event);
  CHECK(versioned.page().failed_count == 0);
  CHECK(versioned.page().open.find("of its version 2; this program folds version 1") !=
        std::string::npos);
  CHECK(versioned.stated.compared_count() == 0);
}

TEST_CASE("Whoever stated wrong digests can take them back, and nobody else") {
  for (const bool own : {true, false}) {
    CAPTURE(own);
    Judged judged({9});
    judged.fold_at(9);
    judged.say(9, attested(9, false));
    judged.stated.take_back({9, 0}, sha256(own ? "author" : "another"), {12, 0});
    const ClaimBook::Page& page = judged.page();
    CHECK(page.failed_count == (own ? 0 : 1));
    CHECK(page.open_count == (own ? 1 : 0));
    CHECK(page.open.ends_with(own ? "which its author took back in event 12.0" : ""));
  }
}

}  // namespace stated_digests_test
