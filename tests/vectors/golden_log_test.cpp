// The golden log: its bytes are made again from keys and story, and what it proves is proved.

#include "tests/vectors/golden_log.hpp"

#include <catch2/catch.hpp>

#include "cli/session/envelope.hpp"
#include "cli/session/opening.hpp"
#include "keys/verifier.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/format/refusal.hpp"
#include "ledger/verify/verify.hpp"
#include "projections/fold/programme_fold.hpp"

using namespace assay;
namespace fs = std::filesystem;

namespace {

fs::path folder() { return fs::path(ASSAY_SOURCE_DIR) / "tests" / "vectors" / "log"; }

std::string read(const std::string& path) { return testing::read_golden_file(folder() / path); }

/// The value in the line of log.txt that begins with `name`.
std::string stated(const std::string& name) {
  const std::string text = read("log.txt");
  const std::size_t from = text.find(name + " ");
  REQUIRE(from != std::string::npos);
  const std::size_t value = from + name.size() + 1;
  return text.substr(value, text.find('\n', value) - value);
}

/// Those of the log's two keys, in their order.
struct Keys {
  std::unique_ptr<NoteVerifier> first = make("log_vkey");
  std::unique_ptr<NoteVerifier> second = make("next_log_vkey");
  std::unique_ptr<NoteVerifier> witness = make("witness_vkey");
  static std::unique_ptr<NoteVerifier> make(const char* name) {
    return make_note_verifier(parse_vkey(stated(name)).value(), keys::make_verifier).value();
  }
};

}  // namespace

TEST_CASE("the golden log is made again byte for byte, and nothing else lies beside it") {
  const testing::GoldenFiles files = testing::golden_files(folder());
  std::size_t found = 0;
  for (const auto& item : fs::recursive_directory_iterator(folder())) {
    const std::string path = fs::relative(item.path(), folder()).generic_string();
    if (!item.is_regular_file() || path.ends_with(".py") || path.ends_with(".md")) continue;
    if (path.find("__pycache__") != std::string::npos) continue;
    INFO(path);
    ++found;
    CHECK(files.contains(path));
  }
  CHECK(found == files.size());
  for (const auto& [path, bytes] : files) {
    INFO(path);
    CHECK(read(path) == bytes);
  }
}

TEST_CASE("every claim about the golden log is proved, with its pin, its name and its witness") {
  const testing::MemoryLog log = testing::read_golden_log(folder());
  const testing::MemorySource source(log);
  const verify::Pin pin = verify::parse_pin(read("states/pin.json")).value();
  verify::Options options;
  options.pin = &pin;
  options.log_id = std::string(Hash::from_hex(stated("log_id")).value().view());
  options.witnesses = {parse_vkey(stated("witness_vkey")).value()};
  options.witness_quorum = 1;
  projections::ProgrammeFold fold;
  const verify::Report report = verify::verify_log(source, keys::make_verifier, options, &fold);
  for (const verify::ClaimReport& claim : report.claims) {
    if (claim.claim == verify::Claim::indexes || claim.claim == verify::Claim::projections)
      continue;
    INFO(enum_text(claim.claim) << ": " << claim.sentence);
    CHECK(claim.verdict == verify::Verdict::proved);
  }
  CHECK(report.checked.entries == 14);
  CHECK(fold.unknown_events() == 0);
  for (const projections::StateDigest& state : fold.digests()) {
    INFO(state.name.text);
    REQUIRE(pin.digest_of(state.name.text) != nullptr);
    CHECK(*pin.digest_of(state.name.text) == state.digest);
  }
}

TEST_CASE("the golden proof, refusal and opening hold") {
  const Keys known_keys;
  const testing::MemoryLog log = testing::read_golden_log(folder());
  const ProofFile proof = parse_proof_file(read("entry-07.tlog-proof")).value();
  const CheckpointKeys known{stated("origin"),
                             {known_keys.first.get(), known_keys.second.get()},
                             {known_keys.witness.get()}};
  const auto opened = check_proof_file(proof, merkle::leaf_hash(log.entries[7]), known);
  if (!opened) FAIL(opened.error().message);
  CHECK(opened->log_signatures.size() == 2);
  CHECK(opened->witnesses.size() == 1);
  CHECK_FALSE(check_proof_file(proof, merkle::leaf_hash(log.entries[6]), known));

  const cli::Envelope refused = cli::parse_envelope(read("refused.dsse")).value();
  const cli::Envelope refusal = cli::parse_envelope(read("refusal.dsse")).value();
  const Refusal said = parse_refusal(refusal.payload).value();
  CHECK(said.submission == submission_digest(refused.payload));
  const auto log_key =
      keys::make_verifier(parse_vkey(stated("log_vkey")).value().public_key.spki()).value();
  CHECK(check_refusal(refusal.payload, refusal.signatures.at(0).signature, *log_key));
  EntryView entry;
  REQUIRE(parse_entry(log.entries[8], entry));
  CHECK(entry.submission.voids == said.submission);

  CHECK(cli::parse_opening(read("name.opening")).value().value == R"("A. N. Other")");
}
