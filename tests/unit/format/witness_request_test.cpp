#include "ledger/format/witness_request.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "ledger/base/limits.hpp"
#include "tests/support/log_keys.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::testing;

TEST_CASE("a request to a witness is an old size, a proof, and a checkpoint", "[c2sp]") {
  const LogKeys log;
  const KeptTree tree(7);
  const WitnessRequest request{3, merkle::prove_consistency(3, 7, tree.reader()).value(),
                               log.sign(tree.head(7))};
  std::string expected = "old 3\n";
  for (const Hash& hash : request.proof) expected += to_base64(hash.view()) + "\n";
  expected += "\n" + request.checkpoint;
  CHECK(format_witness_request(request).value() == expected);
  CHECK(parse_witness_request(expected).value() == request);
  const WitnessRequest first{0, {}, request.checkpoint};
  CHECK(format_witness_request(first).value() == "old 0\n\n" + first.checkpoint);
  CHECK(parse_witness_request("old 0\n\n" + first.checkpoint).value() == first);
}

TEST_CASE("what is no request to a witness is refused with its line", "[c2sp]") {
  const LogKeys log;
  const std::string note = log.sign(KeptTree(7).head(7));
  const std::string hash = to_base64(Hash{}.view()) + "\n";
  const auto refused = [](const std::string& body) {
    const auto parsed = parse_witness_request(body);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::malformed);
    return parsed.error().message;
  };
  CHECK_THAT(refused(""), Catch::Contains("another line"));
  CHECK_THAT(refused("new 3\n\n" + note), Catch::Contains("line 1"));
  for (const char* const size : {"03", "-1", "+1", "1 ", "", "9223372036854775808"}) {
    CHECK_THAT(refused("old " + std::string(size) + "\n\n" + note), Catch::Contains("line 1"));
  }
  CHECK_THAT(refused("old 3\n" + hash + "AAAA\n\n" + note), Catch::Contains("line 3"));
  CHECK_THAT(refused("old 3\r\n\n" + note), Catch::Contains("line 1"));
  CHECK_THAT(refused("old 3\n" + hash), Catch::Contains("another line"));
  CHECK_THAT(refused("old 3\n\nno note"), Catch::Contains("checkpoint"));
}

TEST_CASE("a proof of 63 hashes is taken, one of 64 is not, whatever follows", "[c2sp]") {
  const LogKeys log;
  WitnessRequest request{1, merkle::Proof(limits::kProofHashes), log.sign(KeptTree(7).head(7))};
  const std::string longest = format_witness_request(request).value();
  CHECK(parse_witness_request(longest).value() == request);
  std::string longer = longest;
  longer.insert(6, to_base64(Hash{}.view()) + "\n");
  CHECK_THAT(parse_witness_request(longer).error().message, Catch::Contains("line 65"));
  request.proof.emplace_back();
  CHECK(format_witness_request(request).error().code == Errc::invalid_argument);
  CHECK(parse_witness_request(std::string(kWitnessRequestSizeBytes + 1, 'x')).error().code ==
        Errc::limit);
}

TEST_CASE("the size in an answer is one decimal line", "[c2sp]") {
  CHECK(format_tree_size(20'852'163) == "20852163\n");
  CHECK(parse_tree_size("20852163\n").value() == 20'852'163);
  for (const char* const body : {"", "\n", "7", "7\n\n", "07\n", "7\r\n", "-7\n", " 7\n", "7 \n"}) {
    CAPTURE(body);
    CHECK(parse_tree_size(body).error().code == Errc::malformed);
  }
}
