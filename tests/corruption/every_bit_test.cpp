// Every bit of a small log, one after the other, the other way round: the verifier must say that
// the log failed, and at which entry.
//
// Bytes whose change it does not see, and why that is right:
//   - a checkpoint's signature lines by keys that nobody named (witnesses, other logs): nothing in
//     the log says who they are, and a signed note's reader must skip them (C2SP signed-note).
// There are no others.

#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tamper.hpp"
#include "tests/support/tree_nodes.hpp"

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

/// Genesis, a party with a key, a run log, two heartbeats: every kind of structure, few bytes.
LogBuilder small_log(bool checkpoint_each) {
  LogBuilder builder;
  const auto seal = [&] {
    if (checkpoint_each) builder.checkpoint();
  };
  builder.begin({"DCC"}, 1);
  seal();
  events::PartyRegistered party;
  party.name = "Bench";
  party.party = "S1SP-A";
  events::KeyRegistered key;
  key.holder = "harness";
  key.party = "S1SP-A";
  key.key = builder.author("harness").key();
  key.public_key = builder.author("harness").public_key();
  key.valid_from = builder.now();
  key.valid_to = Timestamp{builder.now().us + 1'000'000'000'000};
  builder.append(builder.author("root-DCC"), {party, key});
  seal();
  events::EvidenceAdded added;
  const std::string bytes = "step 1: meter answers\n";
  added.digest = builder.add_evidence(bytes);
  Digest sha512 = Digest::sha512();
  sha512.update(bytes);
  added.digest_sha512 = sha512.finish_hex();
  added.media_type = "text/plain";
  added.name = "run.log";
  added.size_bytes = bytes.size();
  builder.append(builder.author("harness"), {added});
  seal();
  events::Heartbeat beat;
  beat.note = "é \"quiet\"";
  builder.append(builder.author("harness"), {beat}, {.see = true});
  seal();
  builder.append(builder.author("root-DCC"), {events::Heartbeat{}});
  builder.checkpoint();
  return builder;
}

/// Verifies `log` with `entry` replaced by `bytes`; empty when the report says that just this entry
/// is where it begins to be wrong.
std::string unseen(MemoryLog& log, std::uint64_t entry, std::string bytes,
                   const MemoryLog* nodes_of = nullptr) {
  const std::string original = std::move(log.entries[entry]);
  log.entries[entry] = std::move(bytes);
  MemorySource source(log);
  if (nodes_of != nullptr) source.keep_nodes_of(*nodes_of);
  const Report report = verify_log(source, remembering_verifiers());
  std::string problem;
  if (report.nothing_failed()) problem = "nothing failed";
  if (exit_code(report) < 10 || exit_code(report) == 16) problem = "no evidence code";
  if (first_entry(report) != entry) problem = "another entry is blamed";
  if (!problem.empty()) {
    problem += " for entry " + std::to_string(entry) + ":\n" + log.entries[entry] + "\n" +
               all_objections(report);
  }
  log.entries[entry] = original;
  return problem;
}

}  // namespace

TEST_CASE("Every bit of every entry counts, and names its entry") {
  MemoryLog log = small_log(true).log();
  REQUIRE(verified(log).nothing_failed());
  for (std::uint64_t entry = 0; entry < log.entries.size(); ++entry) {
    const std::string bytes = log.entries[entry];
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += kBitStep) {
      const std::string problem = unseen(log, entry, flipped(bytes, bit));
      if (!problem.empty()) FAIL("bit " << bit << ": " << problem);
    }
  }
}

TEST_CASE("With one checkpoint and the nodes of the tree, every entry is still named") {
  const MemoryLog original = small_log(false).log();
  MemoryLog log = original;
  for (std::uint64_t entry = 0; entry < log.entries.size(); ++entry) {
    const std::string bytes = log.entries[entry];
    // One bit a byte; the test above takes them all.
    for (std::size_t at = 0; at < bytes.size(); at += kBitStep) {
      const std::string problem = unseen(log, entry, flipped(bytes, at * 8 + at % 8), &original);
      if (!problem.empty()) FAIL("byte " << at << ": " << problem);
    }
  }
}

TEST_CASE("Every byte that is lost, added or cut off counts, and names its entry") {
  MemoryLog log = small_log(true).log();
  for (std::uint64_t entry = 0; entry < log.entries.size(); ++entry) {
    const std::string bytes = log.entries[entry];
    for (std::size_t at = 0; at <= bytes.size(); at += kBitStep) {
      std::vector<std::string> changes{bytes.substr(0, at)};
      changes.push_back(std::string(bytes).insert(at, 1, '0'));
      if (at < bytes.size()) changes.push_back(std::string(bytes).erase(at, 1));
      for (std::string& changed : changes) {
        if (changed == bytes) continue;
        const std::string problem = unseen(log, entry, std::move(changed));
        if (!problem.empty()) FAIL("byte " << at << ": " << problem);
      }
    }
  }
}

TEST_CASE("Every bit of every checkpoint counts") {
  MemoryLog log = small_log(true).log();
  for (std::string& note : log.notes) {
    const std::string original = note;
    for (std::size_t bit = 0; bit < original.size() * 8; bit += kBitStep) {
      note = flipped(original, bit);
      const Report report = verified(log);
      if (!failed_claims(report).contains(Claim::log_signature))
        FAIL("bit " << bit << " of\n" << note);
    }
    note = original;
  }
}

TEST_CASE("Of a checkpoint's lines, only those by keys that nobody named may change unseen") {
  LogBuilder builder = small_log(false);
  MemoryLog& log = builder.log();
  Note note = parse_note(log.notes.back()).value();
  const std::size_t own_size = log.notes.back().size();
  note.signatures.push_back({"stranger.example", 0x12345678, std::string(64, 's')});
  log.notes.back() = format_note(note).value();
  REQUIRE(verified(log).nothing_failed());
  const std::string original = log.notes.back();
  std::size_t unseen_bits = 0;
  for (std::size_t bit = 0; bit < original.size() * 8; bit += kBitStep) {
    log.notes.back() = flipped(original, bit);
    if (!verified(log).nothing_failed()) continue;
    ++unseen_bits;
    if (bit / 8 < own_size) FAIL("bit " << bit << " of\n" << log.notes.back());
  }
  CHECK(unseen_bits > 0);
}

TEST_CASE("Every bit of an evidence file counts, and names the entry that added it") {
  MemoryLog log = small_log(false).log();
  REQUIRE(log.evidence.size() == 2);
  // The other file is the rulebook of entry 0.
  std::string& bytes = log.evidence.begin()->first == sha256("rulebook")
                           ? log.evidence.rbegin()->second
                           : log.evidence.begin()->second;
  const std::string original = bytes;
  for (std::size_t bit = 0; bit < original.size() * 8; ++bit) {
    bytes = flipped(original, bit);
    const Report report = verified(log);
    REQUIRE(failed_claims(report) == std::set{Claim::evidence_files});
    REQUIRE(report[Claim::evidence_files].first->error.entry == 2U);
  }
  for (std::size_t size = 0; size < original.size(); ++size) {
    bytes = original.substr(0, size);
    REQUIRE(exit_code(verified(log)) == 15);
  }
  bytes = original + "\n";
  CHECK(exit_code(verified(log)) == 15);
}

TEST_CASE("One bit of each byte of a whole programme counts, and names its entry") {
  LogBuilder builder;
  record_programme(builder);
  MemoryLog log = builder.log();
  Random random;
  CAPTURE(Random::seed());
  for (std::uint64_t entry = 0; entry < log.entries.size(); ++entry) {
    const std::string bytes = log.entries[entry];
    for (std::size_t at = 0; at < bytes.size(); at += kBitStep) {
      const std::string problem = unseen(log, entry, flipped(bytes, at * 8 + random.below(8)));
      if (!problem.empty()) FAIL("byte " << at << ": " << problem);
    }
  }
}
