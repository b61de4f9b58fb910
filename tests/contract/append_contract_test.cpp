// What an append does, on every ground.

#include <catch2/catch.hpp>

#include "keys/verifier.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/merkle/proof.hpp"
#include "tests/contract/ground.hpp"
#include "tests/support/programme_log.hpp"

using namespace assay;
using namespace assay::testing;

TEMPLATE_TEST_CASE("a new ledger is empty, and can be made once more", "[contract]", InMemory,
                   OnDisk) {
  TestType ground;
  ground.place.create();
  ground.place.create();
  TestLedger& ledger = ground.ledger();
  CHECK(ledger.store.head() == merkle::TreeHead{});
  CHECK(ledger.store.origin() == kTestOrigin);
  CHECK(ledger.store.log_id().error().code == Errc::not_found);
  CHECK(ledger.store.entry(0).error().code == Errc::not_found);
  CHECK(ledger.store.latest_checkpoint().error().code == Errc::not_found);
  CHECK(ledger.store.scan(0, 0, [](auto, auto) -> Status { return {}; }).has_value());
  CHECK_FALSE(ledger.store.scan(0, 1, [](auto, auto) -> Status { return {}; }).has_value());
}

TEMPLATE_TEST_CASE("a log built elsewhere from the same submissions is the same, byte for byte",
                   "[contract]", InMemory, OnDisk, Reopened) {
  TestType ground;
  ground.place.create();
  ground.place.clock.step_us = 0;
  LogBuilder builder(1, std::string(kTestOrigin));
  record_programme(builder);
  EntryView entry;
  for (const std::string& bytes : builder.log().entries) {
    REQUIRE(parse_entry(bytes, entry).has_value());
    ground.place.clock.us = entry.recorded_at.us;
    const store::Receipt receipt =
        ground.append({std::string(entry.submission.bytes), entry.signatures});
    CHECK(receipt.index == entry.index);
    CHECK(receipt.leaf == merkle::leaf_hash(bytes));
    CHECK(receipt.recorded_at == entry.recorded_at);
    CHECK_FALSE(receipt.duplicate);
    CHECK(ground.now().store.entry(entry.index).value() == bytes);
  }
  CHECK(ground.now().store.head() == builder.head());
  CHECK(ground.now().store.log_id().value() == builder.log_id());
}

TEMPLATE_TEST_CASE("a receipt's checkpoint is signed and contains the entry", "[contract]",
                   InMemory, OnDisk, Reopened) {
  TestType ground;
  ground.begin();
  const auto public_key =
      Ed25519PublicKey::from_spki(ground.place.log_key.key().signer().verifier().spki()).value();
  const auto verifier = make_note_verifier(
      {std::string(kTestOrigin), NoteKeyType::ed25519, public_key}, keys::make_verifier);
  for (int i = 0; i < 9; ++i) {
    const store::Receipt receipt = ground.append(ground.alice, {heartbeat()});
    const auto opened =
        open_checkpoint(receipt.checkpoint, {std::string(kTestOrigin), {verifier->get()}, {}});
    REQUIRE(opened.has_value());
    CHECK(opened->checkpoint.size == receipt.checkpoint_size);
    const auto proof =
        merkle::prove_inclusion(receipt.index, receipt.checkpoint_size, ground.now().store.nodes());
    REQUIRE(proof.has_value());
    CHECK(merkle::check_inclusion(receipt.leaf, receipt.index, opened->checkpoint.head(), *proof)
              .has_value());
    CHECK(ground.place.log_key.last_released() == opened->checkpoint.head());
    CHECK(ground.now().store.latest_checkpoint()->note == receipt.checkpoint);
    CHECK(ground.now().store.checkpoint(receipt.checkpoint_size)->note == receipt.checkpoint);
  }
  std::uint64_t checkpoints = 0;
  CHECK(ground.ledger()
            .store
            .scan_checkpoints(0,
                              [&](const store::StoredCheckpoint& checkpoint) -> Status {
                                CHECK(checkpoint.size == ++checkpoints);
                                return {};
                              })
            .has_value());
  CHECK(checkpoints == 12);
}

TEMPLATE_TEST_CASE("every entry and every pair of sizes is proved by the stored nodes",
                   "[contract]", InMemory, Reopened) {
  TestType ground;
  ground.begin();
  std::vector<merkle::TreeHead> heads{{}, {}, {}, ground.now().store.head()};
  while (heads.size() <= 20) {
    ground.append(ground.alice, {heartbeat()});
    heads.push_back(ground.now().store.head());
  }
  const store::Store& store = ground.now().store;
  for (std::uint64_t size = 3; size <= 20; ++size) {
    CHECK(merkle::root_at(size, store.nodes()).value() == heads[size].root);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Hash leaf = merkle::leaf_hash(store.entry(index).value());
      const auto proof = merkle::prove_inclusion(index, size, store.nodes());
      CHECK(merkle::check_inclusion(leaf, index, heads[size], proof.value()).has_value());
    }
    for (std::uint64_t old = 3; old <= size; ++old) {
      const auto proof = merkle::prove_consistency(old, size, store.nodes());
      CHECK(merkle::check_consistency(heads[old], heads[size], proof.value()).has_value());
    }
  }
}

TEMPLATE_TEST_CASE("the same events under the same id are recorded once", "[contract]", InMemory,
                   OnDisk, Reopened) {
  TestType ground;
  ground.begin();
  constexpr const char* kId = "0a1b2c3d-0000-4000-8000-000000000001";
  const std::string log = ground.now().log();
  const TestAuthor::Terms terms{.seen = {}, .expect = {}, .id = kId, .together = {}};
  const store::SignedSubmission first = ground.alice.sign({run_of("R1")}, log, terms);
  const store::Receipt receipt = ground.append(first);

  SECTION("handed in again as it is") {
    const store::Receipt again = ground.append(first);
    CHECK(again.duplicate);
    CHECK(again.index == receipt.index);
    CHECK(again.leaf == receipt.leaf);
    CHECK(again.recorded_at == receipt.recorded_at);
    CHECK(again.checkpoint_size > again.index);
    CHECK_FALSE(again.checkpoint.empty());
  }
  SECTION("signed again at the next place of the stream, which stays free") {
    const auto sequence = ground.alice.sequence();
    const Hash last = ground.alice.last();
    const store::Receipt again = ground.append(ground.alice.sign({run_of("R1")}, log, terms));
    CHECK(again.duplicate);
    CHECK(again.index == receipt.index);
    ground.alice.rewind(sequence, last);
    CHECK_FALSE(ground.append(ground.alice, {run_of("R2")}).duplicate);
  }
  SECTION("other events are a conflict") {
    const Error error = ground.refused(ground.alice.sign({run_of("R2")}, log, terms));
    CHECK(error.code == Errc::conflict);
    CHECK_THAT(error.message, Catch::Contains("entry " + std::to_string(receipt.index)));
  }
  SECTION("another author may use the same id") {
    CHECK_FALSE(ground.append(ground.bob.sign({run_of("R2")}, log, terms)).duplicate);
  }
  SECTION("it is found by author and id") {
    const store::Store& store = ground.now().store;
    CHECK(store.find_submission(ground.alice.key(), kId).value() == receipt.index);
    CHECK_FALSE(store.find_submission(ground.bob.key(), kId)->has_value());
    CHECK(store.find_submission(ground.bob.key(), "no uuid").error().code == Errc::malformed);
  }
  CHECK(ground.now().store.size() <= 5);
}

TEMPLATE_TEST_CASE("an author's stream has no gap, no repetition and no fork", "[contract]",
                   InMemory, Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  ground.append(ground.alice, {run_of("R1")});
  const auto first = ground.alice.sign({run_of("R2")}, log);
  const auto second = ground.alice.sign({run_of("R3")}, log);
  CHECK(ground.refused(second).code == Errc::conflict);
  ground.append(first);
  ground.append(second);
  ground.alice.rewind(1, Hash{});
  CHECK(ground.refused(ground.alice.sign({run_of("R4")}, log)).code == Errc::forked);
  ground.alice.rewind(3, sha256("another"));
  CHECK(ground.refused(ground.alice.sign({run_of("R4")}, log)).code == Errc::forked);
  const verify::AuthorStreams streams = ground.now().store.author_streams().value();
  CHECK(streams.head(ground.alice.key()).count == 3);
  CHECK(streams.head(ground.alice.key()).last == submission_digest(second.bytes));
}

TEMPLATE_TEST_CASE("a submission signed for another log is refused", "[contract]", InMemory,
                   Reopened) {
  TestType ground;
  ground.place.create();
  CHECK(ground.refused(ground.place.root.sign({heartbeat()}, "other.example/log")).code ==
        Errc::unauthorised);  // its key is unknown, which is noticed first
  ground.place.root.rewind(0, Hash{});
  ground.reopen();
  ground.now().begin({&ground.alice});
  for (const std::string& log : {std::string(kTestOrigin), std::string(64, 'a')}) {
    const Error error = ground.refused(ground.alice.sign({heartbeat()}, log));
    CHECK(error.code == Errc::rejected);
    CHECK_THAT(error.message, Catch::Contains("another log"));
    ground.alice.rewind(0, Hash{});
  }
}

TEMPLATE_TEST_CASE("what the author saw must be what the log was", "[contract]", InMemory,
                   Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const merkle::TreeHead head = ground.now().store.head();
  const auto seeing = [&](std::uint64_t size, const Hash& root) {
    return ground.alice.sign({heartbeat()}, log,
                             {.seen = Seen{root, size}, .expect = {}, .id = {}, .together = {}});
  };
  ground.append(seeing(head.size, head.root));
  const auto sequence = std::uint64_t{1};
  const Hash last = ground.now().store.author_streams()->head(ground.alice.key()).last;
  const auto refusal = [&](std::uint64_t size, const Hash& root) {
    ground.alice.rewind(sequence, last);
    return ground.refused(seeing(size, root));
  };
  CHECK(refusal(head.size, sha256("another root")).code == Errc::forked);
  CHECK(refusal(head.size + 1, sha256("another root")).code == Errc::forked);
  CHECK(refusal(2, merkle::root_at(2, ground.now().store.nodes()).value()).code == Errc::rejected);
  CHECK(refusal(100, head.root).code == Errc::rejected);
}

TEMPLATE_TEST_CASE("what the rules refuse leaves no trace", "[contract]", InMemory, Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const auto submission = ground.alice.sign({run_of("R1")}, log);
  {
    TestLedger& ledger = ground.ledger();
    const auto before = ledger.store.head();
    ledger.rules.forbids = [](const EntryView& entry) -> std::optional<Error> {
      CHECK(entry.submission.events.size() == 1);
      CHECK(entry.index == 3);
      return Error{Errc::unauthorised, "alice may not", "ask", entry.index};
    };
    const auto receipt = ledger.writer->append(submission);
    REQUIRE_FALSE(receipt.has_value());
    CHECK(receipt.error().code == Errc::unauthorised);
    CHECK(receipt.error().message == "alice may not");
    CHECK(ledger.store.head() == before);
    ledger.rules.forbids = nullptr;
  }
  CHECK(ground.append(submission).index == 3);
}

TEMPLATE_TEST_CASE("signatures must be exactly those that belong", "[contract]", InMemory,
                   Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const store::SignedSubmission good = ground.alice.sign({run_of("R1")}, log);
  store::SignedSubmission bad = good;
  SECTION("a bit is wrong") { bad.signatures[0].signature[5] ^= 1; }
  SECTION("the submission is another") {
    bad.bytes.replace(bad.bytes.find("TC-0001"), 7, "TC-0002");
  }
  SECTION("it is another's") { bad.signatures = sign_as(bad.bytes, {&ground.bob}); }
  SECTION("there are too many") {
    bad.signatures = sign_as(bad.bytes, {&ground.alice, &ground.bob});
  }
  CHECK(ground.refused(bad).code == Errc::tampered_signature);
  CHECK(ground.append(good).index == 3);
}

TEMPLATE_TEST_CASE("a key counts from the entry that registers it, and not before", "[contract]",
                   InMemory, Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  TestAuthor carol("carol");
  const auto early = carol.sign({run_of("R1")}, log);
  CHECK(ground.refused(early).code == Errc::unauthorised);
  auto registration = register_key(ground.place.root, carol, log);
  auto alone = registration;
  std::erase_if(alone.signatures,
                [&](const EntrySignature& signature) { return signature.key == carol.key(); });
  CHECK(ground.refused(alone).code == Errc::tampered_signature);
  CHECK(ground.refused(early).code == Errc::unauthorised);  // the refused one taught nothing
  ground.append(registration);
  CHECK(ground.append(early).index == 4);
}

TEMPLATE_TEST_CASE("what is not in form is refused with the place", "[contract]", InMemory) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const auto good = ground.alice.sign({run_of("R1")}, log);
  const auto with = [&](std::string bytes) {
    return store::SignedSubmission{bytes, sign_as(bytes, {&ground.alice})};
  };
  SECTION("white space") {
    const Error error = ground.refused(with(" " + good.bytes));
    CHECK(error.code == Errc::malformed);
    CHECK_THAT(error.message, Catch::Contains("0"));
  }
  SECTION("an empty submission") { CHECK(ground.refused(with("")).code == Errc::malformed); }
  SECTION("bytes behind it that an entry could swallow") {
    CHECK(ground.refused(with(good.bytes + R"(,"zzz":1)")).code == Errc::malformed);
    CHECK(ground.refused(with(good.bytes + "}")).code == Errc::malformed);
  }
  SECTION("too long") {
    CHECK(ground.refused(with(std::string(limits::kSubmissionSizeBytes + 1, ' '))).code ==
          Errc::limit);
  }
  SECTION("no signature") {
    CHECK_FALSE(ground.now().writer->append({good.bytes, {}}).has_value());
  }
  SECTION("one signature twice") {
    auto twice = good;
    twice.signatures.push_back(twice.signatures.front());
    CHECK(ground.refused(twice).code == Errc::malformed);
  }
  SECTION("too many signatures") {
    auto many = good;
    many.signatures.resize(limits::kSignaturesPerEntry + 1, many.signatures.front());
    CHECK(ground.refused(many).code == Errc::limit);
  }
  CHECK(ground.append(good).index == 3);
}

TEST_CASE("nesting that an entry could not hold is refused as a submission", "[contract]") {
  // An entry's own object is one level more than its submission's: what just fits alone must not
  // get into the log, where nothing could read it.
  InMemory ground;
  ground.begin();
  const std::string log = ground.now().log();
  const auto nested = [&](std::size_t depth) {
    std::string data(R"({"a":)");
    for (std::size_t i = 0; i < depth; ++i) data += '[';
    for (std::size_t i = 0; i < depth; ++i) data += ']';
    SubmissionDraft draft;
    draft.key = ground.alice.key();
    draft.log = log;
    draft.id = "0a1b2c3d-0000-4000-8000-000000000001";
    draft.events = {format_event("heartbeat", 1, "log/heartbeat", Timestamp{}, data + "}")};
    const std::string bytes = format_submission(draft).value();
    return store::SignedSubmission{bytes, sign_as(bytes, {&ground.alice})};
  };
  // The submission's object, its events, the event and its data are four levels.
  const std::size_t fits = limits::kJsonDepth - 5;
  SubmissionView view;
  REQUIRE(parse_submission(nested(fits + 1).bytes, view).has_value());
  CHECK_FALSE(ground.now().writer->append(nested(fits + 1)).has_value());
  CHECK(ground.append(nested(fits)).index == 3);
}
