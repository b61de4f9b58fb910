#include <catch2/catch.hpp>

#include "ledger/verify/paper_pin.hpp"
#include "tests/support/memory_bag.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace partial_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Bundled {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);
  /// A run by "harness" with its evidence, and what introduces the keys.
  std::set<std::uint64_t> entries{0, places.first_keys, places.run_started, places.run_finished,
                                  places.evidence_added};
  MemoryBag bag = bundle_of(builder, entries);

  [[nodiscard]] std::string entry_name(std::uint64_t index) const {
    return "data/entries/" + std::to_string(index) + ".json";
  }
};

std::set<Claim> claims_with(const Report& report, Verdict verdict) {
  std::set<Claim> claims;
  for (const ClaimReport& claim : report.claims) {
    if (claim.verdict == verdict) claims.insert(claim.claim);
  }
  return claims;
}

/// Hands on a bag whose manifests were made to fit.
Report resealed_report(MemoryBag bag) {
  bag.seal();
  return verified(bag).report;
}

}  // namespace

TEST_CASE("Of a good bundle each claim is proved, or not checked for want of the other entries") {
  Bundled bundled;
  const Hash log_id = bundled.builder.log_id();
  const PartialReport checked = verified(bundled.bag, {.log_id = std::string(log_id.view())});
  const Report& report = checked.report;
  INFO(all_objections(report));
  CHECK(claims_with(report, Verdict::failed).empty());
  CHECK(claims_with(report, Verdict::proved) ==
        std::set{Claim::canonical_bytes, Claim::tree, Claim::log_signature,
                 Claim::author_signatures, Claim::time_order, Claim::evidence_files,
                 Claim::identity});
  CHECK(exit_code(report) == 0);
  CHECK(exit_code(report, std::vector<Claim>{Claim::authority}) == 16);
  CHECK(report.checked.entries == bundled.entries.size());
  CHECK(report.checked.evidence_files == 2);  // the run's, and the rulebook that entry 0 names
  CHECK(report.size == bundled.places.size);
  CHECK(report.log_id == log_id);
  CHECK(checked.index->about == "phase/SIT-1");
}

TEST_CASE("With several threads the report is the same") {
  Bundled bundled;
  const Report one = verified(bundled.bag).report;
  const Report four = verified(bundled.bag, {.threads = 4}).report;
  for (std::size_t i = 0; i < kClaims; ++i)
    CHECK(one.claims[i].sentence == four.claims[i].sentence);
}

TEST_CASE("A bit the other way in any file of a bundle is found") {
  Bundled bundled;
  for (const auto& [name, bytes] : bundled.bag.files) {
    // Every bit of the small files, some of the large.
    const std::size_t step = bytes.size() > 200 ? 97 : 8;
    for (std::size_t bit = 0; bit < 8 * bytes.size(); bit += step) {
      MemoryBag bag = bundled.bag;
      bag.files[name] = flipped(bytes, bit);
      CAPTURE(name, bit);
      REQUIRE_FALSE(verified(bag).report.nothing_failed());
      // What proves itself needs no manifest.
      const bool of_the_log = name.starts_with("data/entries/") ||
                              name.starts_with("data/evidence/") || name == "data/log.vkey";
      if (of_the_log) REQUIRE_FALSE(resealed_report(bag).nothing_failed());
    }
  }
}

TEST_CASE("An entry under another's name, or with another's proof, is not under the checkpoint") {
  Bundled bundled;
  MemoryBag bag = bundled.bag;
  std::swap(bag.files[bundled.entry_name(bundled.places.run_started)],
            bag.files[bundled.entry_name(bundled.places.run_finished)]);
  Report report = resealed_report(bag);
  CHECK(report[Claim::tree].verdict == Verdict::failed);
  CHECK(report[Claim::canonical_bytes].verdict == Verdict::failed);
  CHECK(report[Claim::author_streams].verdict == Verdict::failed);
  bag = bundled.bag;
  bag.files["data/proofs/0.tlog-proof"] =
      bag.files["data/proofs/" + std::to_string(bundled.places.run_started) + ".tlog-proof"];
  report = resealed_report(bag);
  CHECK(failed_claims(report) == std::set{Claim::tree});
  CHECK(exit_code(report) == 10);
}

TEST_CASE("What bundle.json says of the log is held against the entries") {
  Bundled bundled;
  const BundleIndex good = *parse_bundle_index(bundled.bag.files["data/bundle.json"]);
  const auto with = [&](const auto& change) {
    BundleIndex index = good;
    change(index);
    MemoryBag bag = bundled.bag;
    bag.files["data/bundle.json"] = format_bundle_index(index);
    return failed_claims(resealed_report(bag));
  };
  CHECK(with([](BundleIndex&) {}).empty());
  CHECK(with([](BundleIndex& index) { index.log = sha256("other"); }) == std::set{Claim::tree});
  CHECK(with([](BundleIndex& index) { index.origin = "other"; }) == std::set{Claim::tree});
  CHECK(with([](BundleIndex& index) { ++index.size; }) == std::set{Claim::tree});
  CHECK(with([](BundleIndex& index) { index.entries.pop_back(); }).contains(Claim::tree));
  CHECK(with([](BundleIndex& index) {
          index.entries.push_back(10'000);
        }).contains(Claim::canonical_bytes));
  CHECK(with([](BundleIndex& index) {
          index.entries.erase(index.entries.begin());
        }).contains(Claim::tree));
  MemoryBag bag = bundled.bag;
  bag.files.erase("data/bundle.json");
  const Report report = resealed_report(bag);
  CHECK(failed_claims(report) == std::set{Claim::tree});
  CHECK(report.checked.entries == bundled.entries.size());
}

TEST_CASE(
    "A withheld file is not checked, with the reason; one that is left out in silence fails") {
  Bundled bundled;
  const std::string name = "data/evidence/" + bundled.places.run_log.hex();
  MemoryBag bag = bundled.bag;
  bag.files.erase(name);
  CHECK(failed_claims(resealed_report(bag)) == std::set{Claim::evidence_files});
  CHECK(exit_code(resealed_report(bag)) == 15);
  BundleIndex index = *parse_bundle_index(bag.files["data/bundle.json"]);
  index.evidence.withheld = {{bundled.places.run_log, "in confidence"}};
  bag.files["data/bundle.json"] = format_bundle_index(index);
  const Report report = resealed_report(bag);
  CHECK(report[Claim::evidence_files].verdict == Verdict::not_checked);
  CHECK(report[Claim::evidence_files].sentence.find("in confidence") != std::string::npos);
  CHECK(exit_code(report) == 0);
  // A file that no entry here names might be taken for one that was checked.
  bag.files["data/evidence/" + sha256("mine").hex()] = "mine";
  CHECK(failed_claims(resealed_report(bag)) == std::set{Claim::evidence_files});
}

TEST_CASE("Without the entry that introduces a key, its signature fails") {
  Bundled bundled;
  std::set<std::uint64_t> entries = bundled.entries;
  entries.erase(bundled.places.first_keys);
  const MemoryBag bag = bundle_of(bundled.builder, entries);
  CHECK(failed_claims(verified(bag).report) == std::set{Claim::author_signatures});
}

TEST_CASE("Entries that follow each other are linked; between others the chain is not checked") {
  Bundled bundled;
  const Report gaps = verified(bundled.bag).report;
  CHECK(gaps[Claim::chain].verdict == Verdict::not_checked);
  std::set<std::uint64_t> all;
  for (std::uint64_t i = 0; i < bundled.places.size; ++i) all.insert(i);
  const Report whole = verified(bundle_of(bundled.builder, all)).report;
  INFO(all_objections(whole));
  CHECK(whole.nothing_failed());
  CHECK(whole[Claim::chain].verdict == Verdict::proved);
  CHECK(whole[Claim::author_streams].verdict == Verdict::not_checked);
}

TEST_CASE("A checkpoint by another key proves nothing") {
  Bundled bundled;
  const auto& stranger = *bundled.builder.author("stranger").signer;
  const std::string note = bundled.builder.sign_head(bundled.builder.head(), {&stranger});
  MemoryBag bag = bundled.bag;
  for (auto& [name, bytes] : bag.files) {
    if (name == "data/checkpoint") bytes = note;
    if (!name.starts_with("data/proofs/")) continue;
    bytes = replaced(bytes, bundled.bag.files["data/checkpoint"], note);
  }
  const Report report = resealed_report(bag);
  CHECK(failed_claims(report) == std::set{Claim::log_signature});
  CHECK(report[Claim::tree].verdict == Verdict::not_checked);
  CHECK(exit_code(report) == 12);
}

TEST_CASE("What an author signs twice, or after what was seen, contradicts itself") {
  // A log that its own operator made: every hash and checkpoint is right, and one author's number
  // stands in it twice.
  LogBuilder builder;
  builder.begin({"DCC"}, 1);
  Author& root = builder.author("root-DCC");
  events::PartyRegistered party;
  party.party = "SP";
  party.name = "SP";
  builder.append(root, {party});
  root.sequence = 1;
  root.last = Hash{};
  events::Heartbeat beat;
  builder.append(root, {beat});
  builder.checkpoint();
  const Report report = verified(bundle_of(builder, {0, 1, 2})).report;
  INFO(all_objections(report));
  CHECK(report[Claim::author_streams].verdict == Verdict::failed);
  CHECK(exit_code(report) == 13);
}

TEST_CASE("A bundle that cannot be read to its end is not checked, and nothing failed") {
  Bundled bundled;
  bundled.bag.errors[bundled.entry_name(bundled.places.run_finished)] =
      Error{Errc::io, "the disk", {}, {}};
  const Report report = verified(bundled.bag).report;
  CHECK(report.nothing_failed());
  CHECK(exit_code(report) == 16);
}

TEST_CASE("The words of a bundle's head leave its pin assumed; others could not be looked at") {
  const Bundled bundled;
  const Hash digest = head_digest(bundled.builder.origin(), bundled.builder.head()).value();
  const auto with = [&](std::string words) {
    return verified(bundled.bag, {.pin_words = std::move(words)}).report;
  };
  const Report same = with(std::string(digest.view().substr(0, 12)));
  CHECK(same[Claim::pin].verdict == Verdict::assumed);
  CHECK(exit_code(same) == 0);
  const Report other = with(std::string(12, 'x'));
  CHECK(other[Claim::pin].verdict == Verdict::not_checked);
  CHECK_THAT(other[Claim::pin].sentence, Catch::Contains("takes the whole log"));
  CHECK(exit_code(other) == 16);
}

}  // namespace partial_test
