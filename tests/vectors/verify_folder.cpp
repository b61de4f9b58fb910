// Verifies a golden log, or an altered copy of one, as `assay verify` verifies a ledger, and prints
// a line for each claim: "<claim> <verdict>". Exit code: as verify. For comparison with a verifier
// that others wrote.
//
//   verify_folder <folder> [known]
//
// With `known` the log id and the witness of the folder's log.txt, and its pin, count as kept from
// outside.

#include <cstdio>
#include <exception>
#include <sstream>
#include <string_view>

#include "keys/verifier.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/verify/verify.hpp"
#include "projections/fold/programme_fold.hpp"
#include "tests/vectors/golden_log.hpp"

namespace {

using namespace assay;

/// The value in the line of log.txt that begins with `name`; empty where there is none.
std::string stated(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + " ")) return line.substr(name.size() + 1);
  }
  return {};
}

/// What somebody outside kept. Something unreadable among it keeps the run from beginning, which
/// is as good as a claim that failed.
struct Kept {
  std::string log_id;
  verify::Pin pin;
  VKey witness;
};

Result<Kept> read_kept(const std::filesystem::path& folder) {
  const std::string text = testing::read_golden_file(folder / "log.txt");
  Kept kept;
  ASSAY_TRY(kept.log_id, from_hex(stated(text, "log_id")));
  ASSAY_TRY(kept.pin, verify::parse_pin(testing::read_golden_file(folder / "pin.json")));
  ASSAY_TRY(kept.witness, parse_vkey(stated(text, "witness_vkey")));
  return kept;
}

int verify_folder(const std::filesystem::path& folder, bool known) {
  const testing::MemoryLog log = testing::read_golden_log(folder);
  const testing::MemorySource source(log);
  verify::Options options;
  Kept kept;
  if (known) {
    auto found = read_kept(folder);
    if (!found) {
      std::fprintf(stderr, "%s\n", found.error().message.c_str());
      return 2;
    }
    kept = *std::move(found);
    options.log_id = kept.log_id;
    options.pin = &kept.pin;
    options.witnesses = {kept.witness};
    options.witness_quorum = 1;
  }
  projections::ProgrammeFold fold;
  const verify::Report report = verify::verify_log(source, keys::make_verifier, options, &fold);
  for (const verify::ClaimReport& claim : report.claims) {
    std::printf("%s %s\n", std::string(enum_text(claim.claim)).c_str(),
                std::string(enum_text(claim.verdict)).c_str());
  }
  return verify::exit_code(report);
}

}  // namespace

int main(int argc, char** argv) {
  const bool known = argc == 3 && argv[2] == std::string_view("known");
  if (argc != 2 && !known) {
    std::fprintf(stderr, "usage: %s <folder> [known]\n", argv[0]);
    return 2;
  }
  try {
    return verify_folder(argv[1], known);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
