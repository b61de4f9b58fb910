// What an author may say was refused. Whatever is admitted, the verifier proves.

#include <catch2/catch.hpp>

#include "keys/verifier.hpp"
#include "ledger/store/store_source.hpp"
#include "ledger/verify/verify.hpp"
#include "tests/contract/ground.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

Hash digest_of(const store::SignedSubmission& submission) {
  return submission_digest(submission.bytes);
}

TestAuthor::Terms voiding(const Hash& digest) {
  TestAuthor::Terms terms;
  terms.voids = digest;
  return terms;
}

/// What `by` hands in instead of a refused submission; its stream goes back to where it was.
template <class Where>
Error refuses(Where& ground, TestAuthor& by, const Hash& voids) {
  const auto sequence = by.sequence();
  const Hash last = by.last();
  const Error error = ground.refused(by.sign({heartbeat()}, ground.now().log(), voiding(voids)));
  by.rewind(sequence, last);
  return error;
}

void check_proved(Ground& ground) {
  ground.reopen();
  const verify::Report report =
      verify::verify_log(store::StoreSource(ground.now().store), keys::make_verifier);
  CHECK(report[verify::Claim::author_streams].verdict == verify::Verdict::proved);
  CHECK(report[verify::Claim::indexes].verdict == verify::Verdict::proved);
}

}  // namespace

TEMPLATE_TEST_CASE("what the log holds was not refused, and nobody may say so", "[contract]",
                   InMemory, Reopened) {
  TestType ground;
  ground.begin();
  const auto recorded = ground.alice.sign({run_of("R1")}, ground.now().log());
  ground.append(recorded);
  const Error own = refuses(ground, ground.bob, digest_of(recorded));
  CHECK(own.code == Errc::rejected);
  CHECK_THAT(own.message, Catch::Contains("stands in the log"));
  ground.append(ground.alice, {run_of("R2")});
  // Its own, not the last one, and the very first of the log.
  CHECK(refuses(ground, ground.alice, digest_of(recorded)).code == Errc::rejected);
  EntryView first;
  const std::string bytes = ground.now().store.entry(0).value();
  REQUIRE(parse_entry(bytes, first).has_value());
  CHECK(refuses(ground, ground.bob, submission_digest(first.submission.bytes)).code ==
        Errc::rejected);
  ground.append(ground.bob, {heartbeat()});
  check_proved(ground);
}

TEMPLATE_TEST_CASE("what is not durable yet counts as well", "[contract]", InMemory, OnDisk) {
  TestType ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  // The second may or may not know all digests when the first is placed.
  const bool asked_before = GENERATE(true, false);
  if (asked_before) {
    ground.append(ground.bob.sign({heartbeat()}, log, voiding(sha256("refused before"))));
  }
  const auto recorded = ground.alice.sign({run_of("R1")}, log);
  const Hash refused = sha256("refused");
  std::vector<store::Ticket> tickets;
  tickets.push_back(writer.enqueue(recorded));
  tickets.push_back(writer.enqueue(ground.place.root.sign({heartbeat()}, log, voiding(refused))));
  const auto sequence = ground.bob.sequence();
  const Hash last = ground.bob.last();
  tickets.push_back(
      writer.enqueue(ground.bob.sign({heartbeat()}, log, voiding(digest_of(recorded)))));
  ground.bob.rewind(sequence, last);
  tickets.push_back(writer.enqueue(ground.bob.sign({heartbeat()}, log, voiding(refused))));
  ground.bob.rewind(sequence, last);
  const auto answers = writer.finish_all(std::move(tickets));
  CHECK(answers[0].has_value());
  CHECK(answers[1].has_value());
  CHECK(answers[2].error().code == Errc::rejected);
  CHECK(answers[3].error().code == Errc::rejected);
  ground.append(ground.bob, {heartbeat()});
  check_proved(ground);
}

TEMPLATE_TEST_CASE("a refused submission is voided once, and stays out", "[contract]", InMemory,
                   Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const auto sequence = ground.alice.sequence();
  const Hash last = ground.alice.last();
  const auto refused = ground.alice.sign({run_of("R1")}, log);
  ground.alice.rewind(sequence, last);
  ground.append(ground.bob.sign({heartbeat()}, log, voiding(digest_of(refused))));
  const Error twice = refuses(ground, ground.place.root, digest_of(refused));
  CHECK(twice.code == Errc::rejected);
  CHECK_THAT(twice.message, Catch::Contains("entry 3 already"));
  // Its turn would be now, had nobody said that it was refused.
  const Error late = ground.refused(refused);
  CHECK(late.code == Errc::rejected);
  CHECK_THAT(late.message, Catch::Contains("entry 3 says"));
  // The way on: the next one under that number names what was refused last.
  const auto again = ground.alice.sign({run_of("R1")}, log, voiding(digest_of(refused)));
  ground.alice.rewind(sequence, last);
  CHECK(ground.refused(again).code == Errc::rejected);
  ground.append(ground.alice.sign({run_of("R1")}, log, voiding(digest_of(again))));
  check_proved(ground);
}
