#include <catch2/catch.hpp>

#include "ledger/format/proof_file.hpp"
#include "tests/support/log_keys.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// Calls `check(mangled, position)` with every text that differs from `text` in one byte, lacks one
/// byte, or ends early.
template <class Check>
void for_each_mangled(const std::string& text, Check&& check) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    CAPTURE(i);
    for (int value = 0; value < 256; ++value) {
      std::string changed = text;
      changed[i] = static_cast<char>(value);
      if (changed != text) check(changed, i);
    }
    std::string missing = text;
    missing.erase(i, 1);
    check(missing, i);
    check(text.substr(0, i), i);
  }
  check(text + "\n", text.size());
}

/// Where the line that holds `part` begins.
std::size_t line_of(const std::string& text, std::string_view part) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.rfind('\n', at) + 1;
}

}  // namespace

TEST_CASE("a note with one byte changed, lost or cut off does not open", "[c2sp]") {
  const LogKeys log;
  const Note note{"a\n\nb\n", {sign_text("a\n\nb\n", "n", *log.log).value()}};
  const auto known = LogKeys::know(*log.log, "n", NoteKeyType::ed25519);
  const std::vector<const NoteVerifier*> verifiers{known.get()};
  const std::string bytes = format_note(note).value();
  REQUIRE(open_note(bytes, verifiers));
  for_each_mangled(bytes, [&](const std::string& mangled, std::size_t) {
    if (open_note(mangled, verifiers)) FAIL("opened: " << mangled);
  });
}

TEST_CASE("a checkpoint with one byte changed opens only without the line that changed", "[c2sp]") {
  const LogKeys log;
  const merkle::TreeHead head = KeptTree(7).head(7);
  const std::string bytes = log.cosign(log.sign(head), 1'700'000'000);
  const OpenedCheckpoint original = open_checkpoint(bytes, log.keys()).value();
  const std::size_t witness_line = line_of(bytes, LogKeys::kWitness);
  std::size_t opened_count = 0;
  for_each_mangled(bytes, [&](const std::string& mangled, std::size_t at) {
    const auto opened = open_checkpoint(mangled, log.keys());
    if (!opened) return;
    ++opened_count;
    // Who is not known cannot be held to anything: a line whose name or id changed is a stranger's.
    if (at < witness_line) FAIL("opened: " << mangled);
    if (opened->checkpoint != original.checkpoint || !opened->witnesses.empty() ||
        opened->log_signatures != original.log_signatures) {
      FAIL("changed: " << mangled);
    }
  });
  CHECK(opened_count > 0);
}

TEST_CASE("a proof file with one byte changed proves the same or nothing", "[c2sp]") {
  const LogKeys log;
  const KeptTree tree(7);
  const ProofFile file{"extra", 2, merkle::prove_inclusion(2, 7, tree.reader()).value(),
                       log.sign(tree.head(7))};
  const std::string bytes = format_proof_file(file).value();
  const std::size_t index_line = line_of(bytes, "index ");
  const std::size_t extra_line = line_of(bytes, "extra ");
  std::size_t proved_count = 0;
  for_each_mangled(bytes, [&](const std::string& mangled, std::size_t at) {
    const auto parsed = parse_proof_file(mangled);
    if (!parsed || !check_proof_file(*parsed, test_leaf(2), log.keys())) return;
    ++proved_count;
    // The extra data is the one part that nothing authenticates.
    if (at < extra_line || at >= index_line) FAIL("proved: " << mangled);
    if (parsed->extra == file.extra || parsed->index != file.index) FAIL("same: " << mangled);
  });
  CHECK(proved_count > 0);
}
