#include "ledger/verify/claim_book.hpp"

#include <catch2/catch.hpp>

namespace claim_book_test {

using namespace assay;
using namespace assay::verify;

namespace {

Objection at(std::uint64_t entry, Claim claim = Claim::chain, Errc code = Errc::tampered_hash) {
  return disagreement(claim, code, entry, "entry " + std::to_string(entry), "a", "b");
}

}  // namespace

TEST_CASE("Everything is counted, the first are kept, and of each claim the lowest entry") {
  ClaimBook book(2);
  book.object(at(7));
  book.object(at(5));
  book.object(at(3));
  book.object(at(9, Claim::tree));
  CHECK(book.objection_count() == 4);
  CHECK(book.page(Claim::chain).failed_count == 3);
  CHECK(book.page(Claim::chain).first->error.entry == 3U);
  CHECK(book.page(Claim::tree).failed_count == 1);
  const std::vector<Objection> kept = book.take_objections();
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].error.entry == 5U);
  CHECK(kept[1].error.entry == 7U);
}

TEST_CASE("An objection to no entry in particular comes after those that name one") {
  ClaimBook book(5);
  book.object({Claim::chain, Error{Errc::malformed, "somewhere", {}, std::nullopt}});
  book.object(at(4));
  CHECK(book.page(Claim::chain).first->error.entry == 4U);
  CHECK(book.take_objections().back().error.message == "somewhere");
}

TEST_CASE("What a newer program wrote leaves a claim open instead of failing it") {
  ClaimBook book(5);
  book.object(at(4, Claim::invariants, Errc::unsupported));
  CHECK(book.page(Claim::invariants).failed_count == 0);
  CHECK(book.page(Claim::invariants).open_count == 1);
  CHECK(book.page(Claim::invariants).open == "entry 4");
  CHECK(book.objection_count() == 1);
}

TEST_CASE("The first reason for an open claim is kept, and whether the run could not look") {
  ClaimBook book(5);
  book.leave_open(Claim::tree, "first");
  book.leave_open(Claim::tree, "second", true);
  CHECK(book.page(Claim::tree).open == "first");
  CHECK(book.page(Claim::tree).open_count == 2);
  CHECK(book.page(Claim::tree).could_not_look);
}

TEST_CASE("Damage is the lowest entry of the claims about single entries") {
  ClaimBook book(5);
  CHECK_FALSE(book.first_damage());
  book.object(at(1, Claim::tree));
  CHECK_FALSE(book.first_damage());
  book.object(at(8, Claim::author_signatures));
  book.object(at(6, Claim::canonical_bytes));
  CHECK(book.first_damage() == 6U);
}

}  // namespace claim_book_test
