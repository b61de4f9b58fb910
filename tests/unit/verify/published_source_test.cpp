// A published log is proved like the one it was made from, and every file of it that is wrong, too
// much or gone is found, or said not to have been looked at.

#include "ledger/verify/published_source.hpp"

#include <catch2/catch.hpp>

#include "ledger/verify/verify.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/published_log.hpp"
#include "tests/support/tamper.hpp"

namespace published_source_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);
};

Programme& programme() {
  static Programme made;
  return made;
}

/// More than two bundles, so that level 1 has a tile.
LogBuilder& long_log() {
  static LogBuilder builder(2);
  if (builder.head().size > 0) return builder;
  builder.begin({"DCC"}, 1);
  Author& root = builder.author("root-DCC");
  while (builder.head().size < 600) {
    events::PartyRegistered party;
    party.name = "Invented";
    party.party.text = "P" + std::to_string(builder.head().size);
    builder.append(root, {party});
  }
  builder.checkpoint();
  return builder;
}

Report verified_tree(const MemoryTree& tree, Options options = {}) {
  const auto source = PublishedSource::open(tree);
  REQUIRE(source);
  if (options.threads == 1) options.threads = 2;
  return verify_log(**source, remembering_verifiers(), options);
}

std::string last_tile() {
  const auto width = std::to_string(programme().builder.head().size);
  return "tile/0/000.p/" + width;
}
std::string last_bundle() {
  const auto width = std::to_string(programme().builder.head().size);
  return "tile/entries/000.p/" + width;
}

/// The only claim that fails, and with which exit code.
void check_failed(const Report& report, Claim claim, int code) {
  INFO(all_objections(report));
  CHECK(failed_claims(report) == std::set{claim});
  CHECK(exit_code(report) == code);
}

Publication publication_of(const MemoryTree& tree) {
  return parse_publication(tree.files.at("publication.json")).value();
}

}  // namespace

TEST_CASE("A published log has the verdicts of the log it was made from") {
  const Report whole = verified(programme().builder.log());
  MemoryTree tree = published(programme().builder);
  for (const bool can_list : {true, false}) {
    tree.can_list = can_list;
    const Report report = verified_tree(tree);
    INFO(all_objections(report));
    CHECK(report.nothing_failed());
    for (std::size_t i = 0; i < kClaims; ++i) {
      INFO(enum_text(static_cast<Claim>(i)) << ": " << report.claims[i].sentence);
      CHECK(report.claims[i].verdict == whole.claims[i].verdict);
    }
    CHECK(report.head == whole.head);
    CHECK(report.checked.evidence_files == whole.checked.evidence_files);
    // Where names cannot be listed, the newest checkpoint is the only one that is known.
    CHECK(report.checked.checkpoints == (can_list ? whole.checked.checkpoints : 1));
  }
}

TEST_CASE("A hash in a tile that is not that of its entry fails the tree and names the entry") {
  for (const std::size_t entry : {std::size_t{0}, std::size_t{7}}) {
    MemoryTree tree = published(programme().builder);
    std::string& tile = tree.files.at(last_tile());
    tile = flipped(tile, (entry * Hash::kSizeBytes + 5) * 8);
    const Report report = verified_tree(tree);
    check_failed(report, Claim::tree, 10);
    CHECK(report[Claim::tree].first->error.entry == entry);
  }
}

TEST_CASE("A tile that is gone, cut short or too long fails the tree") {
  MemoryTree tree = published(programme().builder);
  const std::string whole = tree.files.at(last_tile());
  tree.files.at(last_tile()).pop_back();
  check_failed(verified_tree(tree), Claim::tree, 10);
  tree.files.at(last_tile()) = whole + "x";
  check_failed(verified_tree(tree), Claim::tree, 10);
  tree.files.erase(last_tile());
  check_failed(verified_tree(tree), Claim::tree, 11);
}

TEST_CASE("Tiles of higher levels are held against what follows from the entries") {
  MemoryTree tree = published(long_log());
  CHECK(verified_tree(tree).nothing_failed());
  std::string& tile = tree.files.at("tile/1/000.p/2");
  tile = flipped(tile, 40 * 8);
  const Report report = verified_tree(tree);
  check_failed(report, Claim::tree, 10);
  CHECK(report[Claim::tree].first->error.entry == 256);
  tree.files.erase("tile/1/000.p/2");
  check_failed(verified_tree(tree), Claim::tree, 11);
}

TEST_CASE("A bundle that is gone, and one with a flipped bit, are missing and altered entries") {
  MemoryTree tree = published(long_log());
  const std::string whole = tree.files.at("tile/entries/001");
  tree.files.erase("tile/entries/001");
  const std::uint64_t reads = tree.reads;
  const Report gone = verified_tree(tree);
  CHECK(gone[Claim::canonical_bytes].verdict == Verdict::failed);
  CHECK(gone[Claim::canonical_bytes].first->error.entry == 256);
  CHECK(exit_code(gone) == 11);
  CHECK(tree.reads - reads < 100);  // it is asked for once, not for each of its entries
  tree.files["tile/entries/001"] = flipped(whole, 1'000);
  const Report altered = verified_tree(tree);
  CHECK(altered[Claim::tree].verdict == Verdict::failed);
  CHECK(exit_code(altered) == 10);
}

TEST_CASE("Of a bundle that breaks off, what can be read is read") {
  MemoryTree tree = published(programme().builder);
  std::string& bundle = tree.files.at(last_bundle());
  bundle.resize(bundle.size() - 3);
  const Report report = verified_tree(tree);
  const std::uint64_t size = programme().builder.head().size;
  CHECK(report[Claim::canonical_bytes].first->error.entry == size - 1);
  CHECK(report[Claim::canonical_bytes].objection_count == 1);
  CHECK(exit_code(report) == 10);
}

TEST_CASE("Bytes after a bundle's last entry fail the tree") {
  MemoryTree tree = published(programme().builder);
  tree.files.at(last_bundle()) += "x";
  check_failed(verified_tree(tree), Claim::tree, 10);
}

TEST_CASE("A size that nobody holds entries for is found out in bounded time") {
  LogBuilder& builder = programme().builder;
  MemoryTree tree = published(builder);
  const merkle::TreeHead boast{merkle::kTreeSizeMax, builder.head().root};
  tree.files["checkpoint"] = builder.sign_head(boast, {builder.log_key(0).signer.get()});
  const Report report = verified_tree(tree);
  CHECK(tree.reads < 1'000);
  CHECK(report[Claim::tree].verdict != Verdict::proved);
  CHECK(exit_code(report) <= 11);
  CHECK(report.size == merkle::kTileWidth);
}

TEST_CASE("A checkpoint that is cut off, unsigned or rolled back is found") {
  LogBuilder& builder = programme().builder;
  const std::string size = std::to_string(builder.head().size);
  MemoryTree tree = published(builder);
  const std::string whole = tree.files.at("checkpoint");
  tree.files.at("checkpoint") = flipped(whole, (whole.size() - 20) * 8);
  check_failed(verified_tree(tree), Claim::log_signature, 12);
  tree.files.at("checkpoint") = std::string(2'000'000, 'x');
  CHECK(verified_tree(tree)[Claim::log_signature].verdict == Verdict::failed);
  // One that is not there, and one of an earlier size beside a later one.
  tree.files.erase("checkpoint");
  check_failed(verified_tree(tree), Claim::tree, 11);
  tree.files["checkpoint"] = tree.files.at("checkpoints/10");
  CHECK(exit_code(verified_tree(tree)) <= 11);
  CHECK(verified_tree(tree)[Claim::tree].verdict != Verdict::proved);
  tree.files["checkpoint"] = whole;
  std::swap(tree.files.at("checkpoints/9"), tree.files.at("checkpoints/10"));
  check_failed(verified_tree(tree), Claim::tree, 11);
  MemoryTree empty;
  CHECK(PublishedSource::open(empty).error().code == Errc::not_found);
}

TEST_CASE("What publication.json states of the log is compared with the log") {
  MemoryTree tree = published(programme().builder);
  const auto with = [&](const auto& change) {
    Publication publication = publication_of(published(programme().builder));
    change(publication);
    tree.files["publication.json"] = format_publication(publication);
    check_failed(verified_tree(tree), Claim::tree, 10);
  };
  with([](Publication& said) { said.log = sha256("another"); });
  with([](Publication& said) { said.origin += "x"; });
  with([](Publication& said) { said.schema = "assay.publication/9"; });
  tree.files["publication.json"] =
      " " + format_publication(publication_of(published(programme().builder)));
  check_failed(verified_tree(tree), Claim::tree, 10);
  tree.files.erase("publication.json");
  check_failed(verified_tree(tree), Claim::tree, 11);
}

TEST_CASE(
    "publication.json may be ahead of the checkpoint; one that is behind was kept from before") {
  MemoryTree tree = published(programme().builder);
  Publication publication = publication_of(tree);
  ++publication.size;
  tree.files["publication.json"] = format_publication(publication);
  CHECK(verified_tree(tree)[Claim::tree].verdict == Verdict::proved);
  publication.size -= 2;
  tree.files["publication.json"] = format_publication(publication);
  const Report report = verified_tree(tree);
  CHECK(report.nothing_failed());
  CHECK(report[Claim::tree].verdict == Verdict::not_checked);
  CHECK(exit_code(report) == 16);
}

TEST_CASE("A log that is published anew while it is read is not called altered") {
  MemoryTree during = published(programme().builder);
  const auto reader = PublishedSource::open(during);
  REQUIRE(reader);
  during.files["checkpoint"] = during.files.at("checkpoints/10");
  during.files.erase("log.vkey");
  const Report report = verify_log(**reader, remembering_verifiers());
  CHECK(report.nothing_failed());
  CHECK(exit_code(report) == 16);
}

TEST_CASE("log.vkey is the log's key, or its signature is not what it seems") {
  MemoryTree tree = published(programme().builder);
  tree.files.at("log.vkey") = published(programme().builder, 1).files.at("log.vkey");
  check_failed(verified_tree(tree), Claim::log_signature, 12);
  tree.files.at("log.vkey") = "x";
  check_failed(verified_tree(tree), Claim::log_signature, 12);
  tree.files.erase("log.vkey");
  check_failed(verified_tree(tree), Claim::log_signature, 11);
}

TEST_CASE("A withheld file is not checked, with its reason; any other that is gone fails") {
  MemoryTree tree = published(programme().builder);
  const Hash digest = programme().places.run_log;
  const std::string name = "evidence/" + digest.hex();
  const std::string bytes = tree.files.at(name);
  tree.files.erase(name);
  check_failed(verified_tree(tree), Claim::evidence_files, 15);
  Publication publication = publication_of(tree);
  publication.evidence.withheld.push_back({digest, "it is confidential (invented)"});
  tree.files["publication.json"] = format_publication(publication);
  const Report report = verified_tree(tree);
  CHECK(report.nothing_failed());
  CHECK(report[Claim::evidence_files].verdict == Verdict::not_checked);
  CHECK(report[Claim::evidence_files].sentence.find("it is confidential") != std::string::npos);
  CHECK(exit_code(report) == 0);
  CHECK(exit_code(report, std::vector{Claim::evidence_files}) == 16);
  // That it was left out excuses nothing where it is there.
  tree.files[name] = flipped(bytes, 9);
  check_failed(verified_tree(tree), Claim::evidence_files, 15);
}

TEST_CASE("A file that is larger than the log says is not read to its end") {
  MemoryTree tree = published(programme().builder);
  const Hash digest = programme().places.run_log;
  std::string& bytes = tree.files.at("evidence/" + digest.hex());
  bytes += std::string(10'000'000, 'x');
  const Report report = verified_tree(tree);
  check_failed(report, Claim::evidence_files, 15);
  CHECK(report.checked.evidence_size_bytes < 1'000'000);
}

TEST_CASE("What could not be read was not checked, whatever it is") {
  for (const Errc code : {Errc::io, Errc::rejected}) {
    for (const std::string& name :
         {last_tile(), std::string("log.vkey"), "evidence/" + programme().places.run_log.hex()}) {
      INFO(name << " " << name_of(code));
      MemoryTree tree = published(programme().builder);
      tree.errors.emplace(name, Error{code, "as the test wants it", {}, std::nullopt});
      const Report report = verified_tree(tree);
      CHECK(report.nothing_failed());
      CHECK(exit_code(report) == 16);
    }
  }
  MemoryTree some = published(long_log());
  some.errors.emplace("tile/entries/001",
                      Error{Errc::io, "as the test wants it", {}, std::nullopt});
  CHECK(verified_tree(some).interrupted);
  CHECK(exit_code(verified_tree(some)) == 16);
  for (const std::string& name : {std::string("checkpoint"), std::string("publication.json"),
                                  std::string("checkpoints/9"), last_bundle()}) {
    MemoryTree tree = published(programme().builder);
    tree.errors.emplace(name, Error{Errc::io, "as the test wants it", {}, std::nullopt});
    CHECK(PublishedSource::open(tree).error().code == Errc::io);
  }
}

TEST_CASE("States that are published are stated, those that a run wants") {
  MemoryTree tree = published(programme().builder);
  const std::string size = std::to_string(programme().builder.head().size);
  tree.files["states/5/plan.3.json"] = "{}";
  tree.files["states/" + size + "/plan.4.json"] = "[]";
  tree.files["states/x/plan.3.json"] = "[]";
  for (const char* name :
       {"plan.json", "plan.x.json", "plan.0.json", "plan.03.json", ".3.json", "plan.3"}) {
    tree.files[std::string("states/5/") + name] = "[]";
  }
  const auto source = PublishedSource::open(tree);
  REQUIRE(source);
  CHECK((*source)->stated_digests().value().empty());
  (*source)->want_states({true, 0, {}});
  const auto all = (*source)->stated_digests().value();
  REQUIRE(all.size() == 2);
  CHECK(all[0].size == 5);
  CHECK(all[0].name == "plan");
  CHECK(all[0].version == 3);
  CHECK(all[1].version == 4);
  CHECK(all[0].digest == sha256("{}"));
  (*source)->want_states({true, 6, {}});
  CHECK((*source)->stated_digests().value().size() == 1);
  tree.can_list = false;
  (*source)->want_states({true, 0, {{"plan", 4}, {"selection", 1}}});
  const auto named = (*source)->stated_digests().value();
  REQUIRE(named.size() == 1);
  CHECK(named[0].digest == sha256("[]"));
  (*source)->want_states({true, 0, {{"plan", 3}}});
  CHECK((*source)->stated_digests().value().empty());
}

TEST_CASE("A withheld list out of order, or with a file twice, is refused") {
  Publication publication;
  publication.origin = "x";
  publication.evidence.withheld = {{sha256("a"), "r"}, {sha256("a"), "r"}};
  CHECK(parse_publication(format_publication(publication)).error().code == Errc::malformed);
  publication.evidence.withheld.pop_back();
  CHECK(parse_publication(format_publication(publication)).value() == publication);
  publication.timestamps = {{sha256("a"), 7}, {sha256("a"), 7}};
  CHECK(parse_publication(format_publication(publication)).error().code == Errc::malformed);
  publication.timestamps.back().size = 8;
  CHECK(parse_publication(format_publication(publication)).value() == publication);
}

TEST_CASE("Names that leave the tree are none of it") {
  for (const char* name : {"", "/", "/a", "a/", "a//b", "..", "a/../b", ".", "./a"}) {
    INFO(name);
    CHECK_FALSE(is_tree_name(name));
  }
  CHECK_FALSE(is_tree_name(std::string_view("a\0b", 3)));
  CHECK_FALSE(is_tree_name(std::string(256, 'a')));
  for (const char* name : {"a", "a/b", "tile/0/000.p/14", "...", "a..b"}) CHECK(is_tree_name(name));
}

}  // namespace published_source_test
