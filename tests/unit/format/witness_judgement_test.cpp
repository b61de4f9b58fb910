// Which status a witness answers with. The published conversation is in tests/vectors; here is what
// it does not have.

#include "ledger/format/witness_judgement.hpp"

#include <catch2/catch.hpp>

#include "tests/support/log_keys.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

struct Asking {
  LogKeys log;
  KeptTree tree{8};
  std::vector<CheckpointKeys> logs{{LogKeys::kOrigin, {log.know_log.get()}, {}}};

  [[nodiscard]] std::string body(std::uint64_t old_size, std::uint64_t proved_from,
                                 const std::string& note, std::uint64_t size = 8) const {
    WitnessRequest request{old_size, {}, note};
    if (proved_from > 0) {
      request.proof = merkle::prove_consistency(proved_from, size, tree.reader()).value();
    }
    return format_witness_request(request).value();
  }
  /// 200 where nothing is held against it.
  [[nodiscard]] WitnessRefusal ask(const std::string& body, const merkle::TreeHead& latest) const {
    const auto examined = examine_witness_request(body, logs);
    if (!examined) return examined.error();
    const auto judged = judge_witness_request(*examined, latest);
    return judged ? WitnessRefusal{200, {}, false} : judged.error();
  }
};

}  // namespace

TEST_CASE("a witness cosigns what extends what it cosigned last", "[c2sp]") {
  const Asking asking;
  const std::string note = asking.log.sign(asking.tree.head(8));
  CHECK(asking.ask(asking.body(0, 0, note), {}).status == 200);
  CHECK(asking.ask(asking.body(5, 5, note), asking.tree.head(5)).status == 200);
  CHECK(asking.ask(asking.body(8, 0, note), asking.tree.head(8)).status == 200);
  const std::string empty = asking.log.sign({});
  CHECK(asking.ask(asking.body(0, 0, empty), {}).status == 200);
}

TEST_CASE("a witness answers each wrong request with the status of the protocol", "[c2sp]") {
  const Asking asking;
  const std::string note = asking.log.sign(asking.tree.head(8));
  const merkle::TreeHead five = asking.tree.head(5);
  CHECK(asking.ask("old 0\n", five).status == 400);
  CHECK(asking.ask(asking.body(9, 0, note), five).status == 400);
  CHECK(asking.ask(asking.body(0, 0, note), five).status == 409);
  CHECK(asking.ask(asking.body(4, 4, note), five).status == 409);
  CHECK(asking.ask(asking.body(5, 0, note), five).status == 422);
  CHECK(asking.ask(asking.body(5, 4, note), five).status == 422);
  CHECK(asking.ask(asking.body(0, 5, note), {}).status == 422);
  CHECK(asking.ask(asking.body(8, 5, note), asking.tree.head(8)).status == 422);
  CHECK(asking.ask(asking.body(5, 5, note), {5, flip_bit(five.root, 3)}).status == 422);
}

TEST_CASE("two roots of one size are a fork, and said to be one", "[c2sp]") {
  const Asking asking;
  const merkle::TreeHead eight = asking.tree.head(8);
  const std::string other = asking.log.sign({8, flip_bit(eight.root, 0)});
  const WitnessRefusal refusal = asking.ask(asking.body(8, 0, other), eight);
  CHECK(refusal.status == 422);
  CHECK(refusal.fork);
  CHECK_FALSE(asking.ask(asking.body(5, 4, asking.log.sign(eight)), asking.tree.head(5)).fork);
}

TEST_CASE("a witness believes the keys of its logs only", "[c2sp]") {
  const Asking asking;
  const std::string note = asking.log.sign(asking.tree.head(8));
  Note changed = parse_note(note).value();
  changed.signatures[0].signature[7] ^= 1;
  CHECK(asking.ask("old 0\n\n" + format_note(changed).value(), {}).status == 403);
  changed.signatures[0].name = "example.com/other";
  CHECK(asking.ask("old 0\n\n" + format_note(changed).value(), {}).status == 403);
  const auto stranger = sign_checkpoint({"example.com/other", 1, Hash{}, {}}, *asking.log.log);
  CHECK(asking.ask("old 0\n\n" + stranger.value(), {}).status == 404);
  // A line by nobody known beside the log's own is passed over.
  Note joined = parse_note(note).value();
  joined.signatures.insert(joined.signatures.begin(), {"example.com/new", 7, "of another type"});
  CHECK(asking.ask("old 0\n\n" + format_note(joined).value(), {}).status == 200);
}

TEST_CASE("an empty tree has one root", "[c2sp]") {
  const Asking asking;
  const std::string text = "example.com/log\n0\n" + std::string(43, 'A') + "=\n";
  const Note note{text, {sign_text(text, LogKeys::kOrigin, *asking.log.log).value()}};
  CHECK(asking.ask("old 0\n\n" + format_note(note).value(), {}).status == 422);
}
