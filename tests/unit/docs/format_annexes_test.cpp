/// The annexes of docs/format.md on notes, tiles, files and values say what the code does.

#include <map>
#include <regex>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "cli/session/opening.hpp"
#include "keys/ed25519_point.hpp"
#include "keys/timestamp.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/format/commitment.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/format/dsse.hpp"
#include "ledger/format/fork_evidence.hpp"
#include "ledger/format/note.hpp"
#include "ledger/format/proof_file.hpp"
#include "ledger/format/tlog_policy.hpp"
#include "ledger/format/vkey.hpp"
#include "ledger/format/witness_request.hpp"
#include "ledger/merkle/tile_path.hpp"
#include "ledger/verify/paper_pin.hpp"
#include "ledger/verify/pin.hpp"
#include "tests/unit/docs/format_page.hpp"

using namespace assay;
using assay::testing::format_page;
using assay::testing::format_section;

namespace {

bool page_has(const std::string& text) { return format_page().find(text) != std::string::npos; }

std::string number(std::size_t value) { return std::to_string(value); }

}  // namespace

TEST_CASE("The format's limits of files are those of the code") {
  const std::map<std::string, std::uint64_t> limits = {
      {"kNoteSignatures", kNoteSignatures},
      {"kForkEvidenceSizeBytes", kForkEvidenceSizeBytes},
      {"kWitnessRequestSizeBytes", kWitnessRequestSizeBytes},
      {"kWitnessAnswerSizeBytes", kWitnessAnswerSizeBytes},
      {"kPolicySizeBytes", kPolicySizeBytes},
      {"kPolicyItems", kPolicyItems},
      {"kProofFileSizeBytes", kProofFileSizeBytes},
      {"kOpeningSizeBytes", cli::kOpeningSizeBytes},
      {"kTextSizeBytes", kTextSizeBytes},
      {"kPaperPinSizeBytes", verify::kPaperPinSizeBytes},
      {"kTimestampSizeBytes", keys::kTimestampSizeBytes},
      {"kCommitmentSaltSizeBytes", kCommitmentSaltSizeBytes},
  };
  const std::regex row(R"(\| [^|]+ \| ([0-9,]+) \| `(k\w+)` \|)");
  std::map<std::string, std::uint64_t> stated;
  for (const std::string& line : format_section("Annex E")) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    std::string digits = cells[1];
    std::erase(digits, ',');
    CHECK(stated.emplace(cells[2], std::stoull(digits)).second);
  }
  CHECK(stated == limits);
  CHECK(page_has("1*" + number(kNoteSignatures) + "sigline"));
}

TEST_CASE("The format's tile paths are those that the code writes and reads") {
  const std::regex row(R"(\| (level (\d+)|entries), number (\d+) \| (\d+) \| `([^`]+)` \|)");
  std::size_t found = 0;
  for (const std::string& line : format_section("Annex D")) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    INFO(line);
    ++found;
    const auto width = static_cast<unsigned>(std::stoul(cells[4]));
    const std::uint64_t index = std::stoull(cells[3]);
    const std::string path =
        cells[1] == "entries"
            ? merkle::format_bundle_path({index, width})
            : merkle::format_tile_path({static_cast<unsigned>(std::stoul(cells[2])), index, width});
    CHECK(path == cells[5]);
  }
  CHECK(found == 4);
}

TEST_CASE("The format names the texts that are hashed and signed as the code does") {
  for (const std::string_view type : {kSubmissionPayloadType, kRefusalPayloadType}) {
    CHECK(page_has("`" + std::string(type) + "`"));
  }
  std::string pae;
  append_pae(pae, kSubmissionPayloadType, "");
  REQUIRE(pae.ends_with(" 0 "));
  CHECK(page_has("\"" + pae.substr(0, pae.size() - 2) + "\""));
  CHECK(page_has("\"" + std::string(kCommitmentContext) + "\" || 0x00"));
  CHECK(page_has("\"schema\":\"" + std::string(verify::kPinSchema) + "\""));
  CHECK(cosignature_message(7, "x\n") == "cosignature/v1\ntime 7\nx\n");
  CHECK(page_has(R"("cosignature/v1" LF "time " decimal( time ) LF checkpoint)"));
}

TEST_CASE("The format's Ed25519 prefix and points of small order are those of the code") {
  const std::string spki = Ed25519PublicKey{}.spki();
  const std::size_t prefix = spki.size() - Ed25519PublicKey::kSizeBytes;
  CHECK(page_has("`" + to_hex(spki.substr(0, prefix)) + "`"));
  const std::regex row("[0-9a-f]{64}");
  std::size_t found = 0;
  for (const std::string& line : format_section("Annex F")) {
    if (!std::regex_match(line, row)) continue;
    INFO(line);
    ++found;
    std::string point = from_hex(line).value();
    CHECK_FALSE(keys::check_ed25519_point(point));
    point[15] = static_cast<char>(point[15] ^ 0x10);  // nothing beside them is refused
    CHECK(keys::check_ed25519_point(point));
  }
  CHECK(found == 5);
}
