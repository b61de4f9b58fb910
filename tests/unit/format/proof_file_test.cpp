#include "ledger/format/proof_file.hpp"

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "tests/support/log_keys.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// A proof that leaf 2 is in a tree of 7.
ProofFile example_file(const LogKeys& log) {
  const KeptTree tree(7);
  return {std::nullopt, 2, merkle::prove_inclusion(2, 7, tree.reader()).value(),
          log.cosign(log.sign(tree.head(7)), 1'700'000'000)};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a proof file is a header, an index, hashes, and a checkpoint", "[c2sp]") {
  const LogKeys log;
  ProofFile file = example_file(log);
  std::string expected = "c2sp.org/tlog-proof@v1\nindex 2\n";
  for (const Hash& hash : file.hashes) expected += to_base64(hash.view()) + "\n";
  expected += "\n" + file.checkpoint;
  CHECK(format_proof_file(file).value() == expected);
  CHECK(parse_proof_file(expected).value() == file);

  file.extra = "more";
  const std::string with_extra = replaced(expected, "index", "extra bW9yZQ==\nindex");
  CHECK(format_proof_file(file).value() == with_extra);
  CHECK(parse_proof_file(with_extra).value() == file);
}

TEST_CASE("a proof file proves its leaf and no other", "[c2sp]") {
  const LogKeys log;
  const ProofFile file = example_file(log);
  const auto opened = check_proof_file(file, test_leaf(2), log.keys());
  REQUIRE(opened);
  CHECK(opened->checkpoint.size == 7);
  CHECK(opened->witnesses.size() == 1);
  CHECK(check_proof_file(file, test_leaf(3), log.keys()).error().code == Errc::tampered_hash);
  ProofFile other_index = file;
  other_index.index = 3;
  CHECK(check_proof_file(other_index, test_leaf(2), log.keys()).error().code ==
        Errc::tampered_hash);
  other_index.index = 7;
  CHECK(check_proof_file(other_index, test_leaf(2), log.keys()).error().code == Errc::malformed);
  ProofFile shorter = file;
  shorter.hashes.pop_back();
  CHECK(check_proof_file(shorter, test_leaf(2), log.keys()).error().code == Errc::malformed);
  CheckpointKeys nobody = log.keys();
  nobody.log.clear();
  CHECK(check_proof_file(file, test_leaf(2), nobody).error().code == Errc::tampered_signature);
}

TEST_CASE("the only leaf of a tree needs no hashes", "[c2sp]") {
  const LogKeys log;
  const ProofFile file{std::nullopt, 0, {}, log.sign(KeptTree(1).head(1))};
  const std::string text = format_proof_file(file).value();
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com/log\n1\n"));
  CHECK(check_proof_file(parse_proof_file(text).value(), test_leaf(0), log.keys()));
}

TEST_CASE("a text that is not exactly a proof file is refused", "[c2sp]") {
  const LogKeys log;
  const std::string text = format_proof_file(example_file(log)).value();
  const std::string hash = to_base64(test_leaf(9).view());
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"c2sp.org", "C2SP.org"},
           {"@v1", "@v2"},
           {"@v1\n", "@v1\r\n"},
           {"@v1\n", "@v1\n\n"},
           {"index 2", "index 02"},
           {"index 2", "index +2"},
           {"index 2", "index -2"},
           {"index 2", "index  2"},
           {"index 2", "index 2 "},
           {"index 2", "index 9223372036854775808"},
           {"index 2", "index"},
           {"index 2", "Index 2"},
           {"index 2\n", ""},
           {"index 2\n", "index 2\nindex 2\n"},
           {"index 2\n", "index 2\nextra bW9yZQ==\n"},
           {"index 2\n", "extra \nindex 2\n"},
           {"index 2\n", "extra\nindex 2\n"},
           {"index 2\n", "extra bW9yZQ=\nindex 2\n"},
           {"index 2\n", "extra bW9yZR==\nindex 2\n"},
           {"index 2\n", "extra bW9yZQ==\nextra bW9yZQ==\nindex 2\n"},
           {"index 2\n", "index 2\n" + hash.substr(4) + "\n"},
           {"index 2\n", "index 2\n" + hash + " \n"},
           {"\n\n", "\n"},
           {"\n\n", "\n\n\n"}}) {
    CAPTURE(from, to);
    const auto file = parse_proof_file(replaced(text, from, to));
    // A second blank line belongs to the checkpoint, which then is not one of the log's.
    if (file) {
      CHECK(check_proof_file(*file, test_leaf(2), log.keys()).error().code ==
            Errc::tampered_signature);
    } else {
      CHECK(file.error().code == Errc::malformed);
    }
  }
  CHECK_FALSE(parse_proof_file(""));
  CHECK_FALSE(parse_proof_file(text + "x"));
}

TEST_CASE("a proof file has at most 63 hashes and two million bytes", "[c2sp]") {
  const LogKeys log;
  ProofFile file = example_file(log);
  file.hashes.assign(63, test_leaf(0));
  const std::string text = format_proof_file(file).value();
  CHECK(parse_proof_file(text));
  file.hashes.emplace_back();
  CHECK(format_proof_file(file).error().code == Errc::invalid_argument);
  const std::string hash_line = to_base64(test_leaf(0).view()) + "\n";
  CHECK(parse_proof_file(replaced(text, hash_line, hash_line + hash_line)).error().code ==
        Errc::malformed);

  file = example_file(log);
  file.extra = std::string(kProofFileSizeBytes, 'x');
  CHECK(format_proof_file(file).error().code == Errc::limit);
  CHECK(parse_proof_file(std::string(kProofFileSizeBytes + 1, 'x')).error().code == Errc::limit);
}

TEST_CASE("a proof file that could not be read back is not written", "[c2sp]") {
  const LogKeys log;
  ProofFile file = example_file(log);
  file.extra = "";
  CHECK(format_proof_file(file).error().code == Errc::invalid_argument);
  file = example_file(log);
  file.index = std::uint64_t{1} << 63;
  CHECK(format_proof_file(file).error().code == Errc::invalid_argument);
  file = example_file(log);
  file.checkpoint.pop_back();
  CHECK(format_proof_file(file).error().code == Errc::malformed);
}
