#include "ledger/format/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "tests/support/log_keys.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

const std::string kRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";  // of nothing

}  // namespace

TEST_CASE("a checkpoint is a line each for origin, size and root", "[c2sp]") {
  const Checkpoint plain{"example.com/log", 0, merkle::kEmptyRoot, {}};
  CHECK(format_checkpoint(plain).value() == "example.com/log\n0\n" + kRoot + "\n");
  const Checkpoint extended{"words with spaces", 20852163, test_leaf(1), {"one", "two"}};
  const std::string text = format_checkpoint(extended).value();
  CHECK(text.ends_with("\none\ntwo\n"));
  CHECK(parse_checkpoint(text).value() == extended);
  CHECK(extended.head() == merkle::TreeHead{20852163, test_leaf(1)});
}

TEST_CASE("a text that is not exactly a checkpoint is refused", "[c2sp]") {
  for (const std::string& text : {std::string(),
                                  std::string("o\n"),
                                  std::string("o\n1\n"),
                                  "o\n1\n" + kRoot,
                                  "\n1\n" + kRoot + "\n",
                                  "o\n\n" + kRoot + "\n",
                                  "o\n01\n" + kRoot + "\n",
                                  "o\n+1\n" + kRoot + "\n",
                                  "o\n-1\n" + kRoot + "\n",
                                  "o\n 1\n" + kRoot + "\n",
                                  "o\n1 \n" + kRoot + "\n",
                                  "o\n0x1\n" + kRoot + "\n",
                                  "o\n9223372036854775808\n" + kRoot + "\n",
                                  "o\n1\n" + kRoot.substr(1) + "\n",
                                  "o\n1\n" + kRoot + " \n",
                                  "o\n1\n\n" + kRoot + "\n",
                                  "o\n1\n" + kRoot + "\n\n",
                                  "o\n1\n" + kRoot + "\next",
                                  "o\n1\n" + kRoot + "\n\next\n",
                                  "o\r\n1\n" + kRoot + "\n",
                                  "\xFF\n1\n" + kRoot + "\n",
                                  "o\n1\n" + kRoot.substr(0, 42) + "V=\n"}) {
    CAPTURE(text);
    const auto checkpoint = parse_checkpoint(text);
    REQUIRE_FALSE(checkpoint);
    CHECK(checkpoint.error().code == Errc::malformed);
  }
  CHECK(parse_checkpoint("o\n9223372036854775807\n" + kRoot + "\n"));
}

TEST_CASE("a checkpoint that could not be read back is not written", "[c2sp]") {
  const auto code = [](const Checkpoint& checkpoint) {
    return format_checkpoint(checkpoint).error().code;
  };
  CHECK(code({"", 1, {}, {}}) == Errc::invalid_argument);
  CHECK(code({"two\nlines", 1, {}, {}}) == Errc::invalid_argument);
  CHECK(code({"o", merkle::kTreeSizeMax + 1, {}, {}}) == Errc::invalid_argument);
  CHECK(code({"o", 1, {}, {""}}) == Errc::invalid_argument);
  CHECK(code({"o", 1, {}, {"two\nlines"}}) == Errc::invalid_argument);
  CHECK(code({"o\t", 1, {}, {}}) == Errc::malformed);
}

TEST_CASE("a signed checkpoint opens with the key of its log", "[c2sp]") {
  const LogKeys log;
  const merkle::TreeHead head = KeptTree(7).head(7);
  const std::string note = log.sign(head);
  const OpenedCheckpoint opened = open_checkpoint(note, log.keys()).value();
  CHECK(opened.checkpoint.head() == head);
  CHECK(opened.log_signatures.size() == 1);
  CHECK(opened.witnesses.empty());
  CHECK(opened.ignored.empty());
  CHECK(note.starts_with(opened.text));
}

TEST_CASE("known witnesses are reported with their times, unknown ones apart", "[c2sp]") {
  const LogKeys log;
  const auto stranger = test_signer('s');
  Note note = parse_note(log.cosign(log.sign(KeptTree(7).head(7)), 1'700'000'000)).value();
  note.signatures.push_back(cosign_text(note.text, 5, "stranger.example", *stranger).value());
  const auto opened = open_checkpoint(format_note(note).value(), log.keys()).value();
  REQUIRE(opened.witnesses.size() == 1);
  CHECK(opened.witnesses[0].name == LogKeys::kWitness);
  CHECK(opened.witnesses[0].key_id == log.know_witness->key_id());
  CHECK(opened.witnesses[0].time_s == 1'700'000'000);
  REQUIRE(opened.ignored.size() == 1);
  CHECK(opened.ignored[0].name == "stranger.example");
}

TEST_CASE("a witness alone does not make a checkpoint the log's", "[c2sp]") {
  const LogKeys log;
  Note note = parse_note(log.cosign(log.sign(KeptTree(7).head(7)), 1)).value();
  note.signatures.erase(note.signatures.begin());
  CHECK(open_checkpoint(format_note(note).value(), log.keys()).error().code ==
        Errc::tampered_signature);
}

TEST_CASE("a known witness whose line does not verify spoils the checkpoint", "[c2sp]") {
  const LogKeys log;
  Note note = parse_note(log.cosign(log.sign(KeptTree(7).head(7)), 1)).value();
  note.signatures[1].signature[20] ^= 1;
  CHECK(open_checkpoint(format_note(note).value(), log.keys()).error().code ==
        Errc::tampered_signature);
}

TEST_CASE("two keys of one log both count while one replaces the other", "[c2sp]") {
  const LogKeys log;
  const auto next = test_signer('n');
  const auto know_next = LogKeys::know(*next, LogKeys::kOrigin, NoteKeyType::ed25519);
  const merkle::TreeHead head = KeptTree(7).head(7);
  const std::vector<const Signer*> signers{log.log.get(), next.get()};
  const std::string note =
      sign_checkpoint({LogKeys::kOrigin, head.size, head.root, {}}, signers).value();
  CheckpointKeys keys = log.keys();
  CHECK(open_checkpoint(note, keys).value().ignored.size() == 1);
  keys.log.push_back(know_next.get());
  CHECK(open_checkpoint(note, keys).value().log_signatures.size() == 2);
  keys.log = {know_next.get()};
  CHECK(open_checkpoint(note, keys).value().log_signatures.size() == 1);
}

TEST_CASE("a checkpoint of another log is refused though its key signed it", "[c2sp]") {
  const LogKeys log;
  const std::string text = "example.com/other\n0\n" + kRoot + "\n";
  const Note note{text, {sign_text(text, LogKeys::kOrigin, *log.log).value()}};
  CHECK(open_checkpoint(format_note(note).value(), log.keys()).error().code ==
        Errc::tampered_signature);
}

TEST_CASE("a signed text that is no checkpoint is malformed", "[c2sp]") {
  const LogKeys log;
  const Note note{"words\n", {sign_text("words\n", LogKeys::kOrigin, *log.log).value()}};
  CHECK(open_checkpoint(format_note(note).value(), log.keys()).error().code == Errc::malformed);
}

TEST_CASE("an empty tree has the empty root, when signing and when opening", "[c2sp]") {
  const LogKeys log;
  CHECK(open_checkpoint(log.sign({}), log.keys()).value().checkpoint.size == 0);
  const Checkpoint wrong{LogKeys::kOrigin, 0, test_leaf(0), {}};
  CHECK(sign_checkpoint(wrong, *log.log).error().code == Errc::invalid_argument);
  const std::string text = format_checkpoint(wrong).value();
  const Note note{text, {sign_text(text, LogKeys::kOrigin, *log.log).value()}};
  CHECK(open_checkpoint(format_note(note).value(), log.keys()).error().code == Errc::tampered_hash);
}

TEST_CASE("an origin that is no key's name cannot sign, and a witness must cosign", "[c2sp]") {
  const LogKeys log;
  CHECK(sign_checkpoint({"two words", 0, merkle::kEmptyRoot, {}}, *log.log).error().code ==
        Errc::invalid_argument);
  CHECK(sign_checkpoint({"o", 0, merkle::kEmptyRoot, {}}, std::span<const Signer* const>{})
            .error()
            .code == Errc::invalid_argument);
  CheckpointKeys keys = log.keys();
  keys.witnesses = {log.know_log.get()};
  CHECK(open_checkpoint(log.sign({}), keys).error().code == Errc::invalid_argument);
}
