#include <catch2/catch.hpp>

#include "ledger/base/limits.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "tests/support/random.hpp"

using namespace assay;
using namespace assay::store;

TEST_CASE("an entry comes out of its row as it went in", "[store]") {
  testing::Random random;
  std::string noise(limits::kEntrySizeBytes, '\0');
  for (char& c : noise) c = static_cast<char>(random.below(256));
  std::string out = "left over";
  for (const std::string& bytes : {std::string(), std::string("{}"), noise,
                                   std::string(limits::kEntrySizeBytes, 'e'), noise.substr(7)}) {
    REQUIRE(unpack_entry(pack_entry(bytes), out).has_value());
    CHECK(out == bytes);
  }
}

TEST_CASE("a damaged row is evidence of damage, never an entry of another length", "[store]") {
  const std::string entry = R"({"index":41,"previous":"00","submission":{"a":1,"b":1,"c":1}})";
  const std::string row = pack_entry(entry);
  std::string out;
  for (std::size_t size = 0; size < row.size(); ++size) {
    const Status status = unpack_entry(std::string_view(row).substr(0, size), out);
    CHECK(status.error().code == Errc::tampered_hash);
  }
  for (std::size_t bit = 0; bit < 8 * row.size(); ++bit) {
    std::string changed = row;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    // Where LZ4 does not notice, the verifier will, unless what comes out is the same.
    if (unpack_entry(changed, out)) CHECK(out.size() == entry.size());
  }
}
