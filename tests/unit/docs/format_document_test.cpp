/// docs/format.md is what a stranger writes a verifier from, so what it repeats of the code is
/// compared with the code.

#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "cli/exit_code.hpp"
#include "ledger/base/limits.hpp"
#include "ledger/base/words.hpp"
#include "tests/unit/docs/format_page.hpp"

using namespace assay;
using assay::testing::format_page;
using assay::testing::format_section;
using assay::testing::read_source;

namespace {

/// Characters, not bytes: the page is UTF-8.
std::size_t width(const std::string& line) {
  std::size_t characters = 0;
  for (const char c : line) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++characters;
  }
  return characters;
}

const std::map<std::string, std::uint64_t> kLimits = {
    {"kSubmissionSizeBytes", limits::kSubmissionSizeBytes},
    {"kEntrySizeBytes", limits::kEntrySizeBytes},
    {"kJsonDepth", limits::kJsonDepth},
    {"kSignaturesPerEntry", limits::kSignaturesPerEntry},
    {"kEventsPerSubmission", limits::kEventsPerSubmission},
    {"kIdentifierSizeBytes", limits::kIdentifierSizeBytes},
    {"kSubjectSizeBytes", limits::kSubjectSizeBytes},
    {"kIntegerMax", limits::kIntegerMax},
    {"kNoteSizeBytes", limits::kNoteSizeBytes},
    {"kProofHashes", limits::kProofHashes},
    {"kEvidenceChunkSizeBytes", limits::kEvidenceChunkSizeBytes},
};

}  // namespace

TEST_CASE("The format's table of limits has every limit of the code, and the same number") {
  const std::regex row(R"(\| [^|]+ \| ([0-9,]+) \| `(k\w+)` \|)");
  std::map<std::string, std::uint64_t> stated;
  for (const std::string& line : format_section("12. Limits")) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    std::string digits = cells[1];
    std::erase(digits, ',');
    CHECK(stated.emplace(cells[2], std::stoull(digits)).second);
  }
  CHECK(stated == kLimits);
}

TEST_CASE("No limit of the code is left out of this comparison") {
  const std::string header = read_source("ledger/base/limits.hpp");
  const std::regex constant(R"(constexpr [\w:]+ (k\w+) =)");
  std::size_t found = 0;
  for (auto at = std::sregex_iterator(header.begin(), header.end(), constant);
       at != std::sregex_iterator(); ++at, ++found) {
    CAPTURE((*at)[1].str());
    CHECK(kLimits.contains((*at)[1]));
  }
  CHECK(found == kLimits.size());
}

TEST_CASE("The format lists the exit codes with the meanings that the program prints") {
  const std::regex row(R"(\| ([0-9]+) \| (.+) \|)");
  std::map<int, std::string> stated;
  for (const std::string& line : format_section("13. Exit codes")) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    std::string meaning = cells[2];
    std::erase(meaning, '`');
    CHECK(stated.emplace(std::stoi(cells[1]), meaning).second);
  }
  std::map<int, std::string> printed;
  for (const cli::ExitCodeRow& code : cli::exit_code_table()) {
    printed.emplace(static_cast<int>(code.code), code.meaning);
  }
  CHECK(stated == printed);
}

TEST_CASE("The format's annex lists the words of the code, in their order") {
  const std::regex row(R"(([0-9a-f]{2})((  ?[a-z]+ *)+))");
  std::vector<std::string> words;
  for (const std::string& line : format_section("Annex A")) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    CHECK(std::stoul(cells[1], nullptr, 16) == words.size());
    std::istringstream in(cells[2]);
    for (std::string word; in >> word;) words.push_back(word);
  }
  const auto known = byte_words();
  CHECK(words == std::vector<std::string>(known.begin(), known.end()));
}

TEST_CASE("No line of the format is wider than a page") {
  std::istringstream text(format_page());
  std::size_t number = 0;
  for (std::string line; std::getline(text, line);) {
    ++number;
    CAPTURE(number, line);
    CHECK(width(line) <= 120);
  }
  CHECK(number > 100);
}
