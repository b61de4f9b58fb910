// Notes and cosignatures of other implementations, to accept and to refuse.

#include <catch2/catch.hpp>

#include "ledger/base/encoding.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/cosignature.hpp"
#include "tests/support/ed25519.hpp"
#include "tests/support/vectors.hpp"

using namespace assay;
using namespace assay::testing;
using nlohmann::json;

namespace {

json notes_file() {
  return read_json_vector(vectors_folder() / "derived" / "notes-and-cosignatures.json");
}

std::unique_ptr<NoteVerifier> know(const std::string& vkey) {
  return make_note_verifier(parse_vkey(vkey).value(), test_verifiers()).value();
}

Ed25519PublicKey read_key(const json& hex) {
  return Ed25519PublicKey::from_bytes(from_hex(hex.get<std::string>()).value()).value();
}

}  // namespace

TEST_CASE("published notes are opened or refused as published", "[c2sp]") {
  const json notes = notes_file().at("notes");
  CHECK(notes.size() == 10);
  for (const json& vector : notes) {
    const auto vkey = vector.at("vkey").get<std::string>();
    const auto bytes = vector.at("note").get<std::string>();
    CAPTURE(bytes, vector.value("why", ""));
    CHECK(format_vkey(parse_vkey(vkey).value()).value() == vkey);
    const auto verifier = know(vkey);
    const std::vector<const NoteVerifier*> known{verifier.get()};
    const auto opened = open_note(bytes, known);
    CHECK(opened.has_value() == (vector.at("expect").get<std::string>() == "valid"));
    if (!opened) continue;
    CHECK(opened->verified.size() == 1);
    CHECK(format_note(parse_note(bytes).value()).value() == bytes);
  }
}

TEST_CASE("a published checkpoint opens with its log's key and its witness's", "[c2sp]") {
  const json vector = notes_file().at("cosignatures").at(0);
  const auto origin = vector.at("origin").get<std::string>();
  const auto body = vector.at("body").get<std::string>();
  const auto time_s = vector.at("timestamp").get<std::uint64_t>();
  CHECK(cosignature_message(time_s, body) == vector.at("signed_message").get<std::string>());

  const VKey log_key{origin, NoteKeyType::ed25519, read_key(vector.at("log_pub_hex"))};
  // The message does not name the witness, so any name will do.
  const VKey witness_key{"witness.example", NoteKeyType::cosignature_v1,
                         read_key(vector.at("witness_pub_hex"))};
  const auto log = make_note_verifier(log_key, test_verifiers()).value();
  const auto witness = make_note_verifier(witness_key, test_verifiers()).value();

  const std::string log_signature = from_hex(vector.at("log_sig_hex").get<std::string>()).value();
  const Cosignature cosignature{time_s,
                                from_hex(vector.at("cosig_hex").get<std::string>()).value()};
  Note note{body,
            {{origin, log_key.key_id(), log_signature},
             {witness_key.name, witness_key.key_id(), encode_cosignature(cosignature).value()}}};
  const CheckpointKeys keys{origin, {log.get()}, {witness.get()}};
  const auto opened = open_checkpoint(format_note(note).value(), keys);
  REQUIRE(opened);
  CHECK(opened->checkpoint.size == 4);
  REQUIRE(opened->witnesses.size() == 1);
  CHECK(opened->witnesses[0].time_s == time_s);

  note.signatures[1].signature = encode_cosignature({time_s + 1, cosignature.signature}).value();
  CHECK(open_checkpoint(format_note(note).value(), keys).error().code == Errc::tampered_signature);
}

TEST_CASE("a published cosigned checkpoint is opened by its witness's key, but is not its log's",
          "[c2sp]") {
  const json vector = notes_file().at("cosignatures").at(1);
  const auto bytes = vector.at("checkpoint").get<std::string>();
  const auto witness = know(vector.at("witness_vkey").get<std::string>());
  const std::vector<const NoteVerifier*> known{witness.get()};
  const auto opened = open_note(bytes, known);
  REQUIRE(opened);
  REQUIRE(opened->verified.size() == 1);
  CHECK(decode_cosignature(opened->verified[0].signature).value().time_s ==
        vector.at("timestamp").get<std::uint64_t>());
  CHECK(opened->ignored.size() == 1);
  CHECK(parse_checkpoint(opened->text).value().size == 300);
  CHECK(open_checkpoint(bytes, {"rome2026h1.example.org", {}, {witness.get()}}).error().code ==
        Errc::tampered_signature);
}
