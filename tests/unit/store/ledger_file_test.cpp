#include "ledger/store/ledger_file.hpp"

#include <catch2/catch.hpp>

using namespace assay;
using namespace assay::store;

namespace {

constexpr std::string_view kText =
    "{\"format\":1,\"kind\":\"assay_ledger\",\"origin\":\"example.com/log\"}\n";

}  // namespace

TEST_CASE("a ledger's file has one form", "[store]") {
  const LedgerFile file{1, "example.com/log"};
  CHECK(format_ledger_file(file) == kText);
  CHECK(parse_ledger_file(kText).value() == file);
}

TEST_CASE("a newer format is told from a damaged file", "[store]") {
  const auto newer = parse_ledger_file(R"({"format":2,"something":"else","kind":7})");
  CHECK(newer.error().code == Errc::unsupported);
  CHECK_THAT(newer.error().message, Catch::Contains("2"));
}

TEST_CASE("anything else is no ledger's file", "[store]") {
  for (const std::string_view text :
       {"", "\n", "{}", "null", R"({"format":0,"kind":"assay_ledger","origin":"o"})",
        R"({"format":1,"kind":"photo_album","origin":"o"})",
        R"({"format":1,"kind":"assay_ledger","origin":""})",
        R"({"format":1,"kind":"assay_ledger"})",
        R"({"format":1,"kind":"assay_ledger","origin":"o","zzz":1})",
        R"({"format":1,"kind":"assay_ledger","origin":"o"} )"}) {
    CAPTURE(text);
    CHECK(parse_ledger_file(text).error().code == Errc::malformed);
  }
  for (std::size_t cut = 0; cut + 2 < kText.size(); ++cut) {
    CHECK_FALSE(parse_ledger_file(kText.substr(0, cut)).has_value());
  }
}
