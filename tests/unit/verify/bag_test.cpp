#include <cctype>

#include <catch2/catch.hpp>

#include "tests/support/memory_bag.hpp"

namespace bag_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

std::string line_of(const std::string& name) { return sha256(name).hex() + "  " + name + "\n"; }

/// Claims and codes of what is wrong with a bag.
std::set<std::pair<Claim, Errc>> wrong(const MemoryBag& bag) {
  std::set<std::pair<Claim, Errc>> found;
  const auto objections = check_bag(bag, bag.listing());
  for (const Objection& objection : *objections) {
    found.emplace(objection.claim, objection.error.code);
  }
  return found;
}

MemoryBag small_bag() {
  MemoryBag bag;
  bag.files["data/entries/7.json"] = "{}";
  bag.files["data/evidence/" + sha256("file").hex()] = "file";
  bag.seal();
  return bag;
}

}  // namespace

TEST_CASE("A manifest is read as it is written, sorted by name") {
  const std::string text = line_of("data/b") + line_of("data/a");
  const auto lines = parse_manifest(text);
  REQUIRE(lines);
  CHECK(lines->front().name == "data/a");
  CHECK(format_manifest(*lines) == line_of("data/a") + line_of("data/b"));
  CHECK(parse_manifest("")->empty());
  // RFC 8493 lets other tools end lines in other ways, and put tabs between.
  CHECK(parse_manifest(sha256("x").hex() + "\tdata/x\r\n")->front().name == "data/x");
  std::string capitals = sha256("x").hex();
  for (char& c : capitals) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(parse_manifest(capitals + "  data/x\n")->front().sha256 == sha256("x"));
  CHECK(parse_manifest(sha256("x").hex() + "  data/x\r\r\n").error().code == Errc::malformed);
  CHECK(parse_manifest(sha256("x").hex() + " data/x")->front().name == "data/x");
}

TEST_CASE("A manifest with a line that is none, or that leads out of the bag, is refused") {
  const std::string digest = sha256("x").hex();
  for (const std::string& text :
       {std::string("\n"), digest, digest + "\n", digest + "  \n", digest + "data/x\n",
        "0" + digest + "  data/x\n", digest.substr(1) + "  data/x\n", digest + "  /etc/passwd\n",
        digest + "  ../x\n", digest + "  data/../../x\n", digest + "  data//x\n",
        digest + "  data/\n", digest + "  ./x\n", line_of("data/x") + line_of("data/x"),
        digest + "  data/" + std::string(300, 'x') + "\n"}) {
    CAPTURE(text);
    CHECK(parse_manifest(text).error().code == Errc::malformed);
  }
}

TEST_CASE("What differs from the manifests is an objection to the claim that it concerns") {
  const MemoryBag good = small_bag();
  CHECK(wrong(good).empty());
  const std::string evidence = "data/evidence/" + sha256("file").hex();

  MemoryBag bag = good;
  bag.files["data/entries/7.json"] = "{ }";
  CHECK(wrong(bag) == std::set{std::pair(Claim::tree, Errc::tampered_hash)});
  CHECK(check_bag(bag, bag.listing())->front().error.entry == 7);
  bag = good;
  bag.files.erase("data/entries/7.json");
  CHECK(wrong(bag) == std::set{std::pair(Claim::tree, Errc::tampered_order)});
  bag = good;
  bag.files["data/more"] = "";
  CHECK(wrong(bag) == std::set{std::pair(Claim::tree, Errc::tampered_order)});
  bag = good;
  bag.files["more.txt"] = "";
  CHECK(wrong(bag) == std::set{std::pair(Claim::tree, Errc::tampered_order)});
  for (const bool missing : {true, false}) {
    bag = good;
    bag.files[evidence] = "other";
    if (missing) bag.files.erase(evidence);
    CHECK(wrong(bag) == std::set{std::pair(Claim::evidence_files, Errc::evidence_damaged)});
  }
  for (const char* const tag : {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"}) {
    CAPTURE(tag);
    bag = good;
    bag.files[tag] += "x";
    CHECK(wrong(bag).contains({Claim::tree, Errc::tampered_hash}));
    bag = good;
    bag.files.erase(tag);
    CHECK(wrong(bag).contains({Claim::tree, Errc::tampered_order}));
  }
  bag = good;
  bag.files.erase("tagmanifest-sha256.txt");
  CHECK(wrong(bag).contains({Claim::tree, Errc::tampered_order}));
}

TEST_CASE("A manifest that could not be read says nothing about the bag") {
  MemoryBag bag = small_bag();
  bag.errors["manifest-sha256.txt"] = Error{Errc::io, "the disk", {}, {}};
  CHECK(check_bag(bag, bag.listing()).error().code == Errc::io);
}

}  // namespace bag_test
