#include "ledger/verify/report.hpp"

#include <catch2/catch.hpp>

#include "ledger/verify/verdicts.hpp"

namespace report_test {

using namespace assay;
using namespace assay::verify;

namespace {

Report report_of(const ClaimBook& book) {
  Report report;
  report.claims = conclude(book, RunFacts{});
  return report;
}

Objection objection(Claim claim, Errc code) { return {claim, Error{code, "x", {}, std::nullopt}}; }

int code_of(std::vector<Objection> objections) {
  ClaimBook book(0);
  for (Objection& found : objections) book.object(std::move(found));
  return exit_code(report_of(book));
}

}  // namespace

TEST_CASE("An exit code is the lowest of what failed") {
  CHECK(code_of({}) == 0);
  CHECK(code_of({objection(Claim::chain, Errc::tampered_hash)}) == 10);
  CHECK(code_of({objection(Claim::tree, Errc::tampered_order)}) == 11);
  CHECK(code_of({objection(Claim::log_signature, Errc::tampered_signature)}) == 12);
  CHECK(code_of({objection(Claim::tree, Errc::forked)}) == 13);
  CHECK(code_of({objection(Claim::projections, Errc::state_mismatch)}) == 14);
  CHECK(code_of({objection(Claim::evidence_files, Errc::evidence_damaged)}) == 15);
  CHECK(code_of({objection(Claim::evidence_files, Errc::evidence_damaged),
                 objection(Claim::tree, Errc::forked),
                 objection(Claim::tree, Errc::tampered_order)}) == 11);
}

TEST_CASE("A code of the run becomes the evidence code of its claim") {
  CHECK(code_of({objection(Claim::canonical_bytes, Errc::malformed)}) == 10);
  CHECK(code_of({objection(Claim::canonical_bytes, Errc::limit)}) == 10);
  CHECK(code_of({objection(Claim::chain, Errc::malformed)}) == 10);
  CHECK(code_of({objection(Claim::tree, Errc::malformed)}) == 10);
  CHECK(code_of({objection(Claim::indexes, Errc::malformed)}) == 10);
  CHECK(code_of({objection(Claim::author_streams, Errc::rejected)}) == 11);
  CHECK(code_of({objection(Claim::invariants, Errc::rejected)}) == 11);
  CHECK(code_of({objection(Claim::time_order, Errc::clock)}) == 11);
  CHECK(code_of({objection(Claim::log_signature, Errc::malformed)}) == 12);
  CHECK(code_of({objection(Claim::author_signatures, Errc::rejected)}) == 12);
  CHECK(code_of({objection(Claim::authority, Errc::unauthorised)}) == 12);
  CHECK(code_of({objection(Claim::witness_quorum, Errc::malformed)}) == 12);
  CHECK(code_of({objection(Claim::pin, Errc::malformed)}) == 13);
  CHECK(code_of({objection(Claim::identity, Errc::malformed)}) == 13);
  CHECK(code_of({objection(Claim::projections, Errc::malformed)}) == 14);
  CHECK(code_of({objection(Claim::evidence_files, Errc::not_found)}) == 15);
}

TEST_CASE("A claim that nobody asked for and that was not checked changes nothing") {
  ClaimBook book(0);
  book.leave_open(Claim::authority, "no rules");
  const Report report = report_of(book);
  CHECK(exit_code(report) == 0);
  CHECK(exit_code(report, std::vector<Claim>{Claim::authority}) == 16);
}

TEST_CASE("A claim that is required must be proved: assumed is not enough") {
  RunFacts facts;
  facts.words = "acorn actor";
  Report report;
  report.claims = conclude(ClaimBook(0), facts);
  CHECK(report[Claim::identity].verdict == Verdict::assumed);
  CHECK(exit_code(report) == 0);
  CHECK(exit_code(report, std::vector<Claim>{Claim::identity}) == 16);
}

TEST_CASE("A run that could not look is incomplete, and what it found wins over that") {
  ClaimBook book(0);
  book.leave_open(Claim::evidence_files, "disk is away", true);
  CHECK(exit_code(report_of(book)) == 16);
  book.object(objection(Claim::evidence_files, Errc::evidence_damaged));
  CHECK(exit_code(report_of(book)) == 15);
  Report interrupted;
  interrupted.interrupted = Error{Errc::io, "x", {}, std::nullopt};
  CHECK(exit_code(interrupted) == 16);
}

TEST_CASE("What a newer program wrote is not checked, not failed") {
  // Whoever asked for a refold asked for this claim, so it is not passed over in silence.
  CHECK(code_of({objection(Claim::invariants, Errc::unsupported)}) == 16);
  ClaimBook book(0);
  book.object(objection(Claim::invariants, Errc::unsupported));
  CHECK(report_of(book)[Claim::invariants].verdict == Verdict::not_checked);
  CHECK(exit_code(report_of(book), std::vector<Claim>{Claim::invariants}) == 16);
}

TEST_CASE("Of a log without entries nothing is proved") {
  for (const bool refolded : {false, true}) {
    RunFacts facts;
    facts.refolded = refolded;
    for (const ClaimReport& claim : conclude(ClaimBook(0), facts)) {
      CAPTURE(enum_text(claim.claim));
      CHECK(claim.verdict != Verdict::proved);
      CHECK_FALSE(claim.sentence.empty());
    }
  }
}

}  // namespace report_test
