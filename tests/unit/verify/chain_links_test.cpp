#include "ledger/verify/chain_links.hpp"

#include <catch2/catch.hpp>

namespace chain_links_test {

using namespace assay;
using namespace assay::verify;

namespace {

Hash leaf(std::uint64_t index) { return sha256("leaf " + std::to_string(index)); }

/// Which entry is blamed, in a chain of `size` entries whose links are right but for those in
/// `broken`, and with a checkpoint after `sealed` entries.
std::optional<std::uint64_t> blamed(std::uint64_t size, std::vector<std::uint64_t> broken,
                                    std::uint64_t sealed = 0) {
  ClaimBook book(10);
  ChainLinks links(book);
  links.expect(sha256("origin"));
  for (std::uint64_t i = 0; i < size; ++i) {
    const Hash right = i == 0 ? sha256("origin") : leaf(i - 1);
    const bool wrong = std::find(broken.begin(), broken.end(), i) != broken.end();
    links.take(i, wrong ? sha256("wrong") : right, leaf(i), sealed <= i ? sealed : 0);
  }
  links.finish();
  const auto& first = book.page(Claim::chain).first;
  return first ? first->error.entry : std::nullopt;
}

}  // namespace

TEST_CASE("A chain of right links is not objected to") {
  CHECK_FALSE(blamed(0, {}));
  CHECK_FALSE(blamed(1, {}));
  CHECK_FALSE(blamed(9, {}));
}

TEST_CASE("One broken link blames the entry before it, whose hash changed") {
  CHECK(blamed(9, {4}) == 3U);
  CHECK(blamed(9, {8}) == 7U);
}

TEST_CASE("Two broken links in a row blame the entry between them") {
  CHECK(blamed(9, {4, 5}) == 4U);
}

TEST_CASE("A checkpoint that vouches for everything before the link blames the later entry") {
  CHECK(blamed(9, {8}, 8) == 8U);
  CHECK(blamed(9, {8}, 7) == 7U);
}

TEST_CASE("Nodes that have the earlier entry's hash blame the later entry") {
  for (const bool kept : {true, false}) {
    const merkle::NodeReader nodes = [&](unsigned, std::uint64_t index) -> Result<Hash> {
      return kept ? leaf(index) : sha256("as it was before");
    };
    ClaimBook book(10);
    ChainLinks links(book, &nodes);
    links.expect(leaf(3));
    links.take(4, leaf(3), leaf(4), 0);
    links.take(5, sha256("wrong"), leaf(5), 0);
    links.finish();
    CHECK(book.page(Claim::chain).first->error.entry == (kept ? 5U : 4U));
  }
}

TEST_CASE("A first entry that does not name the origin is blamed itself") {
  CHECK(blamed(1, {0}) == 0U);
  CHECK(blamed(5, {0}) == 0U);
}

TEST_CASE("A broken link states both hashes") {
  ClaimBook book(10);
  ChainLinks links(book);
  links.expect(sha256("a"));
  links.take(3, sha256("b"), leaf(3), 0);
  links.finish();
  const Objection& found = *book.page(Claim::chain).first;
  CHECK(found.error.code == Errc::tampered_hash);
  CHECK(found.expected == sha256("a").hex());
  CHECK(found.actual == sha256("b").hex());
}

TEST_CASE("After an entry whose bytes are gone, the next link proves nothing") {
  ClaimBook book(10);
  ChainLinks links(book);
  links.expect(sha256("origin"));
  links.take(0, sha256("origin"), leaf(0), 0);
  links.take_unread(std::nullopt);
  links.take(2, sha256("anything"), leaf(2), 0);
  links.take(3, leaf(2), leaf(3), 0);
  links.finish();
  CHECK(book.page(Claim::chain).failed_count == 0);
}

}  // namespace chain_links_test
